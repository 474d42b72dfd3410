/** PURE: the words of a letter to a guest, as text and as simple HTML that loads nothing from anywhere. */
import type { Say } from './calendar.ts'
import type { LetterKind } from './rules.ts'
import type { InvitationSetting } from './settings.ts'

export interface LetterFacts {
  readonly kind: LetterKind
  readonly language: 'zh' | 'en'
  readonly name: string
  readonly site: string
  readonly host: string
  readonly when: string
  readonly code: string
  readonly url: string
  /** How to get to the areas they may go to, a line each (V21). */
  readonly ways: readonly string[]
}

export const qrContentId = 'entry-code@foyer'

export function guestLetter(say: Say, facts: LetterFacts, setting: InvitationSetting) {
  const { kind, language } = facts
  const key = kind === 'resend' ? 'invite' : kind
  const subject = say(`invitation.mail.${key}.subject`, { site: facts.site, when: facts.when })
  const opening = say(`invitation.mail.${key}.text`, {
    ...{ name: facts.name, site: facts.site, host: facts.host, when: facts.when },
  })
  const over = kind === 'cancel'
  const blocks: [title: string, words: string][] = over
    ? []
    : (
        [
          ['address', setting.address[language]],
          ['map', setting.mapUrl],
          ['directions', setting.directions[language]],
          ['parking', setting.parking[language]],
          ['houseRules', setting.houseRules[language]],
        ] as const
      )
        .filter(([, words]) => words !== '')
        .map(([name, words]) => [say(`invitation.mail.${name}`), words])
  if (!over && facts.ways.length > 0) blocks.push([say('invitation.mail.way'), facts.ways.join('\n')])
  if (setting.contact !== '') blocks.push([say('invitation.mail.contact'), setting.contact])
  const code = say('invitation.mail.code', { code: facts.code })
  const prepare = say('invitation.mail.prepare')
  const notes = over
    ? [say('invitation.mail.footer', { site: facts.site })]
    : [say('invitation.mail.private'), say('invitation.mail.footer', { site: facts.site })]
  const text = [
    say('invitation.mail.greeting', { name: facts.name }),
    opening,
    ...(over ? [] : [`${prepare}\n${facts.url}`, code]),
    ...blocks.map(([title, words]) => `${title}\n${words}`),
    `-- \n${notes.join('\n')}`,
  ].join('\n\n')
  return { subject, text, html: html() }

  function html(): string {
    const body = [
      `<p>${escaped(say('invitation.mail.greeting', { name: facts.name }))}</p><p>${lines(opening)}</p>`,
      over
        ? ''
        : `<p style="margin:24px 0"><a href="${escaped(facts.url)}" style="background:#1F7A6C;color:#FFFFFF;padding:12px 20px;border-radius:8px;text-decoration:none;display:inline-block">${escaped(say('invitation.mail.open'))}</a></p><p>${escaped(prepare)}</p><p><img src="cid:${qrContentId}" width="180" height="180" alt="${escaped(code)}"></p><p>${escaped(code)}</p>`,
      ...blocks.map(
        ([title, words]) =>
          `<h2 style="font-size:15px;margin:20px 0 4px">${escaped(title)}</h2><p>${lines(words)}</p>`,
      ),
    ].join('')
    const small = notes
      .map((note) => `<p style="margin:4px 0;color:#5B6B7A;font-size:12px">${escaped(note)}</p>`)
      .join('')
    return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head><body style="margin:0;padding:24px;background:#FAF9F6;color:#1B2733;font-family:${fonts};font-size:15px;line-height:1.6"><div style="max-width:520px;margin:0 auto;background:#FFFFFF;border-radius:8px;padding:24px">${body}</div><div style="max-width:520px;margin:12px auto 0">${small}</div></body></html>`
  }
}

const fonts = "'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', Arial, sans-serif"

const lines = (text: string): string => escaped(text).replaceAll('\n', '<br>')

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
