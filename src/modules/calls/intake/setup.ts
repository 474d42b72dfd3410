/** Setting up the link to the exchange: an administrator's setting, with a secret that is never shown again (C15). */
import { may } from '../../../kernel/authorize.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { failWith } from '../../../kernel/errors.ts'
import { type Ctx, command, mustBeVersion, query } from '../../../kernel/work/command.ts'
import { callErrors } from '../card/contract.ts'
import { asteriskLink } from '../exchange/asterisk.ts'
import type { ExchangeAddress, LinkState } from '../exchange/link.ts'
import type { exchange } from './contract.ts'
import { type Reason, reasonOf } from './rules.ts'
import * as store from './store.ts'

const refuse = failWith(callErrors)

export async function state(ctx: Ctx): Promise<RouteAnswer<typeof exchange.state>> {
  const row = await query(ctx).maybe(store.linkOf(ctx.siteId))
  const can = { configure: may(ctx, 'exchange.configure'), dial: may(ctx, 'call.dial') }
  if (row === undefined) return { exchange: null, can }
  return {
    exchange: {
      enabled: row.enabled,
      state: row.enabled ? row.state : 'stopped',
      reason: reasonOf(row.reason),
      stateAt: row.stateAt?.toISOString() ?? null,
      version: row.version,
      address: can.configure ? shown(row.address) : null,
    },
    can,
  }
}

/** Only what the contract names: a field of another release must not fall through. */
function shown(address: store.StoredAddress) {
  return { ...address, trunks: [...address.trunks], outsidePrefix: address.outsidePrefix ?? '' }
}

type SetBody = RouteInput<typeof exchange.set>['body']

export async function set(ctx: Ctx, { body }: { body: SetBody }): Promise<{ version: number }> {
  const { enabled, address, secret } = body
  const sealed = secret === undefined ? undefined : await ctx.kernel.secrets.encrypt(secret)
  return command(ctx, async (work) => {
    const before = await work.maybe(store.lockLink(ctx.siteId))
    mustBeVersion(before?.version ?? 0, body.version ?? 0)
    const secretSealed = sealed ?? storedSecret(before, address)
    const version = (before?.version ?? 0) + 1
    const { siteId, actor } = ctx
    const setup = { siteId, enabled, address, secretSealed, version, at: work.now, byName: actor.name }
    work.write(before === undefined ? store.insertLink(setup) : store.updateLink(setup))
    work.journal({
      entity: 'exchange',
      entityId: siteId,
      action: 'exchange.changed',
      version,
      before: before === undefined ? null : { enabled: before.enabled, address: before.address },
      after: { enabled, address, secret: sealed === undefined ? 'kept' : 'changed' },
    })
    return { version }
  })
}

/**
 * Kept only for the exchange it was entered for: whoever may change the address must not learn the secret by having it
 * sent elsewhere.
 * @throws DomainError `exchange.secret-needed`
 */
function storedSecret(
  before: (store.LinkRow & { secretSealed: string }) | undefined,
  address: SetBody['address'],
): string {
  if (before === undefined || !sameExchange(before.address, address))
    return refuse('exchange.secret-needed', {}, [{ path: 'secret', code: 'required' }])
  return before.secretSealed
}

function sameExchange(stored: store.StoredAddress, now: SetBody['address']): boolean {
  return (
    stored.host === now.host &&
    stored.port === now.port &&
    stored.username === now.username &&
    (stored.tls === now.tls || now.tls) &&
    (stored.login === now.login || now.login === 'md5')
  )
}

const testMs = 12_000

type TestBody = RouteInput<typeof exchange.test>['body']

/**
 * Logs in once and says what happened. Nothing is sent before the other side has greeted as an exchange does, and
 * nothing it sends is repeated; who tried what is in the journal.
 */
export async function test(
  ctx: Ctx,
  { body }: { body: TestBody },
): Promise<RouteAnswer<typeof exchange.test>> {
  const { address } = body
  const secret = body.secret ?? (await keptSecret(ctx, address))
  const began = performance.now()
  const reason = await tried({ ...address, secret })
  const seconds = Math.round(performance.now() - began) / 1000
  await command(ctx, async (work) => {
    work.journal({
      entity: 'exchange',
      entityId: ctx.siteId,
      action: 'exchange.tested',
      data: { host: address.host, port: address.port, username: address.username, reason },
    })
  })
  return { ok: reason === 'ok', reason, seconds }
}

async function keptSecret(ctx: Ctx, address: SetBody['address']): Promise<string> {
  const row = await query(ctx).maybe(store.sealedSecretOf(ctx.siteId))
  return await ctx.kernel.secrets.decrypt(storedSecret(row, address))
}

async function tried(address: ExchangeAddress): Promise<Reason> {
  let timer: NodeJS.Timeout | undefined
  let stop = async () => {}
  const reason = await new Promise<Reason>((resolve) => {
    timer = setTimeout(() => resolve('timeout'), testMs)
    const link = asteriskLink(address, {
      call: () => undefined,
      device: () => undefined,
      link: (state, said) => resolveOn(state, said, resolve),
    })
    stop = () => link.stop()
    link.start()
  })
  clearTimeout(timer)
  await stop()
  return reason
}

function resolveOn(state: LinkState, said: string | null, resolve: (reason: Reason) => void): void {
  if (state === 'up') resolve('ok')
  else if (state === 'refused' || state === 'down') resolve(reasonOf(said) ?? 'failed')
}
