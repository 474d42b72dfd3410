/** Sites, and the first run of an empty house. */
import { systemActor } from '../../../kernel/actor.ts'
import { DomainError, failWith } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { identityOf } from '../engine.ts'
import { sitesOf } from '../policy.ts'
import { addUser, mustBeUsername, preparePassword } from '../users/add.ts'
import { insertGrants } from '../users/store.ts'
import { siteErrors } from './contract.ts'
import type { Ports } from './presets.ts'
import * as store from './store.ts'

const fail = failWith(siteErrors)

export async function readSetup(ctx: Ctx, ports: Ports) {
  const { found } = await query(ctx).one(store.anyUser)
  return { needed: !found, presets: found ? [] : [...ports.presets.list()] }
}

export interface SetupInput {
  readonly siteName: string
  readonly zone: string
  readonly adminName: string
  readonly username: string
  readonly password: string
  readonly preset: string
  readonly language: 'zh' | 'en'
}

/**
 * Makes the first site and its administrator. A lock held to the commit lets exactly one of many parallel calls in.
 * @throws DomainError `setup.done`, `setup.preset-unknown`, `input.invalid`
 */
export async function runSetup(ctx: Ctx, ports: Ports, body: SetupInput) {
  if ((await query(ctx).one(store.anyUser)).found) return fail('setup.done')
  mustBePreset(ports, body.preset)
  const hash = await preparePassword(body.password, mustBeUsername(body.username, 'username'), 'password')
  const siteId = newId()
  const setup: Ctx = { ...ctx, actor: systemActor, siteId, idempotency: null }
  return await command(setup, async (work) => {
    await work.run(store.setupLock)
    if ((await work.one(store.anyUser)).found) return fail('setup.done')
    const site = writeSite(work, { id: siteId, code: 'main', name: body.siteName, zone: body.zone })
    await ports.presets.apply(work, body.preset)
    const userId = await addUser(
      work,
      {
        username: body.username,
        name: body.adminName,
        email: null,
        language: body.language,
        employeeId: null,
        grants: [{ site: siteId, role: 'system_admin' }],
        temporary: false,
      },
      hash,
    )
    const { id, code, name, zone } = site
    return { site: { id, code, name, zone }, userId }
  })
}

function mustBePreset(ports: Ports, preset: string): void {
  const known = ports.presets.list()
  if (known.length > 0 && !known.some((one) => one.id === preset)) fail('setup.preset-unknown')
}

/** Writes a new site; the caller decides who may. */
export function writeSite(
  work: Work,
  site: { id: string; code: string; name: string; zone: string },
): store.SiteRow {
  const row: store.SiteRow = { ...site, createdAt: work.now, version: 1 }
  work.write(store.insertSite(row))
  const { code, name, zone } = site
  work.journal({
    entity: 'site',
    entityId: site.id,
    action: 'site.created',
    version: 1,
    after: { code, name, zone },
  })
  return row
}

export async function list(ctx: Ctx) {
  const rows = await query(ctx).all(store.sitesByIds([...ctx.actor.roles.keys()]))
  const own = sitesOf(ctx.actor, 'site.manage')
  return { items: rows.map((row) => present(row, own)), can: { create: own.includes(ctx.siteId) } }
}

export async function create(
  ctx: Ctx,
  ports: Ports,
  input: {
    body: { id?: string | undefined; code: string; name: string; zone: string; preset?: string | undefined }
  },
) {
  const { code, name, zone, preset } = input.body
  if (preset !== undefined) mustBePreset(ports, preset)
  const id = input.body.id ?? newId()
  const answer = await command({ ...ctx, siteId: id }, async (work) => {
    if ((await work.maybe(store.siteByCode(code))) !== undefined) return fail('site.code-taken')
    const row = writeSite(work, { id, code, name, zone })
    if (ctx.actor.kind === 'user')
      work.write(insertGrants(ctx.actor.id, [{ site: id, role: 'system_admin' }]))
    if (preset !== undefined) await ports.presets.apply(work, preset)
    return present(row, [id])
  })
  identityOf(ctx.kernel).actors.forget({ userId: ctx.actor.id })
  return answer
}

export async function edit(
  ctx: Ctx,
  input: {
    params: { site: string }
    body: { version: number; name?: string | undefined; zone?: string | undefined }
  },
) {
  const own = sitesOf(ctx.actor, 'site.manage')
  const id = input.params.site
  if (!own.includes(id)) throw new DomainError('entity.not-found')
  return await command({ ...ctx, siteId: id }, async (work) => {
    const row = await work.maybe(store.lockSite(id))
    if (row === undefined) throw new DomainError('entity.not-found')
    mustBeVersion(row.version, input.body.version)
    const next = { name: input.body.name ?? row.name, zone: input.body.zone ?? row.zone }
    work.write(store.updateSite(id, row.version, next))
    work.journal({
      entity: 'site',
      entityId: id,
      action: 'site.edited',
      version: row.version + 1,
      before: { name: row.name, zone: row.zone },
      after: next,
    })
    return present({ ...row, ...next, version: row.version + 1 }, own)
  })
}

function present(row: store.SiteRow, own: readonly string[]) {
  return { ...row, createdAt: row.createdAt.toISOString(), can: { edit: own.includes(row.id) } }
}
