/** V15, V6: who is in charge of somebody unannounced: the house's table says in what order, then the setting, then duty. */
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError } from '../../../kernel/errors.ts'
import type { Owner } from '../../../kernel/tasks/rules.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { employeeCard, staffNumbered } from '../../directory/public.ts'
import type { House } from '../house.ts'
import { importantSetting } from '../important/settings.ts'
import { decideOn, workingNow } from '../routes/lead.ts'
import { type Askee, askeeOf, resolveTargets, type Whom } from '../routes/resolve.ts'
import { visitorBehind } from '../routes/store.ts'
import { visitorId } from '../search.ts'
import type { Category } from '../settings.ts'

export const dutyManager: Owner = { kind: 'post', id: 'duty_manager' }

const onDuty: Askee = {
  ...dutyManager,
  target: 'hand',
  name: '',
  nameEn: '',
  department: '',
  extension: '',
}

/** @throws DomainError `visit.host-unknown` at `path` */
export async function named(ctx: Ctx, sql: Sql, id: string, path: string): Promise<Askee> {
  const found = await sql.maybe(employeeCard(ctx.siteId, id))
  if (found === undefined) throw new DomainError('visit.host-unknown', {}, [{ path, code: 'unknown' }])
  return askeeOf('hand', found)
}

export interface Said {
  readonly kind: string
  readonly category: Category
  readonly visitorName: string
  readonly organisation: string
  readonly claim: string
}

/** In this order, nobody twice; the duty manager is always the last. A row that turns away or lets in names nobody here. */
export async function chain(
  ctx: Ctx,
  sql: Sql,
  house: House,
  said: Said,
): Promise<{ readonly route: string; readonly people: readonly Askee[] }> {
  const { unannounced: rules } = await ctx.kernel.settings.get(ctx.siteId, importantSetting)
  const known = visitorId(ctx.siteId, said.visitorName, '', said.organisation)
  const [behind, working, [set]] = await Promise.all([
    sql.maybe(visitorBehind(ctx.siteId, known)),
    workingNow(sql, ctx.siteId, ctx.kernel.clock.now()),
    rules.inCharge === '' ? [] : sql.all(staffNumbered(ctx.siteId, [rules.inCharge])),
  ])
  const facts = {
    ...{ kind: said.kind, topic: '', appointment: false, working, matter: said.claim },
    known: behind !== undefined,
  }
  const { row, decision } = decideOn(house.routes, { category: said.category, announced: false }, facts)
  const whom: Whom = {
    hostId: null,
    visitorId: behind === undefined ? null : known,
    organisation: said.organisation,
  }
  const asks = row !== null && (decision === 'ask' || decision === 'notify')
  const listed = asks ? await resolveTargets(ctx, sql, row.targets, whom) : []
  const last = set === undefined ? [] : [await named(ctx, sql, set.id, 'chargeId')]
  const people = [...listed, ...last, onDuty]
  return {
    route: asks ? row.key : '',
    people: people.filter((one, index) => people.findIndex(({ id }) => id === one.id) === index),
  }
}

/** A telephone of nobody's is the desk's to call. */
export function ownerOf(one: Pick<Askee, 'kind' | 'id'>): Owner {
  return one.id.startsWith('extension:') ? { kind: 'post', id: 'desk' } : { kind: one.kind, id: one.id }
}
