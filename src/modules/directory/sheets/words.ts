/** Words of staff lists: yes and no, spoken languages, states. */
const languageNames: Readonly<Record<string, readonly [zh: string, en: string, ...more: string[]]>> = {
  zh: ['普通话', 'Mandarin', '汉语', '中文', '国语', 'chinese', 'putonghua'],
  en: ['英语', 'English', '英文'],
  ja: ['日语', 'Japanese', '日文'],
  ko: ['韩语', 'Korean', '韩文', '朝鲜语'],
  fr: ['法语', 'French', '法文'],
  de: ['德语', 'German', '德文'],
  es: ['西班牙语', 'Spanish', '西语'],
  pt: ['葡萄牙语', 'Portuguese', '葡语'],
  ru: ['俄语', 'Russian', '俄文'],
  ar: ['阿拉伯语', 'Arabic', '阿语'],
  it: ['意大利语', 'Italian', '意语'],
  th: ['泰语', 'Thai'],
  vi: ['越南语', 'Vietnamese', '越语'],
  id: ['印尼语', 'Indonesian', '印度尼西亚语'],
  ms: ['马来语', 'Malay'],
  hi: ['印地语', 'Hindi'],
  tr: ['土耳其语', 'Turkish'],
  nl: ['荷兰语', 'Dutch'],
}

export const spokenLanguages = Object.keys(languageNames)

export function languageName(code: string, lang: 'zh' | 'en'): string {
  const names = languageNames[code]
  return names === undefined ? code : names[lang === 'zh' ? 0 : 1]
}

/** ISO 639 code of a word of a list; undefined when nobody knows it. */
export function languageCode(word: string): string | undefined {
  const plain = word.trim().toLowerCase()
  if (/^[a-z]{2}$/.test(plain)) return plain
  return Object.entries(languageNames).find(([, names]) =>
    names.some((name) => name.toLowerCase() === plain),
  )?.[0]
}

/** `英语、日语/粤语` → its words. */
export function wordsOf(text: string): string[] {
  return text
    .split(/[、,,;;/|]+|\s{2,}/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

const yes = new Set(['是', '有', '√', '✓', 'y', 'yes', 'true', '1', 'x', '对', '在职'])
const no = new Set(['否', '无', '×', '', 'n', 'no', 'false', '0', '-', '不是', '离职'])

export function yesOrNo(text: string): boolean | undefined {
  const plain = text.trim().toLowerCase()
  return yes.has(plain) ? true : no.has(plain) ? false : undefined
}

export function isActiveWord(text: string): boolean | undefined {
  const plain = text.trim().toLowerCase()
  if (plain === '' || plain === 'active' || plain === '正常' || plain === '试用') return true
  if (plain === 'inactive' || plain === 'left' || plain === '停用') return false
  return yesOrNo(plain)
}
