/** Real registers become appointments and group visits; read twice they double nothing (V1, V22). */
import { v5 } from 'uuid'
import { zoneOf } from '../../../kernel/calendar/site-day.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Applied, Checked, Importer, ImportRow, UndoLine } from '../../../kernel/imports/importer.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { type EmployeeCard, employeesNamed } from '../../directory/public.ts'
import { type House, houseOf } from '../house.ts'
import { newVisit, rememberPerson } from '../row.ts'
import type { Category } from '../settings.ts'
import { insertVisit, updateVisit } from '../store.ts'
import { visitFields } from './fields.ts'
import { readLine, statusOf, type VisitLine } from './line.ts'
import * as store from './store.ts'

const namespace = '0b9f8f0e-2f0a-5c0f-8a43-7d1a54a3c0aa'

async function check(work: Work, rows: readonly ImportRow[]): Promise<readonly Checked<VisitLine>[]> {
  const zone = await zoneOf(work, work.ctx.siteId)
  const first = new Map<string, number>()
  const checked = rows.map((row): Checked<VisitLine> => {
    const read = readLine(row, zone, work.now)
    if (!('key' in read)) return { line: row.line, ok: false, problems: read }
    const before = first.get(read.key)
    if (before !== undefined) {
      return {
        line: row.line,
        ok: false,
        problems: [{ field: '', code: 'duplicate', value: String(before) }],
      }
    }
    first.set(read.key, row.line)
    return { line: row.line, ok: true, value: read }
  })
  const known = new Set(
    (await work.all(store.storedByKey(work.ctx.siteId, checked.flatMap(keysOf)))).map(
      (one) => one.source_key,
    ),
  )
  return checked.map((one) =>
    one.ok
      ? {
          ...one,
          expect:
            known.has(one.value.key) || known.has(one.value.formerKey)
              ? ('unchanged' as const)
              : ('created' as const),
        }
      : one,
  )
}

const keysOf = (one: Checked<VisitLine>) => (one.ok ? [one.value.key, one.value.formerKey] : [])

/** The kind as the file names it, else tours for groups, else the first kind of the house. */
function kindOf(house: House, line: VisitLine): { kind: string; category: Category } | undefined {
  const named = line.kind.toLowerCase()
  const kinds = [...house.kinds.values()]
  const found =
    kinds.find((one) => [one.key, one.name.zh, one.name.en].some((text) => text.toLowerCase() === named)) ??
    (line.groupSize > 1 ? house.kinds.get('tour') : undefined) ??
    kinds[0]
  const category = found === undefined ? undefined : house.categories.get(found.category)
  return found === undefined || category === undefined ? undefined : { kind: found.key, category }
}

async function apply(
  work: Work,
  values: readonly { readonly line: number; readonly value: VisitLine }[],
): Promise<readonly Applied[]> {
  const { siteId } = work.ctx
  const [house, stored, hosts] = await Promise.all([
    houseOf(work.ctx),
    work.all(
      store.storedByKey(
        siteId,
        values.flatMap(({ value }) => [value.key, value.formerKey]),
      ),
    ),
    employeesNamed(work, siteId, [...new Set(values.map(({ value }) => value.hostName))]),
  ])
  const known = new Map(stored.map((one) => [one.source_key, one]))
  const groups = new Set<string>()
  return values.map(({ value }) => {
    const before = known.get(value.key) ?? known.get(value.formerKey)
    if (before !== undefined) return again(work, before, value)
    const groupId =
      value.groupKey === ''
        ? null
        : v5(`${siteId}|${value.groupKey}|${value.startAt.toISOString()}`, namespace)
    if (groupId !== null && !groups.has(groupId)) {
      groups.add(groupId)
      work.write(store.keepGroup(siteId, groupOf(groupId, value), work.now))
    }
    const named = hosts.filter((one) => one.name === value.hostName)
    return create(work, house, value, groupId, named.length === 1 ? named[0] : undefined)
  })
}

function groupOf(id: string, line: VisitLine): store.GroupInsert {
  return {
    id,
    key: `${line.groupKey}|${line.startAt.toISOString()}`,
    title: line.groupKey,
    size: line.groupSize,
    hostName: line.hostName,
    place: line.place,
    expectedAt: line.startAt,
  }
}

function create(
  work: Work,
  house: House,
  line: VisitLine,
  groupId: string | null,
  host: EmployeeCard | undefined,
): Applied {
  const chosen = kindOf(house, line)
  if (chosen === undefined) throw new Error('the house has no kind of visit')
  const { status, leftAt, timeOutMissing } = statusOf(line, work.now)
  const by = work.ctx.actor.employeeId ?? work.ctx.actor.id
  const id = newId()
  const row = newVisit(
    work.ctx,
    work.now,
    by,
    chosen.category,
    {
      visitorName: line.name,
      organisation: line.organisation,
      phone: line.phone,
      partySize: groupId === null ? line.groupSize : 1,
      companions: line.companions,
      purpose: line.purpose || line.place,
      kind: chosen.kind,
      hostName: line.hostName,
      plate: line.plate,
      note: line.note,
      id,
    },
    {
      host,
      status,
      expectedAt: line.startAt,
      validUntil: line.endAt ?? line.startAt,
    },
  )
  const arrived = status === 'left' || status === 'admitted' ? line.arrivedAt : null
  // Nobody handed the pass or the slip to us: what a register does not say stays unsaid.
  const { number: _number, group_title: _title, ...columns } = row
  work.write(
    insertVisit({
      ...columns,
      group_id: groupId,
      arrived_at: arrived,
      admitted_at: arrived,
      left_at: leftAt,
      sort_at: arrived ?? line.startAt,
      source: store.source,
      source_key: line.key,
      companions: JSON.stringify(line.companions),
      asked_ids: '[]',
      areas: JSON.stringify(row.areas),
      waiting_place: JSON.stringify(row.waiting_place),
    }),
  )
  rememberPerson(work, row, arrived ?? line.startAt)
  work.journal({
    entity: 'visit',
    entityId: id,
    action: 'visit.imported',
    version: 1,
    after: { status, visitor_name: row.visitor_name, host_name: row.host_name, expected_at: row.expected_at },
    data: { key: line.key, ...(timeOutMissing ? { timeOutMissing } : {}) },
  })
  return { result: 'created', entityId: id }
}

/** A later edition of the same register: who was expected has come or gone meanwhile. */
function again(work: Work, before: store.Stored, line: VisitLine): Applied {
  const { status, leftAt } = statusOf(line, work.now)
  const grown = before.status === 'expected' && status !== 'expected' && status !== 'admitted'
  if (!grown) return { result: 'unchanged', entityId: before.id }
  const by = work.ctx.actor.employeeId ?? work.ctx.actor.id
  const moved = {
    status_at: work.now,
    status_by: by,
    updated_at: work.now,
    previous_status: 'expected' as const,
  }
  if (status === 'left') {
    work.write(
      updateVisit(before.id, 'expected', {
        status: 'admitted',
        arrived_at: line.arrivedAt,
        admitted_at: line.arrivedAt,
      }),
    )
    work.write(
      updateVisit(before.id, 'admitted', {
        ...moved,
        status,
        left_at: leftAt,
        version: before.version + 1,
        sort_at: line.arrivedAt ?? work.now,
      }),
    )
  } else {
    work.write(updateVisit(before.id, 'expected', { ...moved, status, version: before.version + 1 }))
  }
  work.journal({
    entity: 'visit',
    entityId: before.id,
    action: 'visit.imported',
    version: before.version + 1,
    before: { status: before.status },
    after: { status },
  })
  return { result: 'updated', entityId: before.id, before: { version: before.version } }
}

/** What nobody has touched since goes again; a visit that has lived on stays and is named. */
async function undo(work: Work, lines: readonly UndoLine[]) {
  const { siteId } = work.ctx
  const created = lines.filter((line) => line.result === 'created').map((line) => line.entityId)
  const free = await work.all(store.untouched(siteId, created))
  const undone = free.map((one) => one.id)
  const gone = new Set(undone)
  work.write(store.removeVisits(siteId, undone))
  work.write(store.removeStrangers(siteId, [...new Set(free.map((one) => one.visitor_id))]))
  for (const id of undone) {
    work.journal({
      entity: 'visit',
      entityId: id,
      action: 'visit.import-undone',
      before: { source: store.source },
    })
  }
  return { undone, kept: lines.map((line) => line.entityId).filter((id) => !gone.has(id)) }
}

export const visitsImporter: Importer<VisitLine> = {
  kind: 'visits',
  action: 'visit.import',
  fields: visitFields,
  check,
  apply,
  undo,
}
