/** Figures of visits (V23, G8): the whole house for who leads it, a head's departments, a host's own. */
import type { FastifyReply } from 'fastify'
import { rolesAt } from '../../../kernel/actor.ts'
import { may, mayAt } from '../../../kernel/authorize.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { departmentsLedBy, tenantDepartments } from '../../directory/public.ts'
import { sites as allSites } from '../../identity/public.ts'
import { houseOf } from '../house.ts'
import { listWithin } from '../register/service.ts'
import type { visitFigures } from './contract.ts'
import { figuresBook } from './excel.ts'
import { originsOf, returningOf } from './returning.ts'
import { daysBetween, measuredOf, nothing, seriesOf, spanBefore, sumOf, waitOf } from './rules.ts'
import * as store from './store.ts'

/** Two leap years; longer ones are a matter of two reports. */
const mostDays = 732
const hostsListed = 20
const organisationsListed = 15
const oftenListed = 10

type Report = RouteAnswer<typeof visitFigures.report>
type Asked = RouteInput<typeof visitFigures.people>['query']

interface Scope {
  readonly scope: Report['scope']
  readonly departments: readonly string[] | null
  readonly ownId: string | null
}

/** Nobody's id: who is no employee and leads nothing sees no visit. */
const nobody = '00000000-0000-0000-0000-000000000000'

async function scopeOf(ctx: Ctx): Promise<Scope> {
  if (may(ctx, 'visit.figures-all')) return { scope: 'site', departments: null, ownId: null }
  const { employeeId } = ctx.actor
  const roles = rolesAt(ctx.actor, ctx.siteId)
  // E1: a company of the house sees its own visitors and nobody else's.
  if (roles.includes('tenant_admin') && employeeId !== null) {
    const own = await query(ctx).all(tenantDepartments(ctx.siteId, employeeId))
    if (own.length > 0) return { scope: 'departments', departments: own.map((one) => one.id), ownId: null }
  }
  const leads = roles.includes('department_head')
  const led = leads && employeeId !== null ? await departmentsLedBy(query(ctx), employeeId) : []
  if (led.length === 0) return { scope: 'own', departments: null, ownId: employeeId ?? nobody }
  const under = await query(ctx).all(store.departmentsUnder(ctx.siteId, led))
  return { scope: 'departments', departments: under.map((one) => one.id), ownId: null }
}

/** @throws DomainError `input.invalid` when the span is the wrong way round or too long */
function mustBeSpan(from: string, to: string): void {
  const days = daysBetween(from, to)
  if (days <= 0) throw new DomainError('input.invalid', {}, [{ path: 'to', code: 'too-small' }])
  if (days > mostDays) throw new DomainError('input.invalid', {}, [{ path: 'from', code: 'too-big' }])
}

async function spanOf(ctx: Ctx, asked: Asked, scope: Scope): Promise<store.Span> {
  mustBeSpan(asked.from, asked.to)
  const { departmentId } = asked
  // With what hangs below, as in the register: one word, one meaning.
  const under =
    departmentId === undefined
      ? null
      : await query(ctx).all(store.departmentsUnder(ctx.siteId, [departmentId]))
  return {
    siteId: ctx.siteId,
    from: asked.from,
    to: asked.to,
    kind: asked.kind ?? null,
    category: asked.category ?? null,
    within: under?.map((one) => one.id) ?? null,
    hostId: asked.hostId ?? null,
    departments: scope.departments,
    ownId: scope.ownId,
  }
}

const byArrived = <T extends { readonly arrived: number; readonly visits: number }>(rows: readonly T[]) =>
  rows.filter((row) => row.visits > 0).sort((a, b) => b.arrived - a.arrived || b.visits - a.visits)

export async function report(
  ctx: Ctx,
  { query: asked }: Pick<RouteInput<typeof visitFigures.report>, 'query'>,
): Promise<Report> {
  const scope = await scopeOf(ctx)
  const span = await spanOf(ctx, asked, scope)
  const before = spanBefore(asked.from, asked.to)
  const sql = query(ctx)
  const [groups, slots, course, previous, hosts, admit, meet, departments] = await Promise.all([
    sql.all(store.groups(span)),
    sql.all(store.slots(span)),
    sql.all(store.course(span, asked.grain)),
    sql.maybe(store.total({ ...span, ...before })),
    sql.all(store.hosts(span)),
    sql.all(store.waits(span, 'admit')),
    sql.all(store.waits(span, 'meet')),
    sql.all(store.departmentNames(ctx.siteId)),
  ])
  const part = (n: number) => groups.filter((row) => row.part === n)
  const listed = hosts.slice(0, hostsListed)
  const others = hosts.slice(hostsListed)
  const names = await sql.all(
    store.hostNames(
      ctx.siteId,
      listed.map((row) => row.host_id).filter((id) => id !== null),
    ),
  )
  const hostName = new Map(names.map(({ id, name }) => [id, name]))
  const departmentName = new Map(departments.map(({ id, name }) => [id, name]))
  return {
    scope: scope.scope,
    from: asked.from,
    to: asked.to,
    before,
    total: measuredOf(part(4)[0] ?? nothing),
    previous: measuredOf(previous ?? nothing),
    hours: slots,
    series: seriesOf(course, asked.from, asked.to, asked.grain),
    kinds: byArrived(part(1).map((row) => ({ key: row.kind ?? '', ...measuredOf(row) }))),
    categories: byArrived(part(2).map((row) => ({ key: row.category ?? '', ...measuredOf(row) }))),
    departments: byArrived(
      part(3).map((row) => ({
        id: row.department_id,
        name: departmentName.get(row.department_id ?? '') ?? '',
        ...measuredOf(row),
      })),
    ),
    hosts: listed.map((row) => ({
      id: row.host_id,
      name: hostName.get(row.host_id ?? '') ?? '',
      ...measuredOf(row),
    })),
    otherHosts: others.length === 0 ? null : measuredOf(sumOf(others)),
    admit: waitOf(admit),
    meet: waitOf(meet),
  }
}

export async function people(
  ctx: Ctx,
  { query: asked }: Pick<RouteInput<typeof visitFigures.people>, 'query'>,
): Promise<RouteAnswer<typeof visitFigures.people>> {
  const span = await spanOf(ctx, asked, await scopeOf(ctx))
  const sql = query(ctx)
  const packs = await sql.all(store.packs(span))
  const { listed, ...all } = originsOf(packs, organisationsListed)
  const { times, often } = returningOf(packs, oftenListed)
  const [organisations, visitors] = await Promise.all([
    sql.all(store.organisationsNamed(listed.map((one) => one.number))),
    sql.all(store.peopleNamed(often.map((one) => one.number))),
  ])
  const organisation = new Map(organisations.map((one) => [one.number, one.name]))
  const visitor = new Map(visitors.map((one) => [one.number, one]))
  return {
    organisations: listed.map(({ number, ...sums }) => ({ name: organisation.get(number) ?? '', ...sums })),
    otherOrganisations:
      all.count <= listed.length
        ? null
        : {
            count: all.count - listed.length,
            arrived: all.arrived - sum(listed, (row) => row.arrived),
            people: all.people - sum(listed, (row) => row.people),
          },
    visitors: sum(times, (n) => n),
    newVisitors: sum(packs, (one) => one.first),
    times: times.flatMap((visitors, at) => (visitors === 0 ? [] : [{ times: at + 1, visitors }])),
    often: often.flatMap(({ number, times: visits }) => {
      const known = visitor.get(number)
      if (known === undefined) return []
      const { visitorId, name, organisation } = known
      return [{ visitorId, name, organisation, visits }]
    }),
  }
}

const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((all, row) => all + of(row), 0)

export async function sites(
  ctx: Ctx,
  { query: asked }: Pick<RouteInput<typeof visitFigures.sites>, 'query'>,
): Promise<RouteAnswer<typeof visitFigures.sites>> {
  mustBeSpan(asked.from, asked.to)
  const sql = query(ctx)
  const open = (await sql.all(allSites())).filter((site) =>
    mayAt(ctx.kernel.modules.grants, ctx.actor, site.id, 'visit.figures-all'),
  )
  const totals = await sql.all(
    store.siteTotals(
      open.map((site) => site.id),
      asked.from,
      asked.to,
    ),
  )
  const bySite = new Map(totals.map((row) => [row.site_id, row]))
  return {
    items: open.map((site) => ({
      id: site.id,
      name: site.name,
      ...measuredOf(bySite.get(site.id) ?? nothing),
    })),
  }
}

export async function rows(
  ctx: Ctx,
  { query: asked }: Pick<RouteInput<typeof visitFigures.rows>, 'query'>,
): Promise<RouteAnswer<typeof visitFigures.rows>> {
  mustBeSpan(asked.from, asked.to)
  const { departments, ownId } = await scopeOf(ctx)
  const { hostId, ...filter } = asked
  const ofHost = filter.ofHost ?? hostId
  return await listWithin(ctx, { ...filter, ofHost, order: 'newest' }, { departments, ownId })
}

/** The numbers of the screen, sheet by sheet; the export itself is on record (G4). */
export async function exportFigures(
  ctx: Ctx,
  { query: asked }: Pick<RouteInput<typeof visitFigures.export>, 'query'>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const { language, ...filter } = asked
  const [figures, who, house] = await Promise.all([
    report(ctx, { query: filter }),
    people(ctx, { query: filter }),
    houseOf(ctx),
  ])
  const { name, content } = await figuresBook(figures, who, house, language)
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'visit-figures',
      entityId: `${asked.from}–${asked.to}`,
      action: 'visit-figures.exported',
      data: { filter },
    })
  })
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      `attachment; filename="visit-figures.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}.xlsx`,
    )
    .send(content)
  return ''
}
