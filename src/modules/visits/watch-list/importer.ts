/** A list kept elsewhere comes in as a file: every bad line named, read twice it doubles nothing (V12). */
import { DateTime } from 'luxon'
import { dayAt, zoneOf } from '../../../kernel/calendar/site-day.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type {
  Applied,
  Checked,
  Importer,
  ImportField,
  ImportRow,
  LineProblem,
} from '../../../kernel/imports/importer.ts'
import type { Work } from '../../../kernel/work/command.ts'
import type { DocumentKind } from '../identity/kinds.ts'
import { documentFault, kindOfNumber, normaliseNumber } from '../identity/rules.ts'
import { normalisePhone } from '../people.ts'
import { readPlate, statedPlate } from '../vehicles/rules.ts'
import * as store from './entries-store.ts'
import { derive, period, sealWritten } from './entry.ts'
import { lookAround } from './present-now.ts'

const fields: readonly ImportField[] = [
  { key: 'name', required: false, aliases: ['姓名', '名称', 'name', 'full name'] },
  { key: 'aliases', required: false, aliases: ['别名', '曾用名', 'alias', 'aliases', 'also known as'] },
  {
    key: 'organisation',
    required: false,
    aliases: ['单位', '公司', 'company', 'organisation', 'organization'],
  },
  { key: 'phones', required: false, aliases: ['电话', '手机', '联系电话', 'phone', 'phones', 'mobile'] },
  { key: 'document', required: false, aliases: ['证件号', '证件号码', '身份证号', 'document', 'id number'] },
  { key: 'plates', required: false, aliases: ['车牌', '车牌号', 'plate', 'plates'] },
  { key: 'level', required: false, aliases: ['级别', '处理', 'level'] },
  { key: 'reason', required: true, aliases: ['原因', '事由', 'reason'] },
  { key: 'validUntil', required: false, aliases: ['截止', '有效期至', 'until', 'valid until'] },
]

interface Line {
  readonly key: string
  readonly level: 'alert' | 'block'
  readonly name: string
  readonly aliases: readonly string[]
  readonly organisation: string
  readonly phones: readonly string[]
  readonly plates: readonly string[]
  readonly reason: string
  readonly document: { readonly kind: DocumentKind; readonly number: string } | null
  readonly validUntil: string | null
}

const list = (text: string | undefined) =>
  (text ?? '')
    .split(/[,，、;；/|\n]+/)
    .map((one) => one.trim())
    .filter(Boolean)
const levelWords: Readonly<Record<string, 'alert' | 'block'>> = {
  '': 'block',
  block: 'block',
  阻止: 'block',
  禁止: 'block',
  alert: 'alert',
  提示: 'alert',
  关注: 'alert',
}

function readLine({ line, cells }: ImportRow, today: string): Checked<Line> {
  const problems: LineProblem[] = []
  const bad = (field: string, code: string, value?: string) =>
    problems.push(value === undefined ? { field, code } : { field, code, value })
  const phones = list(cells['phones'])
  for (const phone of phones) {
    try {
      normalisePhone(phone, 'phones')
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      bad('phones', 'watch-phone', phone)
    }
  }
  const plates = list(cells['plates']).map(statedPlate)
  for (const { text, stated } of plates)
    if (readPlate(text, stated) === null) bad('plates', 'watch-plate', text)
  const number = normaliseNumber(cells['document'] ?? '')
  const kind = kindOfNumber(number) ?? 'other'
  if (documentFault({ kind, number }, today) !== null) bad('document', 'watch-document', number.slice(-4))
  const level = levelWords[(cells['level'] ?? '').trim().toLowerCase()]
  if (level === undefined) bad('level', 'watch-level', cells['level'])
  const written = (cells['validUntil'] ?? '').trim().slice(0, 10).replace(/[./]/g, '-')
  const until = written === '' ? null : DateTime.fromFormat(written, 'yyyy-M-d')
  if (until !== null && (!until.isValid || until.toFormat('yyyy-MM-dd') < today))
    bad('validUntil', 'watch-until', written)
  if ((cells['reason'] ?? '').trim() === '') bad('reason', 'required')
  const value = {
    name: cells['name'] ?? '',
    aliases: list(cells['aliases']),
    organisation: cells['organisation'] ?? '',
    phones,
    plates: plates.map(({ text }) => text),
    reason: (cells['reason'] ?? '').slice(0, 200),
    document: number === '' ? null : { kind, number },
    level: level ?? ('block' as const),
    validUntil: until?.isValid === true ? until.toFormat('yyyy-MM-dd') : null,
  }
  const nameless = value.name === '' && value.organisation === '' && phones.length === 0
  if (nameless && number === '' && value.plates.length === 0) bad('', 'watch-nobody')
  if (problems.length > 0) return { line, ok: false, problems }
  // What it is about, not what is said of it: a corrected reason is the same entry.
  return { line, ok: true, value: { ...value, key: '' } }
}

/** Keyed: a document number must not be guessable from what is stored of it (G5). */
function keyOf(work: Work, value: Line): string {
  const { secrets } = work.ctx.kernel
  const who = [
    value.name,
    value.organisation,
    [...value.phones].sort(),
    value.document?.number ?? '',
    [...value.plates].sort(),
  ]
  return secrets.blindIndex(`watch-import:${JSON.stringify(who)}`)
}

async function check(work: Work, rows: readonly ImportRow[]): Promise<readonly Checked<Line>[]> {
  const today = dayAt(await zoneOf(work, work.ctx.siteId), work.now).day
  const first = new Map<string, number>()
  const checked = rows.map((row): Checked<Line> => {
    const read = readLine(row, today)
    if (!read.ok) return read
    const key = keyOf(work, read.value)
    const before = first.get(key)
    if (before !== undefined)
      return {
        line: row.line,
        ok: false,
        problems: [{ field: '', code: 'duplicate', value: String(before) }],
      }
    first.set(key, row.line)
    return { ...read, value: { ...read.value, key } }
  })
  const known = await work.all(store.entriesBySource(work.ctx.siteId, [...first.keys()]))
  const keys = new Set(known.map((row) => row.source_key))
  return checked.map((one) =>
    one.ok
      ? { ...one, expect: keys.has(one.value.key) ? ('unchanged' as const) : ('created' as const) }
      : one,
  )
}

async function apply(
  work: Work,
  values: readonly { readonly line: number; readonly value: Line }[],
): Promise<readonly Applied[]> {
  const { siteId, kernel, actor } = work.ctx
  const zone = await zoneOf(work, siteId)
  const today = dayAt(zone, work.now).day
  const stored = await work.all(
    store.entriesBySource(
      siteId,
      values.map(({ value }) => value.key),
    ),
  )
  const known = new Map(stored.map((row) => [row.source_key, row]))
  const fresh: store.EntryRow[] = []
  const applied = await Promise.all(
    values.map(async ({ value }): Promise<Applied> => {
      const before = known.get(value.key)
      if (before !== undefined) return { result: 'unchanged', entityId: before.id }
      const document = await sealWritten(kernel.secrets, value.document, today)
      const id = newId()
      const row: store.EntryRow = {
        id,
        site_id: siteId,
        version: 1,
        status: 'active',
        ...derive(value, document),
        ...period(zone, undefined, value.validUntil, work.now),
        withdrawn_why: '',
        visit_id: null,
        source_key: value.key,
        created_at: work.now,
        created_by: actor.employeeId ?? actor.id,
        created_by_name: actor.name,
        updated_at: work.now,
      }
      work.write(store.insertEntry(row))
      fresh.push(row)
      work.journal({
        entity: 'watch-entry',
        entityId: id,
        action: 'watch-list.added',
        version: 1,
        after: { name: row.name, level: row.level, reason: row.reason },
        data: { imported: true },
      })
      return { result: 'created', entityId: id }
    }),
  )
  await lookAround(work, fresh)
  return applied
}

export const watchListImporter: Importer<Line> = {
  kind: 'watch-list',
  action: 'watch-list.manage',
  fields,
  check,
  apply,
  async undo(work, lines) {
    const ids = lines.filter((line) => line.result === 'created').map((line) => line.entityId)
    const undone = (await work.all(store.removeEntries(work.ctx.siteId, ids))).map((row) => row.id)
    for (const id of undone)
      work.journal({ entity: 'watch-entry', entityId: id, action: 'watch-list.import-undone' })
    return { undone, kept: ids.filter((id) => !undone.includes(id)) }
  },
}
