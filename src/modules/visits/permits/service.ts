/** Standing permits: drafted, changed, given their state (V22, E2). */
import type { RouteInput } from '../../../kernel/contract.ts'
import { json } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { pinyinOf, tidy } from '../../../kernel/find/spelling.ts'
import { newId } from '../../../kernel/ids.ts'
import { mustAllow } from '../../../kernel/transitions.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { hostOf } from '../arrival/particulars.ts'
import { categoryOf, houseOf } from '../house.ts'
import { normalisePhone, sealDocument } from '../people.ts'
import { visitorId } from '../search.ts'
import { mustBePlate } from '../vehicles/service.ts'
import type { PermitCard, permits } from './contract.ts'
import { paperOf } from './present.ts'
import { permitOf } from './reading.ts'
import { type Paper, type PermitStatus, permitTransitions } from './rules.ts'
import * as store from './store.ts'

type Facts = RouteInput<typeof permits.edit>['body']

/** What every draft and every change has, whatever was given. */
interface Named {
  readonly holder_name: string
  readonly holder_pinyin: string
  readonly holder_initials: string
  readonly visitor_id: string
  readonly valid_from: string
  readonly valid_to: string
}

async function columns(
  ctx: Ctx,
  work: Work,
  body: Facts,
  before?: store.PermitRow,
): Promise<store.PermitPatch & Named> {
  const house = await houseOf(ctx)
  const category = body.kind === undefined ? undefined : categoryOf(house, body.kind, undefined)
  const host = body.hostId === undefined ? undefined : await hostOf(ctx, work, { hostId: body.hostId })
  const phone = body.phone === undefined ? undefined : normalisePhone(body.phone, 'phone')
  const document =
    body.document === undefined || body.document.number === ''
      ? undefined
      : await sealDocument(ctx.kernel.secrets, body.document, 'document.number', work.now)
  const name = tidy(body.holderName ?? before?.holder_name ?? '')
  const organisation = tidy(body.organisation ?? before?.organisation ?? '')
  const spelling = pinyinOf(name)
  const from = body.validFrom ?? before?.valid_from ?? ''
  const to = body.validTo ?? before?.valid_to ?? ''
  if (from > to) throw new DomainError('input.invalid', {}, [{ path: 'validTo', code: 'before-start' }])
  const [fromMinute, toMinute] = [
    body.fromMinute ?? before?.from_minute ?? 0,
    body.toMinute ?? before?.to_minute ?? 1440,
  ]
  if (fromMinute >= toMinute)
    throw new DomainError('input.invalid', {}, [{ path: 'toMinute', code: 'before-start' }])
  return {
    holder_name: name,
    holder_pinyin: spelling.pinyin,
    holder_initials: spelling.initials,
    organisation,
    visitor_id: visitorId(ctx.siteId, name, phone ?? before?.phone ?? '', organisation),
    valid_from: from,
    valid_to: to,
    from_minute: fromMinute,
    to_minute: toMinute,
    ...(phone === undefined ? {} : { phone }),
    ...(body.plate === undefined
      ? {}
      : { plate: body.plate === '' ? '' : mustBePlate(body.plate, body.plateForeign === true) }),
    ...(body.kind === undefined || category === undefined ? {} : { kind: body.kind, category: category.key }),
    ...(body.purpose === undefined ? {} : { purpose: body.purpose }),
    ...(body.weekdays === undefined ? {} : { weekdays: json([...new Set(body.weekdays)].sort()) }),
    ...(body.areas === undefined ? {} : { areas: json(body.areas) }),
    ...(body.note === undefined ? {} : { note: body.note }),
    ...(document === undefined
      ? {}
      : {
          document_kind: document.kind,
          document_sealed: document.sealed,
          document_index: document.index,
          document_tail: document.tail,
        }),
    ...(body.hostId === undefined
      ? {}
      : {
          host_id: host?.id ?? null,
          host_name: host?.name ?? '',
          host_department_id: host?.departmentId ?? null,
          host_department: host?.departmentName ?? '',
          host_extension: host?.extension ?? '',
        }),
    updated_at: work.now,
  }
}

/** A form sends all of them each time; the same list is no change. */
const differ = (given: NonNullable<Facts['papers']>, kept: readonly Paper[]) => {
  const written = (one: Paper) => JSON.stringify([one.kind, one.number, one.expiresOn, one.blocks])
  return given.map(written).sort().join() !== kept.map(written).sort().join()
}

function replacePapers(ctx: Ctx, work: Work, permitId: string, papers: Facts['papers']): void {
  if (papers === undefined) return
  work.write(store.removePapers(permitId))
  for (const paper of papers) {
    work.write(
      store.insertPaper({
        id: newId(),
        site_id: ctx.siteId,
        permit_id: permitId,
        kind: paper.kind,
        number: paper.number,
        expires_on: paper.expiresOn,
        blocks: paper.blocks,
      }),
    )
  }
}

/** Sealed values and indexes must not leave their column (G5). */
const said = (patch: store.PermitPatch) => {
  const {
    document_sealed: _s,
    document_index: _i,
    holder_pinyin: _p,
    holder_initials: _n,
    updated_at: _u,
    ...rest
  } = patch
  return rest
}

export async function create(ctx: Ctx, { body }: RouteInput<typeof permits.create>): Promise<PermitCard> {
  const id = body.id ?? newId()
  await command(ctx, async (work) => {
    await draft(ctx, work, id, body, null)
    return { id }
  })
  return permitOf(ctx, query(ctx), id)
}

export async function draft(
  ctx: Ctx,
  work: Work,
  id: string,
  body: RouteInput<typeof permits.create>['body'],
  sourceKey: string | null,
): Promise<void> {
  const given = await columns(ctx, work, { ...body, version: 1 })
  work.write(
    store.insertPermit({
      id,
      site_id: ctx.siteId,
      status_at: work.now,
      status_by_name: ctx.actor.name,
      visitor_id: given.visitor_id,
      holder_name: given.holder_name,
      holder_pinyin: given.holder_pinyin,
      holder_initials: given.holder_initials,
      kind: body.kind,
      category: given.category ?? '',
      valid_from: given.valid_from,
      valid_to: given.valid_to,
      source_key: sourceKey,
      created_at: work.now,
      created_by: ctx.actor.employeeId ?? ctx.actor.id,
      created_by_name: ctx.actor.name,
      updated_at: work.now,
    }),
  )
  work.write(store.updatePermit(id, 'draft', given))
  replacePapers(ctx, work, id, body.papers)
  work.journal({
    entity: 'permit',
    entityId: id,
    action: 'permit.drafted',
    version: 1,
    after: { ...said(given), papers: body.papers ?? [] },
  })
}

export async function edit(ctx: Ctx, { params, body }: RouteInput<typeof permits.edit>): Promise<PermitCard> {
  await command(ctx, async (work) => {
    const row = (await work.maybe(store.lockPermit(ctx.siteId, params.id))) ?? fail('entity.not-found')
    mustBeVersion(row.version, body.version)
    mustAllow(permitTransitions, row.status, 'edit')
    const patch = await columns(ctx, work, body, row)
    const kept = (await work.all(store.papersOf([row.id]))).map(paperOf)
    const papers = body.papers !== undefined && differ(body.papers, kept) ? body.papers : undefined
    replacePapers(ctx, work, row.id, papers)
    // What was due is renewed; what is still due is asked for anew within the hour.
    if (papers !== undefined)
      work.settleTasks({ entity: 'permit', id: row.id }, ['permit.expiring'], 'renewed')
    if (body.validTo !== undefined && body.validTo !== row.valid_to)
      work.settleTasks({ entity: 'permit', id: row.id }, ['permit.ending'], 'renewed')
    work.write(store.updatePermit(row.id, row.status, { ...patch, version: row.version + 1 }))
    const old: Readonly<Record<string, unknown>> = row
    const after = said(patch)
    work.journal({
      entity: 'permit',
      entityId: row.id,
      action: 'permit.edited',
      version: row.version + 1,
      before: {
        ...Object.fromEntries(Object.keys(after).map((key) => [key, old[key] ?? null])),
        ...(papers === undefined ? {} : { papers: kept }),
      },
      after: { ...after, ...(papers === undefined ? {} : { papers }) },
    })
    return { id: row.id }
  })
  return permitOf(ctx, query(ctx), params.id)
}

interface Move {
  readonly params: { readonly id: string }
  readonly body: { readonly reason: string }
}

async function move(
  ctx: Ctx,
  { params, body }: Move,
  order: 'activate' | 'suspend' | 'end',
  to: PermitStatus,
  action: string,
): Promise<PermitCard> {
  await command(ctx, async (work) => {
    const row = (await work.maybe(store.lockPermit(ctx.siteId, params.id))) ?? fail('entity.not-found')
    mustAllow(permitTransitions, row.status, order, to)
    moveTo(work, row, to, action, body.reason, ctx.actor.name)
    return { id: row.id }
  })
  return permitOf(ctx, query(ctx), params.id)
}

export function moveTo(
  work: Work,
  row: Pick<store.PermitRow, 'id' | 'status' | 'version'>,
  to: PermitStatus,
  action: string,
  reason: string,
  byName: string,
): void {
  const patch = { status: to, status_at: work.now, status_by_name: byName, status_reason: reason }
  work.write(
    store.updatePermit(row.id, row.status, { ...patch, version: row.version + 1, updated_at: work.now }),
  )
  if (to === 'ended')
    work.settleTasks({ entity: 'permit', id: row.id }, ['permit.expiring', 'permit.ending'], 'ended')
  work.journal({
    entity: 'permit',
    entityId: row.id,
    action,
    version: row.version + 1,
    before: { status: row.status },
    after: { status: to, status_reason: reason },
  })
}

export const activate = (ctx: Ctx, input: Move) => move(ctx, input, 'activate', 'active', 'permit.activated')
export const suspend = (ctx: Ctx, input: Move) => move(ctx, input, 'suspend', 'suspended', 'permit.suspended')
export const end = (ctx: Ctx, input: Move) => move(ctx, input, 'end', 'ended', 'permit.ended')
