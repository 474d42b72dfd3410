/** Contractors kept in a sheet become drafts of permits: every bad line named, read twice it doubles nothing (V22, E2). */
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
import { employeesNamed } from '../../directory/public.ts'
import { houseOf } from '../house.ts'
import { documentFault, kindOfNumber, normaliseNumber } from '../identity/rules.ts'
import { normalisePhone } from '../people.ts'
import { permits } from './contract.ts'
import { draft } from './service.ts'
import * as store from './store.ts'

const fields: readonly ImportField[] = [
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
  { key: 'paper', required: false, aliases: ['材料', '证件材料', 'paper'] },
  { key: 'paperExpiresOn', required: false, aliases: ['材料有效至', '材料到期日', 'paper expires'] },
]

type Body = ReturnType<typeof permits.create.body.parse>
interface Line {
  readonly key: string
  readonly body: Body
}
interface Known {
  readonly today: string
  readonly kind: string
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly keyOf: (who: readonly string[]) => string
}

/** '' where nothing was written, null where it is no day. */
function dayOf(text: string | undefined): string | null {
  const written = (text ?? '').trim().slice(0, 10).replace(/[./]/g, '-')
  if (written === '') return ''
  const read = DateTime.fromFormat(written, 'yyyy-M-d')
  return read.isValid ? read.toFormat('yyyy-MM-dd') : null
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
  const bad = (field: string, code: string, value = '') =>
    problems.push(value === '' ? { field, code } : { field, code, value })
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
  const paper = cells['paper'] ?? ''
  const body = permits.create.body.safeParse({
    holderName: cells['holderName'] ?? '',
    organisation: cells['organisation'] ?? '',
    phone,
    ...(number === '' ? {} : { document: { kind: documentKind, number } }),
    plate: cells['plate'] ?? '',
    kind: known.kind,
    purpose: cells['purpose'] ?? '',
    hostId: named[0] ?? null,
    validFrom: from,
    validTo: days.validTo || from,
    areas: (cells['areas'] ?? '')
      .split(/[,，、;；]+/)
      .map((one) => one.trim())
      .filter(Boolean),
    papers: paper === '' ? [] : [{ kind: paper, expiresOn: days.paperExpiresOn || null }],
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
  const [zone, house, people] = await Promise.all([
    zoneOf(work, siteId),
    houseOf(work.ctx),
    employeesNamed(work, siteId, names),
  ])
  const kinds = [...house.kinds.keys()]
  const known: Known = {
    today: dayAt(zone, work.now).day,
    kind: kinds.find((one) => one === 'supplier') ?? kinds[0] ?? '',
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
      ? { ...one, expect: there.has(one.value.key) ? ('unchanged' as const) : ('created' as const) }
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
    const before = known.get(value.key)
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
