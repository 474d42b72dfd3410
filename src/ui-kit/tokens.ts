/**
 * The one place where colours, sizes and fonts are decided. `tokens.css` is written from here (its test fails on
 * drift; `vitest -u` rewrites it), and so is the Ant Design theme.
 *
 * Amber as drawn in the identity (#B7791F) reaches only 3.6:1 on white, so it stays the fill of marks, while words use
 * the darker `waiting`.
 */
const light = {
  page: '#FAF9F6',
  card: '#FFFFFF',
  raised: '#FFFFFF',
  sunken: '#F1EFEA',
  line: '#E2DED6',
  lineStrong: '#858F98',
  ink: '#1B2733',
  slate: '#5B6B7A',
  accent: '#1F7A6C',
  accentHover: '#19665A',
  accentSoft: '#EBF5F2',
  onAccent: '#FFFFFF',
  waiting: '#855413',
  waitingMark: '#B7791F',
  waitingSoft: '#FBF1DF',
  alarm: '#B13326',
  alarmMark: '#C0392B',
  alarmHover: '#962A1F',
  alarmSoft: '#FBEAE7',
  onAlarm: '#FFFFFF',
  veil: 'rgb(27 39 51 / 0.38)',
  shadow: '0 8px 28px rgb(27 39 51 / 0.16)',
}

export type ColourName = keyof typeof light

const dark: Record<ColourName, string> = {
  page: '#12181E',
  card: '#1A222A',
  raised: '#222C36',
  sunken: '#0E1318',
  line: '#2E3944',
  lineStrong: '#75838F',
  ink: '#ECE9E2',
  slate: '#A3B1BD',
  accent: '#56BBA9',
  accentHover: '#72CBBB',
  accentSoft: '#18332F',
  onAccent: '#0C211D',
  waiting: '#E5B15C',
  waitingMark: '#D99A36',
  waitingSoft: '#34291A',
  alarm: '#F29488',
  alarmMark: '#E8695A',
  alarmHover: '#F7ABA1',
  alarmSoft: '#3B211E',
  onAlarm: '#2A0E0A',
  veil: 'rgb(0 0 0 / 0.6)',
  shadow: '0 8px 28px rgb(0 0 0 / 0.5)',
}

export const colours = { light, dark }

const fontFamily =
  "'Inter Variable', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif"

/** 14 everything, 20 titles and what is touched, 28 running figures. */
const textSize = { base: 14, title: 20, figure: 28 }

const radius = 8

const steps = [1, 2, 3, 4, 5, 6, 8, 10, 12]

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function colourLines(theme: Record<ColourName, string>, indent: string) {
  return Object.entries(theme).map(([name, value]) => `${indent}--fy-${kebab(name)}: ${value.toLowerCase()};`)
}

/** The complete text of tokens.css. */
export function tokensCss() {
  return [
    '/* Written from tokens.ts; change it there. */',
    '/* Also on an element: a sheet of paper is light in either theme. */',
    ':root,',
    '[data-theme="light"] {',
    '  color-scheme: light;',
    ...colourLines(light, '  '),
    `  --fy-font: ${fontFamily.replaceAll("'", '"')};`,
    ...Object.entries(textSize).map(([name, px]) => `  --fy-text-${name}: ${px / 16}rem;`),
    ...steps.map((step) => `  --fy-space-${step}: ${step * 4}px;`),
    `  --fy-radius: ${radius}px;`,
    '  --fy-touch: 48px;',
    '}',
    '',
    '@media screen {',
    '  :root[data-theme="dark"] {',
    '    color-scheme: dark;',
    ...colourLines(dark, '    '),
    '  }',
    '}',
    '',
    '@media screen and (prefers-color-scheme: dark) {',
    '  :root:not([data-theme="light"]) {',
    '    color-scheme: dark;',
    ...colourLines(dark, '    '),
    '  }',
    '}',
    '',
  ].join('\n')
}
