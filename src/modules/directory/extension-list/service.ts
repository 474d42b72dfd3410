/** C13: the extension list, grouped as it is printed, and its daily confirmation as a task of the desk (G2). */
import { systemActor } from '../../../kernel/actor.ts'
import { may } from '../../../kernel/authorize.ts'
import { loadCalendar } from '../../../kernel/calendar/load.ts'
import { dayOf, isWorkingDay, type WorkingCalendar } from '../../../kernel/calendar/rules.ts'
import { firstInstant, wallClock } from '../../../kernel/calendar/wall-clock.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { type DepartmentRow, departmentRows } from '../departments/store.ts'
import { type EmployeeRow, extensionRows } from '../employees/store.ts'
import { pathTo } from '../rules.ts'
import { hiddenDepartments, isHidden } from '../scope.ts'
import { extensionListCheck } from '../settings.ts'
import * as store from './store.ts'

const kind = 'directory.extension-list'
const subjectOf = (siteId: string, day: string) => ({ entity: kind, id: `${siteId}:${day}` })

export async function read(ctx: Ctx) {
  const sql = query(ctx)
  const today = dayOf(await loadCalendar(sql, ctx.siteId), ctx.kernel.clock.now())
  const [departments, people, check, hidden] = await Promise.all([
    sql.all(departmentRows(ctx.siteId)),
    sql.all(extensionRows(ctx.siteId)),
    sql.maybe(store.checkOf(ctx.siteId, today)),
    hiddenDepartments(ctx, sql),
  ])
  return {
    groups: grouped(
      departments.filter(({ id }) => !isHidden(hidden, id)),
      people.filter(({ departmentId }) => !isHidden(hidden, departmentId)),
    ),
    confirmed: check === undefined ? null : { at: check.at.toISOString(), by: check.by },
    can: { confirm: may(ctx, 'directory.confirm') },
  }
}

function grouped(departments: readonly DepartmentRow[], people: readonly EmployeeRow[]) {
  const nodes = new Map(departments.map((row) => [row.id, row]))
  const byDepartment = Map.groupBy(people, (one) => one.departmentId)
  const groups = departments
    .filter((row) => byDepartment.has(row.id) || (row.extension !== null && row.active))
    .map((row) => ({
      row,
      path: pathTo(nodes, row.id)
        .map((one) => one.name)
        .join(' / '),
    }))
    .sort((a, b) => a.path.localeCompare(b.path, 'zh'))
    .map(({ row, path }) => ({
      departmentId: row.id,
      path,
      extension: row.extension,
      people: (byDepartment.get(row.id) ?? []).map(line),
    }))
  const loose = byDepartment.get(null) ?? []
  if (loose.length === 0) return groups
  return [...groups, { departmentId: null, path: null, extension: null, people: loose.map(line) }]
}

function line({ id, name, title, extension, floor, room }: EmployeeRow) {
  return { id, name, title, extension, floor, room }
}

export async function confirm(ctx: Ctx) {
  return command(ctx, async (work) => {
    const day = dayOf(await loadCalendar(work, ctx.siteId), work.now)
    const by = { id: ctx.actor.employeeId ?? ctx.actor.id, name: ctx.actor.name }
    const stored = await work.run(store.putCheck(ctx.siteId, day, work.now, by))
    if (stored > 0) {
      work.journal({
        entity: 'extension-list',
        entityId: day,
        action: 'extension-list.confirmed',
        after: { day },
      })
      work.settleTasks(subjectOf(ctx.siteId, day), [kind], ctx.actor.name)
    }
    const check = await work.one(store.checkOf(ctx.siteId, day))
    return { at: check.at.toISOString(), by: check.by }
  })
}

/** Every ten minutes: on a working day that has begun, each site's desk owes one look at the list. */
export async function openChecks(kernel: Kernel): Promise<void> {
  for (const { id } of await kernel.sql.all(store.siteIds())) await openCheck(kernel, id)
}

async function openCheck(kernel: Kernel, siteId: string): Promise<void> {
  const wish = await kernel.settings.get(siteId, extensionListCheck)
  if (!wish.enabled) return
  const calendar = await loadCalendar(kernel.sql, siteId)
  const day = dayOf(calendar, kernel.clock.now())
  if (!worksOn(calendar, day)) return
  await command(systemCtx(kernel, siteId, systemActor), async (work) => {
    // Held until commit, so that two nodes never open the day's task twice.
    await work.run(store.lockDay(siteId, day))
    const { id } = subjectOf(siteId, day)
    const [task, done] = await Promise.all([
      work.maybe(store.taskOfDay(siteId, kind, id)),
      work.maybe(store.checkOf(siteId, day)),
    ])
    if (task !== undefined || done !== undefined) return
    const dueAt = new Date(firstInstant(wallClock(calendar.zone, day), wish.by))
    work.openTask({
      kind,
      subject: subjectOf(siteId, day),
      facts: { day },
      owner: { kind: 'post', id: 'desk' },
      dueAt,
      remindAt: new Date(dueAt.getTime() - 30 * 60_000),
      ladder: [{ afterMinutes: wish.escalateAfterMinutes, owner: { kind: 'post', id: 'duty_manager' } }],
    })
    work.journal({ entity: 'extension-list', entityId: day, action: 'extension-list.due', after: { day } })
  })
}

/** A year without published days is treated by its weekly hours only. */
function worksOn(calendar: WorkingCalendar, day: string): boolean {
  try {
    return isWorkingDay(calendar, day)
  } catch {
    return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
  }
}
