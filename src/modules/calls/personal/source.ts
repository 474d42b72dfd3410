/** G5: what was said on the telephone by somebody, for their copy and to erase; times, colleagues and outcomes stay. */
import type { Sql } from '../../../kernel/db/sql.ts'
import { redactEntries } from '../../../kernel/journal/redact.ts'
import { forgetAround } from '../../../kernel/personal/forget.ts'
import type { PersonalPart, PersonalSource, PersonBehind } from '../../../kernel/personal/source.ts'
import { showNumber } from '../../../kernel/telephone/number.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { callbackNumber } from '../callbacks/present.ts'
import { messageNumber } from '../messages/present.ts'
import { callNumber } from '../row.ts'
import * as store from './store.ts'

const sources = ['call', 'message', 'callback'] as const

const names = {
  call: { zh: '通话', en: 'Call' },
  message: { zh: '留言', en: 'Message' },
  callback: { zh: '回电约定', en: 'Promised call' },
}

/** Names under which entries of these records speak of the caller. */
const personal = [
  'contact_name',
  'organisation',
  'contact_phone',
  'caller_number',
  'caller_shown',
  'caller_name',
  'callerName',
  'phone',
  'reason',
  'matter',
  'note',
  'outcome_note',
  'done_note',
  'result_note',
  'reported_note',
  'answers',
]

const numberOf = ({ source, number }: Pick<store.Kept, 'source' | 'number'>): string =>
  ({ call: callNumber, message: messageNumber, callback: callbackNumber })[source](number)

async function collect(sql: Sql, person: PersonBehind): Promise<PersonalPart[]> {
  const rows = await sql.all(store.kept(person))
  return [
    {
      title: { zh: '电话与留言', en: 'Calls and messages' },
      heads: [
        { zh: '编号', en: 'Number' },
        { zh: '种类', en: 'Kind' },
        { zh: '时间', en: 'Time' },
        { zh: '姓名', en: 'Name' },
        { zh: '单位', en: 'Organisation' },
        { zh: '电话', en: 'Telephone' },
        { zh: '事由', en: 'Matter' },
        { zh: '我方同事', en: 'Colleague' },
        { zh: '结果', en: 'Outcome' },
      ],
      rows: rows.map((one) => [
        numberOf(one),
        names[one.source],
        one.at,
        one.name,
        one.organisation,
        showNumber(one.phone),
        one.matter,
        one.colleague,
        one.outcome,
      ]),
    },
  ]
}

async function erase(work: Work, person: PersonBehind, words: readonly string[]): Promise<void> {
  const { siteId } = person
  const rows = await work.all(store.kept(person))
  const idsOf = (source: store.Kept['source']) =>
    rows.filter((row) => row.source === source).map(({ id }) => id)
  for (const statement of store.eraseCalls(siteId, idsOf('call'), work.now)) work.write(statement)
  work.write(store.eraseMessages(siteId, idsOf('message')))
  for (const statement of store.eraseCallbacks(siteId, idsOf('callback'))) work.write(statement)
  for (const source of sources) {
    const ids = idsOf(source)
    if (ids.length === 0) continue
    const numbers = rows.filter((row) => row.source === source).map(numberOf)
    work.write(redactEntries(siteId, source, ids, personal, work.now, words))
    await forgetAround(work, { entity: source, ids, numbers }, words)
    for (const id of ids) work.journal({ entity: source, entityId: id, action: `${source}.erased` })
  }
}

export const callPersonal: PersonalSource = { collect, erase }
