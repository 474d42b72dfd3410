/** What the screens read: board, one visit with its course, the host's own, known visitors, who is inside. */
import { must } from '../../kernel/authorize.ts'
import { dayAt, zoneOf } from '../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../kernel/contract.ts'
import { DomainError, fail } from '../../kernel/errors.ts'
import type { JournalEntry } from '../../kernel/journal/entry.ts'
import { entriesOf } from '../../kernel/journal/store.ts'
import { maskNumber } from '../../kernel/telephone/mask.ts'
import { type Ctx, command, query } from '../../kernel/work/command.ts'
import type { VisitDetail } from './card/contract.ts'
import type { visits } from './contract.ts'
import { houseOf, lensOf } from './house.ts'
import { presentLook } from './identity/look.ts'
import { looksOf } from './identity/store.ts'
import { mayReveal, maySee, type Viewer } from './policy.ts'
import { presentCard, texts } from './present.ts'
import { ledBy, presentHop } from './routes/present.ts'
import { goesWithoutHost } from './routes/rules.ts'
import { hopsOf } from './routes/store.ts'
import { maskDocument, statuses } from './rules.ts'
import { knownTerms } from './search.ts'
import { wordingSetting } from './settings.ts'
import type { stay } from './stay/contract.ts'
import { ofLink } from './step.ts'
import * as store from './store.ts'

/** More cards of one lane than this are counted, not drawn. */
const laneSize = 200

export async function board(ctx: Ctx): Promise<RouteAnswer<typeof visits.board>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const [house, zone] = await Promise.all([houseOf(ctx), zoneOf(sql, ctx.siteId)])
  const { from, to } = dayAt(zone, now)
  const [rows, counted, lens] = await Promise.all([
    sql.all(store.boardVisits(ctx.siteId, from, to, laneSize)),
    sql.all(store.boardCounts(ctx.siteId, from, to)),
    lensOf(ctx, sql, house, now),
  ])
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<
    (typeof statuses)[number],
    number
  >
  let inside = 0
  let expectedAlone = 0
  for (const row of counted) {
    counts[row.status] = row.n
    expectedAlone += row.own
    if (row.status !== 'expected' && row.status !== 'left') inside += row.people
  }
  const expected = rows.filter((row) => row.status === 'expected').length
  return {
    now: now.toISOString(),
    items: rows.map((row) => presentCard(row, lens)),
    counts,
    inside,
    expectedMore: Math.max(0, expectedAlone - expected),
  }
}

export async function mine(ctx: Ctx): Promise<RouteAnswer<typeof visits.mine>> {
  const { employeeId } = ctx.actor
  const now = ctx.kernel.clock.now()
  if (employeeId === null) return { now: now.toISOString(), items: [] }
  const sql = query(ctx)
  const [house, zone] = await Promise.all([houseOf(ctx), zoneOf(sql, ctx.siteId)])
  const lens = await lensOf(ctx, sql, house, now)
  const rows = await sql.all(store.visitsOfHost(ctx.siteId, employeeId, dayAt(zone, now).from))
  const shown = rows.filter((row) => ofLink(ctx, row.id))
  return { now: now.toISOString(), items: shown.map((row) => presentCard(row, lens)) }
}

export async function get(ctx: Ctx, { params }: RouteInput<typeof visits.get>): Promise<VisitDetail> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const house = await houseOf(ctx)
  const [row, lens, entries, hops, looks] = await Promise.all([
    sql.maybe(store.findVisit(ctx.siteId, params.id)),
    lensOf(ctx, sql, house, now),
    sql.all(entriesOf('visit', params.id, 200)),
    sql.all(hopsOf(params.id)),
    sql.all(looksOf(ctx.siteId, params.id)),
  ])
  if (row === undefined || !maySee(lens.viewer, row) || !ofLink(ctx, row.id)) return fail('entity.not-found')
  const before = await sql.one(store.visitsBefore(row.visitor_id, row.sort_at))
  const inner = mayReveal(lens.viewer, row)
  return {
    ...presentCard(row, lens),
    companions: texts(row.companions),
    note: row.note,
    consentHow: row.consent_how,
    consentByName: row.consent_by_name,
    declineReason: inner ? row.decline_reason : '',
    refuseReason: inner ? row.refuse_reason : '',
    documentKind: row.document_kind as VisitDetail['documentKind'],
    documentMasked: row.document_tail === null ? '' : maskDocument(row.document_tail),
    documentChecks: lens.viewer.atDesk || lens.viewer.decides === true ? looks.map(presentLook) : [],
    escortId: row.escort_id,
    escortName: row.escort_name,
    passReturned: row.pass_returned,
    slipReturned: row.slip_returned,
    releaseConfirmedBy: row.release_confirmed_by,
    signedByName: row.signed_by_name,
    createdAt: row.created_at.toISOString(),
    createdByName: row.created_by_name,
    timeline: entries.reverse().map((entry) => lineOf(entry, lens.viewer, inner)),
    visitsBefore: before.n,
    topic: row.topic,
    questionsAt: row.questions_at?.toISOString() ?? null,
    route: ledBy(house, row.route),
    hops: hops.map((hop) => presentHop(hop, inner)),
  }
}

/** The course in words; people's ids and the inner reasons are nobody's business outside. */
function lineOf(entry: JournalEntry, viewer: Viewer, inner: boolean): VisitDetail['timeline'][number] {
  const data = Object.fromEntries(
    Object.entries(entry.data ?? {}).filter(([key]) => !['people', 'tasks', 'remindedId'].includes(key)),
  )
  if (!inner || !viewer.reads) delete data['reason']
  return { at: entry.at.toISOString(), action: entry.action, actorName: entry.actorName, data }
}

export async function known(
  ctx: Ctx,
  input: RouteInput<typeof visits.known>,
): Promise<RouteAnswer<typeof visits.known>> {
  const rows = await query(ctx).all(store.knownVisitors(ctx.siteId, knownTerms(input.query.q)))
  return {
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      organisation: row.organisation,
      phoneMasked: row.phone === '' ? '' : maskNumber(row.phone),
      lastVisitAt: row.last_visit_at.toISOString(),
      visits: row.visits,
      lastKind: row.last_kind ?? '',
      lastHostId: row.last_host_id,
      lastHostName: row.last_host_name ?? '',
      lastPurpose: row.last_purpose ?? '',
      plate: row.plate,
    })),
  }
}

export async function inside(ctx: Ctx): Promise<RouteAnswer<typeof visits.inside>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const house = await houseOf(ctx)
  const [rows, lens] = await Promise.all([
    sql.all(store.insideVisits(ctx.siteId)),
    lensOf(ctx, sql, house, now),
  ])
  const people = rows.reduce((sum, row) => sum + row.party_size, 0)
  return { now: now.toISOString(), people, items: rows.map((row) => presentCard(row, lens)) }
}

export async function options(ctx: Ctx): Promise<RouteAnswer<typeof visits.options>> {
  const [house, wording] = await Promise.all([
    houseOf(ctx),
    ctx.kernel.settings.get(ctx.siteId, wordingSetting),
  ])
  return {
    categories: [...house.categories.values()],
    kinds: [...house.kinds.values()].map((kind) => ({
      ...kind,
      hostFree: ['', ...kind.topics.map(({ key }) => key)].filter((topic) =>
        goesWithoutHost(house.routes, kind.key, topic),
      ),
    })),
    wording,
    timings: { ...house.timings },
  }
}

/** G5: the full value, once, with a journal entry of who looked. */
export async function reveal(
  ctx: Ctx,
  { params, body }: RouteInput<typeof stay.reveal>,
): Promise<{ value: string }> {
  must(ctx, 'visit.reveal')
  const house = await houseOf(ctx)
  return command(ctx, async (work) => {
    const [row, lens] = await Promise.all([
      work.maybe(store.findVisit(ctx.siteId, params.id)),
      lensOf(ctx, work, house, work.now),
    ])
    if (row === undefined || !maySee(lens.viewer, row)) return fail('entity.not-found')
    if (!mayReveal(lens.viewer, row)) throw new DomainError('auth.forbidden', { action: 'visit.reveal' })
    work.journal({
      entity: 'visit',
      entityId: row.id,
      action: 'visit.revealed',
      version: row.version,
      data: { field: body.field },
    })
    if (body.field === 'phone') return { value: row.phone }
    return {
      value: row.document_sealed === null ? '' : await ctx.kernel.secrets.decrypt(row.document_sealed),
    }
  })
}
