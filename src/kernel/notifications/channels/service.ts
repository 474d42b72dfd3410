/** Channels of the site and of a person (C10): the same use cases, each within its scope. */
import type { z } from 'zod'
import type { RouteInput } from '../../contract.ts'
import { fail, failWith } from '../../errors.ts'
import { addJobs } from '../../journal/followers.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../work/command.ts'
import { parseAddress } from './address.ts'
import { channelErrors, type channelRoutes } from './contract.ts'
import { eventEntities } from './events.ts'
import type { ownChannelRoutes } from './own/contract.ts'
import { postNamesOf, presentChannel, presentRow } from './present.ts'
import { channelJob } from './queue/run.ts'
import { failingKinds, subjectOf } from './queue/turns.ts'
import { type ChannelKind, entityOf } from './rules.ts'
import * as store from './store.ts'
import { isWebhookSecret, newWebhookSecret } from './vendors/webhook.ts'

const refuse = failWith(channelErrors)
type Site = typeof channelRoutes
type Own = typeof ownChannelRoutes
type Answer<R extends { response: z.ZodType }> = z.input<R['response']>

/** More would be a mistake, or somebody who lets us send to strangers. */
const mostOfSite = 100
const mostOwn = 5
const overlapMs = 24 * 3_600_000

export function siteScope(ctx: Ctx): store.Scope {
  return { siteId: ctx.siteId, personId: null }
}

/** @throws DomainError `channel.own-only` for a key, behind which nobody is */
export function ownScope(ctx: Ctx): store.Scope {
  return { siteId: ctx.siteId, personId: ctx.actor.employeeId ?? refuse('channel.own-only') }
}

export async function list(ctx: Ctx): Promise<Answer<Site['list']>> {
  return { items: await listOf(ctx, siteScope(ctx)) }
}

export async function listOwn(ctx: Ctx): Promise<Answer<Own['list']>> {
  const personId = ctx.actor.employeeId
  if (personId === null) return { items: [], preferences: [], can: { add: false } }
  const [items, rows] = await Promise.all([
    listOf(ctx, { siteId: ctx.siteId, personId }),
    query(ctx).all(store.preferencesOf([ctx.siteId], [personId])),
  ])
  const preferences = rows.map(({ topic, email, chat }) => ({ topic, email, chat }))
  return { items, preferences, can: { add: items.length < mostOwn } }
}

async function listOf(ctx: Ctx, scope: store.Scope): Promise<Answer<Site['list']>['items']> {
  const rows = await query(ctx).all(store.channelsOf(scope))
  const names = await postNamesOf(ctx, query(ctx), rows)
  return rows.map((row) => presentRow(row, row, names, ctx.kernel.clock.now()))
}

type Created = RouteInput<Site['create']>['body'] | RouteInput<Own['create']>['body']

/** Not remembered under an idempotency key: the answer carries a secret. */
export async function create(
  ctx: Ctx,
  scope: store.Scope,
  { body }: { body: Created },
): Promise<Answer<Site['create']>> {
  const { id, kind, name, enabled, language, topics } = body
  const more = 'posts' in body ? body : { posts: [], events: [], details: true, mention: false }
  mustBeEvents(ctx, kind, more.events)
  const address = mustBeAddress(ctx, kind, body.url)
  const secret = body.secret ?? (kind === 'webhook' ? newWebhookSecret() : null)
  mustBeSecret(kind, secret)
  const sealed = await seal(ctx, address.url, secret)
  return await command({ ...ctx, idempotency: null }, async (work) => {
    const { n } = await work.one(store.countOf(scope))
    if (n >= (scope.personId === null ? mostOfSite : mostOwn)) return refuse('channel.too-many')
    const row: store.ChannelRow = {
      ...{ id, ...scope, kind, name, ...sealed, urlHint: address.hint, enabled, language, topics },
      ...{ oldSecretSealed: null, oldSecretUntil: null, version: 1, failures: 0, failingSince: null },
      ...{ posts: more.posts, events: more.events, details: more.details, mention: more.mention },
      ...{ createdAt: work.now, deletedAt: null },
    }
    work.write(store.addRobot(row.robotKey))
    work.write(store.putChannel(row))
    journal(work, row, 'channel.created', null, shown(row))
    const made = kind === 'webhook' && body.secret === null ? secret : null
    return { channel: await presentChannel(work, row), secret: made }
  })
}

type Edited = RouteInput<Site['edit']>['body'] | RouteInput<Own['edit']>['body']

/** @throws DomainError `edit.stale`, `channel.erased` */
export async function edit(
  ctx: Ctx,
  scope: store.Scope,
  { params, body }: { params: { id: string }; body: Edited },
): Promise<Answer<Site['edit']>> {
  return await command(ctx, async (work) => {
    const before = await mustBeThere(work, scope, params.id)
    mustBeVersion(before.version, body.version)
    if ('events' in body && body.events !== undefined) mustBeEvents(ctx, before.kind, body.events)
    const row: store.ChannelRow = {
      ...before,
      ...given(body, ['name', 'enabled', 'language', 'topics']),
      ...('posts' in body || 'events' in body || 'details' in body || 'mention' in body
        ? given(body, ['posts', 'events', 'details', 'mention'])
        : {}),
      ...(await newAddress(ctx, before, body)),
      ...{ version: before.version + 1, failures: 0, failingSince: null },
    }
    put(work, row, 'channel.edited', before)
    work.write(addJobs([channelJob(row.robotKey)]))
    return await presentChannel(work, row)
  })
}

function given<T extends object, K extends string>(body: T, keys: readonly K[]) {
  const entries = Object.entries(body).filter(
    ([key, value]) => keys.some((k) => k === key) && value !== undefined,
  )
  return Object.fromEntries(entries) as { [P in K]?: P extends keyof T ? Exclude<T[P], undefined> : never }
}

/** What was sealed anew, and the blind index that says which robot it is. */
async function newAddress(ctx: Ctx, before: store.ChannelRow, body: Edited) {
  if (body.secret !== undefined) mustBeSecret(before.kind, body.secret)
  const address = body.url === undefined ? undefined : mustBeAddress(ctx, before.kind, body.url)
  const { secrets } = ctx.kernel
  return {
    ...(address === undefined
      ? {}
      : {
          urlHint: address.hint,
          urlSealed: await secrets.encrypt(address.url),
          robotKey: secrets.blindIndex(address.url),
        }),
    ...(body.secret === undefined
      ? {}
      : { secretSealed: body.secret === null ? null : await secrets.encrypt(body.secret) }),
  }
}

export async function remove(
  ctx: Ctx,
  scope: store.Scope,
  { params }: { params: { id: string } },
): Promise<{ done: true }> {
  return await command(ctx, async (work) => {
    const before = await mustBeThere(work, scope, params.id)
    put(work, { ...before, deletedAt: work.now, version: before.version + 1 }, 'channel.deleted', before)
    return { done: true as const }
  })
}

/** @throws DomainError `channel.erased` after a day, `channel.name-taken` meanwhile */
export async function restore(
  ctx: Ctx,
  scope: store.Scope,
  { params }: { params: { id: string } },
): Promise<Answer<Site['restore']>> {
  return await command(ctx, async (work) => {
    const before = await work.maybe(store.lockChannel(scope, params.id))
    if (before === undefined) return fail('entity.not-found')
    if (before.urlSealed === null) return refuse('channel.erased')
    // Restored already: whoever asks again gets what they asked for.
    if (before.deletedAt === null) return await presentChannel(work, before)
    const row = { ...before, deletedAt: null, version: before.version + 1 }
    put(work, row, 'channel.restored', before)
    work.write(addJobs([channelJob(row.robotKey)]))
    return await presentChannel(work, row)
  })
}

/** G5: receivers have a day to change over, for so long both secrets sign. */
export async function rotate(
  ctx: Ctx,
  { params }: { params: { id: string } },
): Promise<Answer<Site['rotate']>> {
  const secret = newWebhookSecret()
  const secretSealed = await ctx.kernel.secrets.encrypt(secret)
  return await command({ ...ctx, idempotency: null }, async (work) => {
    const before = await mustBeThere(work, siteScope(ctx), params.id)
    if (before.kind !== 'webhook') return fail('entity.not-found')
    const row = {
      ...before,
      ...{ secretSealed, oldSecretSealed: before.secretSealed, version: before.version + 1 },
      oldSecretUntil: new Date(work.now.getTime() + overlapMs),
    }
    put(work, row, 'channel.secret-rotated', before)
    return { channel: await presentChannel(work, row), secret }
  })
}

export async function prefer(ctx: Ctx, input: RouteInput<Own['prefer']>): Promise<Answer<Own['prefer']>> {
  const { siteId, personId } = ownScope(ctx)
  if (personId === null) return refuse('channel.own-only')
  const chosen = new Map(input.body.preferences.map((one) => [one.topic, one]))
  // Only what is not wanted is kept, so that what comes with an upgrade is told by all ways.
  const preferences = [...chosen.values()].filter((one) => !one.email || !one.chat)
  return await command(ctx, async (work) => {
    const before = await work.all(store.preferencesOf([siteId], [personId]))
    work.write(store.forgetPreferences(siteId, personId))
    if (preferences.length > 0) work.write(store.putPreferences(siteId, personId, preferences))
    work.journal({
      ...{ entity: 'channel', entityId: personId, action: 'channel.preferred' },
      before: { off: before.map(({ topic, email, chat }) => ({ topic, email, chat })) },
      after: { off: preferences },
      data: { people: [personId] },
    })
    return { preferences }
  })
}

/** Erased ones are gone for everybody. */
async function mustBeThere(work: Work, scope: store.Scope, id: string): Promise<store.ChannelRow> {
  const row = await work.maybe(store.lockChannel(scope, id))
  return row === undefined || row.deletedAt !== null ? fail('entity.not-found') : row
}

/** Whoever touches a channel has seen to it: it counts its failures anew, and its robot rests no longer. */
function put(work: Work, row: store.ChannelRow, action: string, before: store.ChannelRow): void {
  work.write(store.addRobot(row.robotKey))
  work.write(store.updateChannel(row))
  work.write(store.wakeRobot(row.robotKey))
  if (before.failingSince !== null) work.cancelTasks(subjectOf(row), failingKinds, action)
  journal(work, row, action, shown(before), shown(row))
}

function journal(
  work: Work,
  row: store.ChannelRow,
  action: string,
  before: Record<string, unknown> | null,
  after: Record<string, unknown>,
): void {
  work.journal({
    ...{ entity: 'channel', entityId: row.id, action, version: row.version, before, after },
    data: { people: row.personId === null ? [] : [row.personId] },
  })
}

/** G4, G5: the journal knows that there is a secret, never which. */
function shown(row: store.ChannelRow): Record<string, unknown> {
  const { kind, name, urlHint, enabled, language, topics, posts, events, details, mention } = row
  return {
    ...{ kind, name, address: urlHint, signed: row.secretSealed !== null, enabled, language, topics, posts },
    ...{ events, details, mention, deleted: row.deletedAt !== null },
  }
}

async function seal(ctx: Ctx, url: string, secret: string | null) {
  const { secrets } = ctx.kernel
  return {
    robotKey: secrets.blindIndex(url),
    urlSealed: await secrets.encrypt(url),
    secretSealed: secret === null ? null : await secrets.encrypt(secret),
  }
}

function mustBeAddress(ctx: Ctx, kind: ChannelKind, url: string) {
  const found = parseAddress(kind, url, ctx.kernel.config.webhookIntranet)
  return typeof found === 'string' ? invalid('url', `channel.url.${found}`) : found
}

/** WeCom signs nothing; a webhook always does. */
function mustBeSecret(kind: ChannelKind, secret: string | null): void {
  if (kind === 'webhook' && (secret === null || !isWebhookSecret(secret)))
    invalid('secret', 'channel.secret.webhook')
  if (kind === 'wecom' && secret !== null) invalid('secret', 'channel.secret.none')
  if (secret === '') invalid('secret', 'channel.secret.empty')
}

function mustBeEvents(ctx: Ctx, kind: ChannelKind, events: readonly string[]): void {
  if (events.length > 0 && kind !== 'webhook') invalid('events', 'channel.events.webhook')
  const known = new Set(eventEntities(ctx.kernel))
  if (events.some((event) => !known.has(entityOf(event)))) invalid('events', 'channel.events.unknown')
}

function invalid(path: string, code: string): never {
  return fail('input.invalid', {}, [{ path, code }])
}
