/** Kiosks are made, paired, renamed and put out by whoever configures visits. */
import type { FastifyReply } from 'fastify'
import { systemActor } from '../../../kernel/actor.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { fail, failWith } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, mustBeVersion, query, rovingCommand } from '../../../kernel/work/command.ts'
import { newCode } from '../invitations/code.ts'
import { plus } from '../tasks.ts'
import { type Kiosk, kioskErrors, type kiosks } from './contract.ts'
import * as device from './devices.ts'
import { isBlocked } from './rules.ts'
import * as store from './store.ts'
import { countWrong } from './tries.ts'

const refuse = failWith(kioskErrors)
const pairingMinutes = 15

function present(row: store.KioskRow): Kiosk {
  const { id, name, place, status, version } = row
  return {
    ...{ id, name, place, status, version },
    pairingUntil: row.pairingUntil?.toISOString() ?? null,
    pairedAt: row.pairedAt?.toISOString() ?? null,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  }
}

export async function list(ctx: Ctx): Promise<RouteAnswer<typeof kiosks.list>> {
  return { items: (await query(ctx).all(store.kiosksOf(ctx.siteId))).map(present) }
}

const spaced = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`

export async function create(
  ctx: Ctx,
  { body }: RouteInput<typeof kiosks.create>,
): Promise<RouteAnswer<typeof kiosks.create>> {
  return command(ctx, async (work) => {
    const [id, code, pin] = [newId(), newCode(), device.newPin()]
    const pairingUntil = plus(work.now, pairingMinutes)
    work.write(
      store.insertKiosk({
        ...{ id, siteId: ctx.siteId, name: body.name, place: body.place, pairingUntil, at: work.now },
        pairingIndex: device.pairingIndex(ctx.kernel, code),
        pinIndex: device.pinIndex(ctx.kernel, id, pin),
        by: ctx.actor.employeeId ?? ctx.actor.id,
      }),
    )
    work.journal({ entity: 'kiosk', entityId: id, action: 'kiosk.created', version: 1, after: body })
    const kiosk: Kiosk = {
      ...{ id, name: body.name, place: body.place, status: 'new', version: 1 },
      ...{ pairingUntil: pairingUntil.toISOString(), pairedAt: null, lastSeenAt: null },
    }
    return { kiosk, code: spaced(code), pin }
  })
}

export async function edit(ctx: Ctx, { params, body }: RouteInput<typeof kiosks.edit>): Promise<Kiosk> {
  return command(ctx, async (work) => {
    const row = await work.maybe(store.lockKiosk(ctx.siteId, params.id))
    if (row === undefined) return fail('entity.not-found')
    mustBeVersion(row.version, body.version)
    const { name, place } = body
    work.write(store.renameKiosk(row.id, name, place))
    work.journal({
      entity: 'kiosk',
      entityId: row.id,
      action: 'kiosk.edited',
      version: row.version + 1,
      before: { name: row.name, place: row.place },
      after: { name, place },
    })
    return present({ ...row, name, place, version: row.version + 1 })
  })
}

export async function renew(
  ctx: Ctx,
  { params }: RouteInput<typeof kiosks.renew>,
): Promise<RouteAnswer<typeof kiosks.renew>> {
  return command(ctx, async (work) => {
    const row = await work.maybe(store.lockKiosk(ctx.siteId, params.id))
    if (row === undefined) return fail('entity.not-found')
    const [code, pin] = [newCode(), device.newPin()]
    const until = plus(work.now, pairingMinutes)
    const { kernel } = ctx
    work.write(
      store.renewKiosk(
        row.id,
        device.pairingIndex(kernel, code),
        until,
        device.pinIndex(kernel, row.id, pin),
      ),
    )
    work.journal({
      entity: 'kiosk',
      entityId: row.id,
      action: 'kiosk.renewed',
      version: row.version + 1,
      before: { status: row.status },
      after: { status: 'new' },
    })
    const kiosk = present({ ...row, status: 'new', pairingUntil: until, version: row.version + 1 })
    return { kiosk, code: spaced(code), pin }
  })
}

export async function revoke(ctx: Ctx, { params }: RouteInput<typeof kiosks.revoke>): Promise<Kiosk> {
  return command(ctx, async (work) => {
    const row = await work.maybe(store.lockKiosk(ctx.siteId, params.id))
    if (row === undefined) return fail('entity.not-found')
    if (row.status === 'revoked') return present(row)
    work.write(store.putOut(row.id, 'revoked'))
    work.journal({
      entity: 'kiosk',
      entityId: row.id,
      action: 'kiosk.revoked',
      version: row.version + 1,
      before: { status: row.status },
      after: { status: 'revoked' },
    })
    return present({ ...row, status: 'revoked', pairingUntil: null, version: row.version + 1 })
  })
}

/** The secret is made here, leaves in the cookie and is kept as a hash: nobody can read it out again. */
export async function pair(
  ctx: Ctx,
  { body }: RouteInput<typeof kiosks.pair>,
  http: { reply: FastifyReply },
): Promise<{ name: string }> {
  const secret = device.newSecret()
  const index = device.pairingIndex(ctx.kernel, body.code)
  // Nobody is signed in yet: the product itself writes down which kiosk it became.
  const row = await rovingCommand({ ...ctx, actor: systemActor }, async (work) => {
    const claimed = await work.maybe(store.claimPairing(index, device.hashOf(secret), work.now))
    if (claimed === undefined) return refuse('kiosk.code-wrong', {}, [{ path: 'code', code: 'unknown' }])
    work.enter(claimed.siteId)
    work.journal({
      entity: 'kiosk',
      entityId: claimed.id,
      action: 'kiosk.paired',
      version: claimed.version,
      after: { status: 'paired' },
    })
    return claimed
  })
  void http.reply.header('set-cookie', device.setCookie(ctx.kernel, row.id, secret))
  return { name: row.name }
}

/** Staff take the browser back. The PIN is tried as seldom as a code. */
export async function exit(
  ctx: Ctx,
  { body }: RouteInput<typeof kiosks.exit>,
  http: { reply: FastifyReply },
): Promise<{ left: true }> {
  const row = await query(ctx).maybe(store.kioskById(ctx.siteId, ctx.actor.id))
  if (row === undefined) return fail('entity.not-found')
  if (isBlocked(row, ctx.kernel.clock.now())) return refuse('kiosk.too-many-tries')
  if (device.pinIndex(ctx.kernel, row.id, body.pin) !== row.pinIndex) {
    await countWrong(ctx, 'pin')
    return refuse('kiosk.pin-wrong', {}, [{ path: 'pin', code: 'unknown' }])
  }
  await command(ctx, async (work) => {
    work.write(store.putOut(row.id, 'new'))
    work.journal({ entity: 'kiosk', entityId: row.id, action: 'kiosk.left', version: row.version + 1 })
    return null
  })
  void http.reply.header('set-cookie', device.dropCookie(ctx.kernel))
  return { left: true }
}
