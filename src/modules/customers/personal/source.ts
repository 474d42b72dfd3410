/** G5: what the module keeps about a person, for their copy and to erase; what they suggested stays, without their name. */
import type { Sql } from '../../../kernel/db/sql.ts'
import { redactEntries } from '../../../kernel/journal/redact.ts'
import { forgetAround } from '../../../kernel/personal/forget.ts'
import type { PersonalPart, PersonalSource, PersonBehind } from '../../../kernel/personal/source.ts'
import { showNumber } from '../../../kernel/telephone/number.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { contactFields } from '../contacts/contact.ts'
import * as store from './store.ts'

const personal = [...contactFields, 'phones', 'was', 'is', 'kept', 'merged', 'moved']

async function collect(sql: Sql, { siteId, contactIds }: PersonBehind): Promise<PersonalPart[]> {
  const kept = await sql.all(store.contactsKept(siteId, contactIds))
  const remarks = await sql.all(
    store.remarksKept(
      siteId,
      kept.map(({ id }) => id),
    ),
  )
  return [
    {
      title: { zh: '联系人卡片', en: 'Contact card' },
      heads: [
        { zh: '姓名', en: 'Name' },
        { zh: '单位', en: 'Organisation' },
        { zh: '职务', en: 'Title' },
        { zh: '电话', en: 'Telephone' },
        { zh: '邮箱', en: 'E-mail' },
        { zh: '标签', en: 'Tags' },
        { zh: '备注', en: 'Note' },
        { zh: '建立时间', en: 'Since' },
        { zh: '最近一次', en: 'Last seen' },
      ],
      rows: kept.map((one) => [
        one.name,
        one.organisation,
        one.title,
        one.phones.map(showNumber).join('、'),
        one.email,
        one.tags.join('、'),
        one.note,
        one.createdAt,
        one.lastSeenAt,
      ]),
    },
    {
      title: { zh: '建议与备注', en: 'Suggestions and remarks' },
      heads: [
        { zh: '时间', en: 'Time' },
        { zh: '内容', en: 'Words' },
        { zh: '答复', en: 'Answer' },
      ],
      rows: remarks.map((one) => [one.at, one.text, one.answer]),
    },
  ]
}

async function erase(
  work: Work,
  { siteId, contactIds }: PersonBehind,
  words: readonly string[],
): Promise<void> {
  const ids = (await work.all(store.contactsKept(siteId, contactIds))).map(({ id }) => id)
  if (ids.length === 0) return
  const remarks = (await work.all(store.remarksKept(siteId, ids))).map(({ id }) => id)
  for (const statement of store.eraseContacts(siteId, ids, work.now)) work.write(statement)
  work.write(redactEntries(siteId, 'contact', ids, personal, work.now, words))
  if (remarks.length > 0) {
    work.write(store.strikeRemarks(siteId, remarks, words))
    work.write(redactEntries(siteId, 'customer-remark', remarks, [], work.now, words))
  }
  await forgetAround(work, { entity: 'contact', ids, numbers: [] }, words)
  await forgetAround(work, { entity: 'customer-remark', ids: remarks, numbers: [] }, words)
  for (const id of ids) work.journal({ entity: 'contact', entityId: id, action: 'contact.erased' })
}

export const customerPersonal: PersonalSource = { collect, erase }
