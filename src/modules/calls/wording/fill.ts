/** PURE: what is said, with names and numbers in it (G7). */
import type { placeholders, Situation } from '../rules.ts'
import type { Script } from '../settings.ts'

type Placeholder = (typeof placeholders)[number]
interface Both {
  readonly zh: string
  readonly en: string
}
/** A text of its own per language, or one for both. */
export type Values = Readonly<Partial<Record<Placeholder, Both | string>>>

/** Said in place of what nobody knows, so that the sentence stays one. */
const unnamed: Readonly<Record<Placeholder, Both>> = {
  site: { zh: '我公司', en: 'our company' },
  agent: { zh: '前台', en: 'the front desk' },
  caller: { zh: '您', en: 'you' },
  company: { zh: '贵公司', en: 'your company' },
  target: { zh: '相关同事', en: 'a colleague' },
  minutes: { zh: '几', en: 'a few' },
  time: { zh: '稍后', en: 'shortly' },
  number: { zh: '您的号码', en: 'your number' },
}

function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(unnamed, name)
}

/** Whatever else stands in braces is left out: nobody may read braces to a customer. */
export function fill(text: string, language: 'zh' | 'en', values: Values): string {
  return text
    .replace(/\{\{\s*(.*?)\s*\}\}/g, (_, name: string) => {
      if (!isPlaceholder(name)) return ''
      const given = values[name]
      const value = typeof given === 'string' ? given : (given?.[language] ?? '')
      return value.trim() === '' ? unnamed[name][language] : value.trim()
    })
    .replace(/[{}]{2,}/g, '')
    .replace(/[ \t]{2,}/g, ' ')
    .trim()
}

export interface Said extends Both {
  readonly key: Situation
  readonly note: Both
}

export function fillScript(script: Script, values: Values): Said {
  return {
    key: script.key,
    zh: fill(script.zh, 'zh', values),
    en: fill(script.en, 'en', values),
    note: script.note,
  }
}

/** The site's own wording, else the house's; a situation without any is not said. */
export function scriptFor(
  own: readonly Script[],
  fallback: readonly Script[],
  key: Situation,
): Script | undefined {
  const isIt = (script: Script) => script.key === key
  return own.find(isIt) ?? fallback.find(isIt)
}
