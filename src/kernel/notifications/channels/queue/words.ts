/** What stands in a message: one notice, a digest of many, or the JSON a program gets. */
import type { Sql } from '../../../db/sql.ts'
import type { Kernel } from '../../../kernel.ts'
import { serverTexts, translator } from '../../../texts.ts'
import { publicUrl } from '../../email.ts'
import { contactsOf } from '../../notice.ts'
import { type NoticeText, noticeText, type Translate } from '../../rules.ts'
import { siteOf } from '../../store.ts'
import { fitBytes, maskNumbers, plainWords } from '../rules.ts'
import type { ChannelRow } from '../store.ts'
import type { Message } from '../vendors/vendor.ts'
import type { DeliveryRow } from './store.ts'

/** Readable at a glance; the rest is counted and one tap away. */
const mostLines = 30
const mostDigestBytes = 3000
/** With people called by number WeCom takes half as much. */
const mostCalledBytes = 1300
/** More would be a crowd, and their numbers would fill the message. */
const mostCalled = 5

interface Reader {
  readonly translate: Translate
  readonly language: 'zh' | 'en'
  readonly site: { readonly id: string; readonly name: string; readonly zone: string }
}

async function readerOf(sql: Sql, channel: ChannelRow): Promise<Reader> {
  const [texts, site] = await Promise.all([serverTexts(), sql.maybe(siteOf(channel.siteId))])
  const { language } = channel
  return {
    language,
    translate: translator(texts[language], language),
    site: { id: channel.siteId, name: site?.name ?? 'Foyer', zone: site?.zone ?? 'Asia/Shanghai' },
  }
}

export async function chatMessage(
  kernel: Kernel,
  channel: ChannelRow,
  rows: readonly DeliveryRow[],
): Promise<Message> {
  const reader = await readerOf(kernel.sql, channel)
  const people = await peopleOf(kernel, channel, rows)
  const [first] = rows
  const of = (key: string, params = {}) => reader.translate(`channels.message.${key}`, params) ?? key
  const foot = of('foot', { site: plainWords(reader.site.name) })
  // Always the plain way in: a link that opens without sign-in would open for everybody in the group (G5).
  const link = (path: string, words: string) => ({ words, url: publicUrl(kernel) + path })
  if (rows.length === 1 && first !== undefined) {
    const { subject, text } = wordsOf(reader, channel, first)
    return {
      ...{ title: subject, text, foot, people },
      link: first.link === null ? null : link(first.link, of('open')),
    }
  }
  const lines = rows.map((row) => `· ${timeIn(row.at, reader)} ${wordsOf(reader, channel, row).subject}`)
  const most = people.length > 0 ? mostCalledBytes : mostDigestBytes
  const shown = linesWithin(lines, most)
  const more = lines.length - shown.length
  return {
    title: of('digest', { count: rows.length }),
    text: [...shown, ...(more > 0 ? [of('more', { count: more })] : [])].join('\n'),
    link: link('/notifications', of('openAll')),
    foot,
    people,
  }
}

function linesWithin(lines: readonly string[], most: number): string[] {
  const shown: string[] = []
  let used = 0
  for (const line of lines.slice(0, mostLines)) {
    const short = fitBytes(line, 240)
    used += Buffer.byteLength(short) + 1
    if (used > most) break
    shown.push(short)
  }
  return shown
}

/** A channel without details says what kind of thing happened, and to whom it happened stays in the product. */
function wordsOf(reader: Reader, channel: ChannelRow, row: DeliveryRow): NoticeText {
  if (row.kind === 'test') {
    const of = (part: string) =>
      reader.translate(`channels.message.test.${part}`, { name: plainWords(channel.name) }) ?? part
    return { subject: of('subject'), text: of('text') }
  }
  const full = fullWords(reader, row)
  if (!channel.details) return { subject: plainWords(bare(full.bare)), text: '' }
  return { subject: plainWords(maskNumbers(full.subject)), text: plainWords(maskNumbers(full.text)) }
}

/** A text that is missing (a template of an older release) must not stop the queue. */
function fullWords({ translate, language, site }: Reader, row: DeliveryRow): NoticeText & { bare: string } {
  const task = row.facts['task']
  const key = typeof task === 'object' && 'key' in task ? task.key : undefined
  // Without facts every placeholder is a dash; a task then still says which kind it is.
  const kind = key === undefined ? undefined : translate(key, {})
  const blank =
    translate(`notice.${row.template}.subject`, kind === undefined ? {} : { task: kind }) ?? row.template
  try {
    return { ...noticeText(translate, row, { language, zone: site.zone }), bare: blank }
  } catch {
    return { subject: row.template, text: '', bare: blank }
  }
}

/** A text whose placeholders were left out (each a dash), as a name for its kind. */
export function bare(text: string): string {
  return text
    .replace(/[（(“"]?—[）)”"]?/g, '…')
    .replace(/(…[\s，、,:：()（）]*)+/g, '… ')
    .trim()
}

function timeIn(at: Date, { language, site }: Reader): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  return at.toLocaleTimeString(locale, {
    ...{ timeZone: site.zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  })
}

/** In their own robot nobody is called: it is theirs. */
async function peopleOf(
  kernel: Kernel,
  channel: ChannelRow,
  rows: readonly DeliveryRow[],
): Promise<Message['people']> {
  const ids = [...new Set(rows.flatMap((row) => row.people))]
  if (channel.personId !== null || ids.length === 0 || ids.length > mostCalled) return []
  const contacts = await contactsOf(kernel, kernel.sql, ids)
  return ids.flatMap((id) => {
    const contact = contacts.get(id)
    if (contact === undefined) return []
    return [{ name: plainWords(contact.name), mobile: channel.mention ? (contact.mobile ?? null) : null }]
  })
}

/** The body of a webhook, documented in the module's README. */
export async function webhookBody(kernel: Kernel, channel: ChannelRow, row: DeliveryRow): Promise<string> {
  const reader = await readerOf(kernel.sql, channel)
  const link = row.link === null ? null : publicUrl(kernel) + row.link
  const timestamp = row.at.toISOString()
  const site = { id: reader.site.id, name: reader.site.name }
  if (row.event !== null) {
    const { entity, id, action, version, at, details, facts = null } = row.event
    const data = { entity, id, action, version, link, ...(facts === null ? {} : { facts }), ...details }
    return JSON.stringify({ type: action, timestamp: at, site, data })
  }
  if (row.kind === 'test')
    return JSON.stringify({ type: 'channel.test', timestamp, site, data: { channel: channel.id } })
  const full = fullWords(reader, row)
  const details = {
    subject: maskNumbers(full.subject),
    text: maskNumbers(full.text),
    language: channel.language,
  }
  return JSON.stringify({
    type: `notice.${row.template}`,
    timestamp,
    site,
    data: {
      id: row.id,
      template: row.template,
      people: row.people,
      link,
      ...(channel.details ? details : {}),
    },
  })
}
