import type { Language, Translate } from './rules.ts'

export interface Letter {
  readonly language: Language
  readonly name: string
  readonly site: string
  readonly subject: string
  readonly text: string
  /** Where the button leads; `null`: no button. */
  readonly url: string | null
  /** The link opens without sign-in and must not be passed on. */
  readonly signed: boolean
}

/**
 * The letter in plain text and simple HTML; nothing is loaded from anywhere, so nothing tells a stranger it was read.
 * @throws Error naming a missing text
 */
export function letter(translate: Translate, { language, name, site, subject, text, url, signed }: Letter) {
  const of = (key: string, params: Record<string, string> = {}) => {
    const found = translate(key, params)
    if (found === undefined) throw new Error(`no ${language} text for ${key}`)
    return found
  }
  const greeting = name === '' ? of('mail.greetingAll') : of('mail.greeting', { name })
  const button = of('mail.open')
  const notes = [...(signed ? [of('mail.signed')] : []), of('mail.footer', { site })]
  return {
    text: [greeting, text, ...(url === null ? [] : [`${button}\n${url}`]), `-- \n${notes.join('\n')}`].join(
      '\n\n',
    ),
    html: html(language, subject, { greeting, text, url, button, notes }),
  }
}

interface Parts {
  readonly greeting: string
  readonly text: string
  readonly url: string | null
  readonly button: string
  readonly notes: readonly string[]
}

const fonts = "'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', Arial, sans-serif"

function html(language: Language, subject: string, { greeting, text, url, button, notes }: Parts): string {
  const lines = escaped(text).replaceAll('\n', '<br>')
  const link =
    url === null
      ? ''
      : `<p style="margin:24px 0"><a href="${escaped(url)}" style="background:#1F7A6C;color:#FFFFFF;padding:12px 20px;border-radius:8px;text-decoration:none;display:inline-block">${escaped(button)}</a></p>`
  const small = notes
    .map((note) => `<p style="margin:4px 0;color:#5B6B7A;font-size:12px">${escaped(note)}</p>`)
    .join('')
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head><body style="margin:0;padding:24px;background:#FAF9F6;color:#1B2733;font-family:${fonts};font-size:15px;line-height:1.6"><div style="max-width:520px;margin:0 auto;background:#FFFFFF;border-radius:8px;padding:24px"><p>${escaped(greeting)}</p><p>${lines}</p>${link}</div><div style="max-width:520px;margin:12px auto 0">${small}</div></body></html>`
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (sign) => names[sign] ?? sign)
}
