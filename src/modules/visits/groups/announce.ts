/** A group is announced, changed, called off (V22). */
import { may } from '../../../kernel/authorize.ts'
import { dayAt, startOfDay, startOfNextDay, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { json } from '../../../kernel/db/sql.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { tidy } from '../../../kernel/find/spelling.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, mustBeVersion, query } from '../../../kernel/work/command.ts'
import type { EmployeeCard } from '../../directory/public.ts'
import { hostOf } from '../arrival/particulars.ts'
import { categoryOf, houseOf, lensOf } from '../house.ts'
import { normalisePhone } from '../people.ts'
import { apply } from '../step.ts'
import { plus } from '../tasks.ts'
import { mustBePlate } from '../vehicles/service.ts'
import { detailOf, type Opened, openGroup, presentGroup, refuse } from './access.ts'
import type { groups } from './contract.ts'
import { beginMembers, note, prepare } from './members.ts'
import type { groupSearch } from './seek-contract.ts'
import { groupsSetting } from './settings.ts'
import type { GroupDetail } from './shapes.ts'
import * as store from './store.ts'

type Changes = RouteInput<typeof groups.edit>['body']

function hostColumns(host: EmployeeCard | undefined, name: string): store.GroupPatch {
  return {
    host_id: host?.id ?? null,
    host_name: host?.name ?? name,
    host_department_id: host?.departmentId ?? null,
    host_department: host?.departmentName ?? '',
    host_extension: host?.extension ?? '',
  }
}

async function mustAllowHeadcount(ctx: Ctx, headcount: number | undefined): Promise<void> {
  if (headcount === undefined || headcount === 0) return
  const { headcount: allowed } = await ctx.kernel.settings.get(ctx.siteId, groupsSetting)
  if (!allowed) refuse('group.no-headcount')
}

/** V19: the coaches of the group. */
function platesOf(written: readonly string[], foreign: boolean): string[] {
  return [...new Set(written.map((plate, i) => mustBePlate(plate, foreign, `plates.${i}`)))]
}

function periodOf(from: Date, until: string | undefined, stayMinutes: number): Date {
  const end = until === undefined ? plus(from, stayMinutes) : new Date(until)
  if (end <= from) throw new DomainError('input.invalid', {}, [{ path: 'validUntil', code: 'before-start' }])
  return end
}

export async function create(ctx: Ctx, { body }: RouteInput<typeof groups.create>): Promise<GroupDetail> {
  const house = await houseOf(ctx)
  const category = categoryOf(house, body.kind, undefined)
  const expectedAt = new Date(body.expectedAt)
  const validUntil = periodOf(expectedAt, body.validUntil, category.stayMinutes)
  const phone = normalisePhone(body.leaderPhone, 'leaderPhone')
  const plates = platesOf(body.plates, body.platesForeign)
  const [members] = await Promise.all([prepare(ctx, body.members), mustAllowHeadcount(ctx, body.headcount)])
  const { id } = await command(ctx, async (work) => {
    const [host, lens] = await Promise.all([hostOf(ctx, work, body), lensOf(ctx, work, house, work.now)])
    const byHost = host !== undefined && host.id === lens.viewer.employeeId
    const row: store.GroupRow = {
      ...emptyGroup,
      id: body.id ?? newId(),
      site_id: ctx.siteId,
      source: 'house',
      source_key: '',
      title: tidy(body.title),
      size: Math.max(body.expectedSize, body.members.length + body.headcount, 1),
      place: body.place,
      expected_at: expectedAt,
      created_at: work.now,
      organiser: tidy(body.organiser),
      kind: body.kind,
      category: category.key,
      purpose: body.purpose,
      note: body.note,
      leader_name: tidy(body.leaderName),
      leader_phone: phone,
      plates,
      pass_mode: body.passMode,
      valid_until: validUntil,
      headcount: body.headcount,
      created_by: lens.viewer.id,
      created_by_name: ctx.actor.name,
      host_id: host?.id ?? null,
      host_name: host?.name ?? body.hostName,
      host_department_id: host?.departmentId ?? null,
      host_department: host?.departmentName ?? '',
      host_extension: host?.extension ?? '',
      // Whoever invites a group has said yes to it (V3).
      ...(byHost
        ? {
            consent_by: host.id,
            consent_by_name: host.name,
            consent_how: 'announced',
            consent_at: work.now,
          }
        : {}),
    }
    work.write(store.insertGroup({ ...row, source_key: row.id, plates: json(row.plates) }))
    await beginMembers(ctx, work, house, row, host, members)
    work.journal({
      entity: 'visit-group',
      entityId: row.id,
      action: 'visit-group.announced',
      version: 1,
      after: {
        title: row.title,
        size: row.size,
        host_name: row.host_name,
        expected_at: row.expected_at,
        members: members.length,
        headcount: row.headcount,
      },
      data: { title: row.title, people: row.host_id === null ? [] : [row.host_id] },
    })
    return { id: row.id }
  })
  return detailOf(ctx, query(ctx), house, id)
}

const emptyGroup = {
  version: 1,
  counted_in: 0,
  counted_out: 0,
  crowd_visit_id: null,
  pass_number: null,
  asked_at: null,
  consent_by: null,
  consent_by_name: '',
  consent_how: null,
  consent_at: null,
  declined_at: null,
  decline_reason: '',
  leader_signed_at: null,
  host_signed_at: null,
  host_signed_by_name: '',
  cancelled_at: null,
} as const

export async function edit(ctx: Ctx, { params, body }: RouteInput<typeof groups.edit>): Promise<GroupDetail> {
  const house = await houseOf(ctx)
  const phone = body.leaderPhone === undefined ? undefined : normalisePhone(body.leaderPhone, 'leaderPhone')
  const plates = body.plates === undefined ? undefined : platesOf(body.plates, body.platesForeign === true)
  await mustAllowHeadcount(ctx, body.headcount)
  await command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'edit')
    const { group } = opened
    mustBeVersion(group.version, body.version)
    const kind = body.kind ?? group.kind
    const category = categoryOf(house, kind, body.kind === undefined ? group.category : undefined)
    const expectedAt = body.expectedAt === undefined ? group.expected_at : new Date(body.expectedAt)
    const times =
      body.expectedAt === undefined && body.validUntil === undefined
        ? {}
        : {
            expected_at: expectedAt,
            valid_until: periodOf(expectedAt, body.validUntil, category.stayMinutes),
          }
    const host = body.hostId === undefined ? undefined : await hostOf(ctx, work, { hostId: body.hostId })
    if (body.headcount !== undefined && body.headcount < group.counted_in) refuse('group.counted-too-many')
    const patch: store.GroupPatch = {
      ...plain(body),
      ...(plates === undefined ? {} : { plates: json(plates) }),
      ...times,
      ...(phone === undefined ? {} : { leader_phone: phone }),
      ...(body.kind === undefined ? {} : { kind, category: category.key }),
      ...(body.hostId === undefined && body.hostName === undefined
        ? {}
        : hostColumns(host, body.hostName ?? '')),
    }
    await follow(ctx, opened, patch)
    note(opened, 'visit-group.edited', patch)
    return { id: group.id }
  })
  return detailOf(ctx, query(ctx), house, params.id)
}

function plain(body: Changes): store.GroupPatch {
  return {
    ...(body.title === undefined ? {} : { title: tidy(body.title) }),
    ...(body.organiser === undefined ? {} : { organiser: tidy(body.organiser) }),
    ...(body.place === undefined ? {} : { place: body.place }),
    ...(body.purpose === undefined ? {} : { purpose: body.purpose }),
    ...(body.note === undefined ? {} : { note: body.note }),
    ...(body.leaderName === undefined ? {} : { leader_name: tidy(body.leaderName) }),
    ...(body.expectedSize === undefined ? {} : { size: body.expectedSize }),
    ...(body.headcount === undefined ? {} : { headcount: body.headcount }),
    ...(body.passMode === undefined ? {} : { pass_mode: body.passMode }),
  }
}

/** Those who have not come yet follow the group's host, time and kind; those who are here keep what they were let in with. */
async function follow(
  ctx: Ctx,
  { work, house, lens, group }: Opened,
  patch: store.GroupPatch,
): Promise<void> {
  const visitPatch = {
    ...(patch.host_name === undefined
      ? {}
      : {
          host_id: patch.host_id ?? null,
          host_name: patch.host_name,
          host_department_id: patch.host_department_id ?? null,
          host_department: patch.host_department ?? '',
          host_extension: patch.host_extension ?? '',
        }),
    ...(patch.expected_at === undefined
      ? {}
      : { expected_at: patch.expected_at, sort_at: patch.expected_at, valid_until: patch.valid_until }),
    ...(patch.kind === undefined || patch.category === undefined
      ? {}
      : { kind: patch.kind, category: patch.category }),
  }
  if (Object.keys(visitPatch).length === 0) return
  const rows = await work.all(store.lockMembers(ctx.siteId, group.id, null, ['expected'], 3000))
  for (const visit of rows) {
    await apply(work, house, lens.viewer, visit, 'edit', async () => ({
      action: 'visit.edited',
      patch: visitPatch,
      data: { groupId: group.id },
    }))
  }
}

export async function cancel(
  ctx: Ctx,
  { params, body }: RouteInput<typeof groups.cancel>,
): Promise<GroupDetail> {
  const house = await houseOf(ctx)
  await command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'cancel')
    const rows = await work.all(store.lockMembers(ctx.siteId, params.id, null, ['expected'], 3000))
    for (const visit of rows) {
      await apply(work, house, opened.lens.viewer, visit, 'cancel', async () => ({
        to: 'cancelled',
        action: 'visit.cancelled',
        data: { groupId: params.id, reason: body.reason },
      }))
    }
    work.cancelTasks(opened.subject, [], 'cancelled')
    note(opened, 'visit-group.cancelled', { cancelled_at: work.now }, { reason: body.reason })
    return { id: params.id }
  })
  return detailOf(ctx, query(ctx), house, params.id)
}

/** Whoever is missing now does not come any more; a late one can still be checked in. */
export async function close(ctx: Ctx, { params }: RouteInput<typeof groups.close>): Promise<GroupDetail> {
  const house = await houseOf(ctx)
  await command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'checkIn')
    const rows = await work.all(store.lockMembers(ctx.siteId, params.id, null, ['expected'], 3000))
    if (rows.length === 0) refuse('group.nobody-waiting')
    for (const visit of rows) {
      await apply(work, house, opened.lens.viewer, visit, 'noShow', async () => ({
        to: 'no_show',
        action: 'visit.no-show',
        data: { groupId: params.id },
      }))
    }
    note(opened, 'visit-group.closed', {}, { neverCame: rows.length })
    return { id: params.id }
  })
  return detailOf(ctx, query(ctx), house, params.id)
}

export async function get(ctx: Ctx, { params }: RouteInput<typeof groups.get>): Promise<GroupDetail> {
  return detailOf(ctx, query(ctx), await houseOf(ctx), params.id)
}

function decode(cursor: string): { at: Date; id: string } {
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  const instant = new Date(at ?? '')
  if (Number.isNaN(instant.getTime()) || id === undefined || !/^[0-9a-f-]{36}$/.test(id))
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
  return { at: instant, id }
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof groups.list>,
): Promise<RouteAnswer<typeof groups.list>> {
  const { cursor, limit, order, from, to, q } = input.query
  const sql = query(ctx)
  const [house, zone] = await Promise.all([houseOf(ctx), zoneOf(sql, ctx.siteId)])
  const lens = await lensOf(ctx, sql, house, ctx.kernel.clock.now())
  const rows = await sql.all(
    store.groupPage(
      {
        siteId: ctx.siteId,
        from: from === undefined ? null : startOfDay(zone, from),
        to: to === undefined ? null : startOfNextDay(zone, to),
        text: q === undefined || q === '' ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`,
        ownId: may(ctx, 'visit.read') ? null : lens.viewer.id,
      },
      order,
      cursor === undefined ? null : decode(cursor),
      limit + 1,
    ),
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: await present(ctx, shown, lens),
    next:
      rows.length > limit && last !== undefined
        ? Buffer.from(`${last.expected_at.toISOString()}|${last.id}`).toString('base64url')
        : null,
  }
}

async function present(ctx: Ctx, rows: readonly store.GroupRow[], lens: Opened['lens']) {
  const ids = rows.map((row) => row.id)
  const tallies = ids.length === 0 ? [] : await query(ctx).all(store.talliesOf(ctx.siteId, ids))
  return rows.map((row) =>
    presentGroup(
      row,
      tallies.filter((one) => one.group_id === row.id),
      lens,
    ),
  )
}

export async function seek(
  ctx: Ctx,
  { query: asked }: RouteInput<typeof groupSearch.seek>,
): Promise<RouteAnswer<typeof groupSearch.seek>> {
  const sql = query(ctx)
  const { from, to } = dayAt(await zoneOf(sql, ctx.siteId), ctx.kernel.clock.now())
  return { items: await sql.all(store.membersSought(ctx.siteId, from, to, tidy(asked.q))) }
}

export async function board(ctx: Ctx): Promise<RouteAnswer<typeof groups.board>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const [house, zone] = await Promise.all([houseOf(ctx), zoneOf(sql, ctx.siteId)])
  const { from, to } = dayAt(zone, now)
  const [rows, lens] = await Promise.all([
    sql.all(store.groupsOfDay(ctx.siteId, from, to)),
    lensOf(ctx, sql, house, now),
  ])
  return { items: await present(ctx, rows, lens) }
}
