/** Contractors kept in a sheet become drafts of permits: every bad line named, read twice it doubles nothing (V22, E2). */
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
import { employeesNamed } from '../../directory/public.ts'
import { houseOf } from '../house.ts'
import { documentFault, kindOfNumber, normaliseNumber } from '../identity/rules.ts'
import { normalisePhone } from '../people.ts'
import { readPlate, statedPlate } from '../vehicles/rules.ts'
import { dayOf, hoursOf, type PermitFacts, papersIn, saysTheSame, weekdaysOf } from './cells.ts'
import { permits } from './contract.ts'
import { numberOfPermit } from './present.ts'
import { draft } from './service.ts'
import { factsNumbered } from './sheet.ts'
import * as store from './store.ts'

const fields: readonly ImportField[] = [
  { key: 'number', required: false, aliases: ['证号', '编号', 'number', 'permit number'] },
  { key: 'holderName', required: true, aliases: ['姓名', '持证人', 'name', 'holder', 'full name'] },
  { key: 'organisation', required: false, aliases: ['单位', '公司', 'company', 'organisation'] },
  { key: 'phone', required: false, aliases: ['电话', '手机', '联系电话', 'phone', 'mobile'] },
  { key: 'document', required: false, aliases: ['证件号', '证件号码', '身份证号', 'document', 'id number'] },
  { key: 'plate', required: false, aliases: ['车牌', '车牌号', 'plate'] },
  { key: 'host', required: false, aliases: ['被访人', '对接人', 'host', 'contact'] },
  { key: 'purpose', required: false, aliases: ['事由', '来访事由', 'purpose'] },
  { key: 'areas', required: false, aliases: ['区域', '许可区域', 'areas'] },
  { key: 'validFrom', required: false, aliases: ['有效期自', '开始日期', 'valid from', 'from'] },
  { key: 'validTo', required: true, aliases: ['有效期至', '结束日期', 'valid to', 'until'] },
  { key: 'kind', required: false, aliases: ['来访类别', '种类', 'kind'] },
  { key: 'weekdays', required: false, aliases: ['可来的日子', '星期', '可来日', 'days', 'weekdays'] },
  { key: 'hours', required: false, aliases: ['可来时段', '时段', '时间段', 'hours'] },
  {
    key: 'papers',
    required: false,
    aliases: ['证件材料及到期日', '材料及到期日', 'papers and last days', 'papers'],
  },
  { key: 'note', required: false, aliases: ['备注', 'note', 'remarks'] },
  { key: 'paper', required: false, aliases: ['材料', '证件材料', 'paper'] },
  { key: 'paperExpiresOn', required: false, aliases: ['材料有效至', '材料到期日', 'paper expires'] },
]

type Body = ReturnType<typeof permits.create.body.parse>
/** Never stored: the permit is there. */
const sameBody: Body = { holderName: '-', kind: '', validFrom: '', validTo: '' }
interface Line {
  readonly key: string
  /** Exported before, and the same still. */
  readonly same?: string
  readonly body: Body
}
interface Kept extends PermitFacts {
  readonly id: string
}

interface Known {
  readonly today: string
  readonly kind: string
  /** Key of a kind by its key and its names. */
  readonly kinds: ReadonlyMap<string, string>
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly keyOf: (who: readonly string[]) => string
  /** By number: what is kept of them. */
  readonly kept: ReadonlyMap<string, Kept>
}

function isPhone(text: string): boolean {
  try {
    normalisePhone(text, 'phone')
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

function readLine({ line, cells }: ImportRow, known: Known): Checked<Line> {
  const problems: LineProblem[] = []
  const kept = known.kept.get(cells['number'] ?? '')
  const bad = (field: string, code: string, value = '') =>
    problems.push(value === '' ? { field, code } : { field, code, value })
  if (kept !== undefined) {
    if (saysTheSame(cells, kept))
      return { line, ok: true, value: { key: `same:${kept.id}`, same: kept.id, body: sameBody } }
    bad('number', 'permit-exists', kept.number)
  }
  const days = { validFrom: '', validTo: '', paperExpiresOn: '' }
  for (const field of ['validFrom', 'validTo', 'paperExpiresOn'] as const) {
    const read = dayOf(cells[field])
    if (read === null) bad(field, 'date', cells[field])
    else days[field] = read
  }
  const from = days.validFrom || known.today
  if (days.validTo !== '' && (days.validTo < from || days.validTo < known.today))
    bad('validTo', 'permit-over', days.validTo)
  const phone = cells['phone'] ?? ''
  if (phone !== '' && !isPhone(phone)) bad('phone', 'permit-phone', phone)
  const number = normaliseNumber(cells['document'] ?? '')
  const guessed = kindOfNumber(number)
  const documentKind = guessed === 'id-card' || guessed === 'passport' ? guessed : 'other'
  if (number !== '' && documentFault({ kind: documentKind, number }, known.today) !== null)
    bad('document', 'permit-document', number.slice(-4))
  const host = cells['host'] ?? ''
  const named = known.hosts.get(host) ?? []
  if (host !== '' && named.length !== 1) bad('host', 'permit-host', host)
  const plate = statedPlate(cells['plate'] ?? '')
  if (plate.text !== '' && readPlate(plate.text, plate.stated) === null) bad('plate', 'plate', cells['plate'])
  const kind = cells['kind'] ? known.kinds.get(cells['kind'].toLowerCase()) : known.kind
  if (kind === undefined) bad('kind', 'permit-kind', cells['kind'])
  const weekdays = weekdaysOf(cells['weekdays'])
  if (weekdays === null) bad('weekdays', 'permit-weekdays', cells['weekdays'])
  const hours = hoursOf(cells['hours'])
  if (hours === null) bad('hours', 'permit-hours', cells['hours'])
  const listed = papersIn(cells['papers'])
  if (listed.bad !== null) bad('papers', 'permit-paper', listed.bad)
  const paper = cells['paper'] ?? ''
  const body = permits.create.body.safeParse({
    holderName: cells['holderName'] ?? '',
    organisation: cells['organisation'] ?? '',
    phone,
    ...(number === '' ? {} : { document: { kind: documentKind, number } }),
    plate: plate.text,
    plateForeign: plate.stated,
    kind: kind ?? '',
    ...(weekdays === null || weekdays.length === 0 ? {} : { weekdays }),
    ...(hours == null ? {} : { fromMinute: hours.from, toMinute: hours.to }),
    note: cells['note'] ?? '',
    purpose: cells['purpose'] ?? '',
    hostId: named[0] ?? null,
    validFrom: from,
    validTo: days.validTo || from,
    areas: (cells['areas'] ?? '')
      .split(/[,，、;；]+/)
      .map((one) => one.trim())
      .filter(Boolean),
    papers: [
      ...listed.papers,
      ...(paper === '' ? [] : [{ kind: paper, expiresOn: days.paperExpiresOn || null }]),
    ],
  })
  if (!body.success && problems.length === 0) {
    for (const issue of body.error.issues) bad(String(issue.path[0] ?? ''), 'permit-unreadable')
  }
  if (problems.length > 0 || !body.success) return { line, ok: false, problems }
  const key = known.keyOf([body.data.holderName, body.data.organisation ?? '', phone, number])
  return { line, ok: true, value: { key, body: body.data } }
}

async function check(work: Work, rows: readonly ImportRow[]): Promise<readonly Checked<Line>[]> {
  const { siteId, kernel } = work.ctx
  const names = [...new Set(rows.map(({ cells }) => cells['host'] ?? '').filter(Boolean))]
  const numbers = rows.map(({ cells }) => numberOfPermit(cells['number'] ?? '')).filter((one) => one !== null)
  const [zone, house, people, kept] = await Promise.all([
    zoneOf(work, siteId),
    houseOf(work.ctx),
    employeesNamed(work, siteId, names),
    factsNumbered(work, numbers),
  ])
  const kinds = [...house.kinds.keys()]
  const known: Known = {
    today: dayAt(zone, work.now).day,
    kind: kinds.find((one) => one === 'supplier') ?? kinds[0] ?? '',
    kinds: new Map(
      [...house.kinds.values()].flatMap(({ key, name }) =>
        [key, name.zh, name.en].map((word) => [word.toLowerCase(), key] as const),
      ),
    ),
    kept: new Map(kept.map((one) => [one.number, one])),
    hosts: new Map(
      names.map((name) => [name, people.filter((one) => one.name === name).map(({ id }) => id)]),
    ),
    // Keyed: a document number must not be guessable from what is stored of it (G5).
    keyOf: (who) => kernel.secrets.blindIndex(`permit-import:${JSON.stringify(who)}`),
  }
  const first = new Map<string, number>()
  const checked = rows.map((row): Checked<Line> => {
    const read = readLine(row, known)
    if (!read.ok) return read
    const before = first.get(read.value.key)
    if (before !== undefined) {
      const problems = [{ field: '', code: 'duplicate', value: String(before) }]
      return { line: row.line, ok: false, problems }
    }
    first.set(read.value.key, row.line)
    return read
  })
  const stored = await work.all(store.permitsWithKeys(siteId, [...first.keys()]))
  const there = new Set(stored.map((row) => row.source_key))
  return checked.map((one) =>
    one.ok
      ? {
          ...one,
          expect:
            one.value.same !== undefined || there.has(one.value.key)
              ? ('unchanged' as const)
              : ('created' as const),
        }
      : one,
  )
}

async function apply(
  work: Work,
  values: readonly { readonly line: number; readonly value: Line }[],
): Promise<readonly Applied[]> {
  const keys = values.map(({ value }) => value.key)
  const stored = await work.all(store.permitsWithKeys(work.ctx.siteId, keys))
  const known = new Map(stored.map((row) => [row.source_key, row.id]))
  const applied: Applied[] = []
  for (const { value } of values) {
    const before = value.same ?? known.get(value.key)
    const id = before ?? newId()
    if (before === undefined) await draft(work.ctx, work, id, value.body, value.key)
    applied.push({ result: before === undefined ? 'created' : 'unchanged', entityId: id })
  }
  return applied
}

export const permitsImporter: Importer<Line> = {
  kind: 'permits',
  action: 'permit.manage',
  fields,
  check,
  apply,
  async undo(work, lines) {
    const ids = lines.filter((line) => line.result === 'created').map((line) => line.entityId)
    // What was activated since is in use, and stays.
    const undone = (await work.all(store.removeDrafts(work.ctx.siteId, ids))).map((row) => row.id)
    for (const id of undone) work.journal({ entity: 'permit', entityId: id, action: 'permit.import-undone' })
    return { undone, kept: ids.filter((id) => !undone.includes(id)) }
  },
}
