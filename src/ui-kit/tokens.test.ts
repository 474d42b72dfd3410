import { describe, expect, test } from 'vitest'
import { type ColourName, colours, tokensCss } from './tokens.ts'

function channel(value: number) {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function luminance(hex: string) {
  const part = (from: number) => channel(Number.parseInt(hex.slice(from, from + 2), 16))
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

function contrast(one: string, other: string) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

const grounds: ColourName[] = ['page', 'card', 'raised', 'sunken']
const words: [ColourName, ColourName[]][] = [
  ['ink', [...grounds, 'accentSoft', 'waitingSoft', 'alarmSoft']],
  ['slate', grounds],
  ['accent', [...grounds, 'accentSoft']],
  ['accentHover', [...grounds, 'accentSoft']],
  ['waiting', [...grounds, 'waitingSoft']],
  ['alarm', [...grounds, 'alarmSoft']],
  ['onAccent', ['accent', 'accentHover']],
  ['onAlarm', ['alarm', 'alarmHover']],
]
/** Borders of controls and marks that carry meaning: 3:1 (WCAG 1.4.11). */
const marks: [ColourName, ColourName[]][] = [
  ['lineStrong', ['page', 'card', 'raised']],
  ['waitingMark', ['page', 'card']],
  ['alarmMark', ['page', 'card']],
]

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const cases = (pairs: [ColourName, ColourName[]][]) =>
    pairs.flatMap(([front, backs]) => backs.map((back) => [front, back] as const))

  test.each(cases(words))('%s on %s is readable', (front, back) => {
    expect(contrast(colours[theme][front], colours[theme][back])).toBeGreaterThanOrEqual(4.5)
  })
  test.each(cases(marks))('%s on %s can be told apart', (front, back) => {
    expect(contrast(colours[theme][front], colours[theme][back])).toBeGreaterThanOrEqual(3)
  })
})

test('tokens.css is what tokens.ts says', async () => {
  await expect(tokensCss()).toMatchFileSnapshot('./tokens.css')
})
