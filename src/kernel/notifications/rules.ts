/** How a notification reads; PURE and shared: the server writes e-mails with it, the console its list. */

export type Language = 'zh' | 'en'

/**
 * A placeholder's value. A text that is an RFC 3339 instant is shown in the site's time zone; `{ zh, en }` in the
 * reader's language; `{ key }` as the text of that key, with the same facts.
 */
export type Fact = string | number | { readonly zh: string; readonly en: string } | { readonly key: string }
export type Facts = Readonly<Record<string, Fact>>
export type Params = Readonly<Record<string, string | number>>

/** Text of a key with placeholders filled in; `undefined` when the language has no such key. */
export type Translate = (key: string, params: Params) => string | undefined

export interface NoticeText {
  readonly subject: string
  readonly text: string
}

/** @throws Error naming the key that is missing: a fault of the program, found by `texts.test.ts` */
export function noticeText(
  translate: Translate,
  notice: { readonly template: string; readonly facts: Facts },
  reader: { readonly language: Language; readonly zone: string },
): NoticeText {
  const params = noticeParams(translate, notice.facts, reader)
  const of = (part: string) => {
    const key = `notice.${notice.template}.${part}`
    const text = translate(key, params)
    if (text === undefined) throw new Error(`no ${reader.language} text for ${key}`)
    return text
  }
  return { subject: of('subject'), text: of('text') }
}

function noticeParams(
  translate: Translate,
  facts: Facts,
  reader: { readonly language: Language; readonly zone: string },
): Params {
  const plain: Record<string, string | number> = {}
  for (const [name, fact] of Object.entries(facts)) {
    if (typeof fact === 'number') plain[name] = fact
    else if (typeof fact === 'string') plain[name] = instant.test(fact) ? instantText(fact, reader) : fact
    else if ('zh' in fact) plain[name] = fact[reader.language]
  }
  const named = { ...plain }
  for (const [name, fact] of Object.entries(facts)) {
    if (typeof fact === 'object' && 'key' in fact) named[name] = translate(fact.key, plain) ?? fact.key
  }
  return named
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

function instantText(text: string, { language, zone }: { language: Language; zone: string }): string {
  const at = new Date(text)
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: zone, ...options }).format(at)
  const date = part({ month: language === 'zh' ? 'long' : 'short', day: 'numeric', weekday: 'short' })
  return `${date} ${part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`
}

/** Whatever a task carries, reduced to what a text can show. */
export function factsOf(values: Readonly<Record<string, unknown>>): Facts {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, Fact] => isFact(pair[1])))
}

function isFact(value: unknown): value is Fact {
  if (typeof value === 'string' || typeof value === 'number') return true
  if (typeof value !== 'object' || value === null) return false
  if ('key' in value) return typeof value.key === 'string'
  return 'zh' in value && 'en' in value && typeof value.zh === 'string' && typeof value.en === 'string'
}
