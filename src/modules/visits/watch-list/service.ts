/** The list is kept: added, changed, in force, off again; every change with who and why (V12, G4, G5). */

import { systemActor } from '../../../kernel/actor.ts'
import { dayAt, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteInput } from '../../../kernel/contract.ts'
import { fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { mustAllow } from '../../../kernel/transitions.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import type { DocumentKind } from '../identity/kinds.ts'
import { findVisit } from '../store.ts'
import { mustBePlate } from '../vehicles/service.ts'
import type { WatchEntry, watchList } from './contract.ts'
import * as store from './entries-store.ts'
import { derive, period, sealedOf, sealWritten } from './entry.ts'
import { presentEntry } from './present.ts'
import { lookAround } from './present-now.ts'
import { type EntryCommand, type EntryStatus, entryTransitions } from './rules.ts'

const by = (ctx: Ctx) => ctx.actor.employeeId ?? ctx.actor.id

/** What the journal says of an entry: nothing that is sealed or complete (G5). */
function told(row: store.EntryRow) {
  const { status, level, name, aliases, organisation, reason, valid_from, valid_until } = row
  return {
    ...{ status, level, name, aliases, organisation, reason, valid_from, valid_until },
    phones: row.phones.length,
    plates: row.plates,
    document: row.document_tail,
  }
}

/** V19: a plate with a slip of the pen would never agree with any. */
function mustBePlates(plates: readonly string[], foreign: boolean | undefined): void {
  plates.forEach((plate, i) => {
    mustBePlate(plate, foreign === true, `plates.${i}`)
  })
}

export async function add(ctx: Ctx, { body }: RouteInput<typeof watchList.add>): Promise<WatchEntry> {
  const { secrets, clock } = ctx.kernel
  const zone = await zoneOf(query(ctx), ctx.siteId)
  const visit =
    body.visitId === undefined ? undefined : await query(ctx).maybe(findVisit(ctx.siteId, body.visitId))
  if (body.visitId !== undefined && visit === undefined) return fail('entity.not-found')
  const known =
    visit?.document_sealed && visit.document_kind !== null
      ? { kind: visit.document_kind as DocumentKind, number: await secrets.decrypt(visit.document_sealed) }
      : null
  const document = await sealWritten(secrets, body.document ?? known, dayAt(zone, clock.now()).day)
  const phones =
    body.phones.length === 0 && visit !== undefined && visit.phone !== '' ? [visit.phone] : body.phones
  mustBePlates(body.plates, body.platesForeign)
  return command(ctx, async (work) => {
    const row: store.EntryRow = {
      id: body.id ?? newId(),
      site_id: ctx.siteId,
      version: 1,
      status: body.draft ? 'draft' : 'active',
      ...derive({ ...body, phones }, document),
      ...period(zone, body.validFrom, body.validUntil, work.now),
      withdrawn_why: '',
      visit_id: body.visitId ?? null,
      source_key: null,
      created_at: work.now,
      created_by: by(ctx),
      created_by_name: ctx.actor.name,
      updated_at: work.now,
    }
    work.write(store.insertEntry(row))
    work.journal({
      entity: 'watch-entry',
      entityId: row.id,
      action: 'watch-list.added',
      version: 1,
      after: told(row),
    })
    await lookAround(work, [row])
    return presentEntry(row, true)
  })
}

interface Changed {
  readonly row: Partial<store.EntryRow>
  readonly action: string
  readonly data?: Record<string, unknown>
}

async function change(
  ctx: Ctx,
  id: string,
  version: number,
  order: EntryCommand,
  to: (row: store.EntryRow) => EntryStatus,
  use: (work: Work, row: store.EntryRow) => Changed,
): Promise<WatchEntry> {
  return command(ctx, async (work) => {
    const before = await work.maybe(store.lockEntry(ctx.siteId, id))
    if (before === undefined) return fail('entity.not-found')
    mustBeVersion(before.version, version)
    mustAllow(entryTransitions, before.status, order, to(before))
    const changed = use(work, before)
    const after = {
      ...before,
      ...changed.row,
      status: to(before),
      version: before.version + 1,
      updated_at: work.now,
    }
    work.write(store.updateEntry(after))
    work.journal({
      entity: 'watch-entry',
      entityId: id,
      action: changed.action,
      version: after.version,
      before: told(before),
      after: told(after),
      ...(changed.data === undefined ? {} : { data: changed.data }),
    })
    if (order !== 'withdraw') await lookAround(work, [after])
    return presentEntry(after, true)
  })
}

export async function edit(
  ctx: Ctx,
  { params, body }: RouteInput<typeof watchList.edit>,
): Promise<WatchEntry> {
  const zone = await zoneOf(query(ctx), ctx.siteId)
  const { secrets, clock } = ctx.kernel
  const document =
    body.document === undefined
      ? null
      : await sealWritten(secrets, body.document, dayAt(zone, clock.now()).day)
  mustBePlates(body.plates ?? [], body.platesForeign)
  return change(
    ctx,
    params.id,
    body.version,
    'edit',
    (row) => row.status,
    (work, row) => {
      const written = {
        level: body.level ?? row.level,
        name: body.name ?? row.name,
        aliases: body.aliases ?? row.aliases,
        organisation: body.organisation ?? row.organisation,
        phones: body.phones ?? row.phones,
        plates: body.plates ?? row.plates,
        reason: body.reason ?? row.reason,
      }
      const derived = derive(written, document ?? sealedOf(row))
      const times =
        body.validUntil === undefined && body.validFrom === undefined
          ? {}
          : period(zone, body.validFrom, body.validUntil ?? null, work.now)
      if (derived.keys.join('\n') !== row.keys.join('\n')) work.write(store.forgetDismissals(row.id))
      return { row: { ...derived, ...times }, action: 'watch-list.edited' }
    },
  )
}

export async function activate(
  ctx: Ctx,
  { params, body }: RouteInput<typeof watchList.activate>,
): Promise<WatchEntry> {
  const zone = await zoneOf(query(ctx), ctx.siteId)
  return change(
    ctx,
    params.id,
    body.version,
    'activate',
    () => 'active',
    (work, row) => ({
      row: {
        valid_until:
          period(zone, undefined, body.validUntil, work.now).valid_until ?? stillAhead(row, work.now),
        withdrawn_why: '',
      },
      action: 'watch-list.activated',
    }),
  )
}

const stillAhead = (row: store.EntryRow, now: Date) =>
  row.valid_until !== null && row.valid_until > now ? row.valid_until : null

export async function withdraw(
  ctx: Ctx,
  { params, body }: RouteInput<typeof watchList.withdraw>,
): Promise<WatchEntry> {
  return change(
    ctx,
    params.id,
    body.version,
    'withdraw',
    () => 'withdrawn',
    () => ({
      row: { withdrawn_why: body.reason },
      action: 'watch-list.withdrawn',
      data: { reason: body.reason },
    }),
  )
}

/** G5: the complete number, with a journal entry of who looked. */
export async function reveal(
  ctx: Ctx,
  { params, body }: RouteInput<typeof watchList.reveal>,
): Promise<{ value: string }> {
  return command(ctx, async (work) => {
    const row = await work.maybe(store.findEntry(ctx.siteId, params.id))
    if (row === undefined) return fail('entity.not-found')
    work.journal({
      entity: 'watch-entry',
      entityId: row.id,
      action: 'watch-list.revealed',
      data: { field: body.field },
    })
    if (body.field === 'phones') return { value: row.phones.join('、') }
    const { document_sealed: sealed } = row
    return { value: sealed === null ? '' : await ctx.kernel.secrets.decrypt(sealed) }
  })
}

/** Entries whose last day has passed; a screening leaves them out from the minute on. */
export async function expireEntries(kernel: Kernel): Promise<void> {
  for (const ended of await kernel.sql.all(store.endedEntries(kernel.clock.now()))) {
    const ctx = systemCtx(kernel, ended.site_id, systemActor)
    await command(ctx, async (work) => {
      const row = await work.maybe(store.lockEntry(ended.site_id, ended.id))
      if (
        row === undefined ||
        row.status !== 'active' ||
        row.valid_until === null ||
        row.valid_until > work.now
      )
        return
      const after = { ...row, status: 'expired' as const, version: row.version + 1, updated_at: work.now }
      work.write(store.updateEntry(after))
      work.journal({
        entity: 'watch-entry',
        entityId: row.id,
        action: 'watch-list.expired',
        version: after.version,
        before: { status: row.status },
        after: { status: after.status },
      })
    })
  }
}
