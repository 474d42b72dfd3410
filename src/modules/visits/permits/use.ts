/** Check-in by permit (V22): no questions when all is in order, a clear and journalled reason when not. */
import { z } from 'zod'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import { begin } from '../arrival/begin.ts'
import { takePass } from '../arrival/particulars.ts'
import type { VisitCard } from '../card/contract.ts'
import { categoryOf, houseOf } from '../house.ts'
import { normaliseNumber } from '../identity/rules.ts'
import { readAny } from '../passes/claim.ts'
import { indexesOf } from '../people.ts'
import { texts } from '../present.ts'
import { nextNumber } from '../store.ts'
import { normalisePlate } from '../vehicles/rules.ts'
import type { permits } from './contract.ts'
import { numberOfPermit, permitNumber, termsOf } from './present.ts'
import { permitLens, permitOf } from './reading.ts'
import { type ForeignReason, judge, type PermitReason, staysUntil } from './rules.ts'
import * as store from './store.ts'

const payload = z.object({ s: z.uuid(), p: z.uuid() })

function onRecord(ctx: Ctx, data: { readonly reason: string; readonly number?: string }): Promise<void> {
  return command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({ entity: 'permit', entityId: 'unknown', action: 'permit.refused', data })
  })
}

/** V13: what is none of ours is refused with its own reason, and on record. */
async function none(ctx: Ctx, reason: ForeignReason): Promise<never> {
  await onRecord(ctx, { reason })
  throw new DomainError('permit.refused', { reason, paper: '', number: '', name: '' })
}

/**
 * @throws DomainError `permit.unknown`; `permit.refused` for a code forged or of elsewhere; `permit.ambiguous` when two
 * people of one name have one each
 */
async function meantBy(ctx: Ctx, code: string): Promise<string> {
  if (code.split('.').length === 3) {
    const { signed, elsewhere } = await readAny(ctx, code)
    const parsed = payload.safeParse(signed)
    if (elsewhere || (parsed.success && parsed.data.s !== ctx.siteId)) return none(ctx, 'other-site')
    return parsed.success ? parsed.data.p : none(ctx, 'forged')
  }
  const text = code.normalize('NFKC').trim()
  const found = await query(ctx).all(
    store.permitsMeant(ctx.siteId, {
      number: numberOfPermit(text),
      text,
      plate: normalisePlate(text),
      indexes: indexesOf(ctx.kernel.secrets, normaliseNumber(text)),
    }),
  )
  const whole = found.filter((one) => one.whole)
  const meant = whole.length > 0 ? whole : found
  const [first] = meant
  if (first === undefined) {
    // V13: a number nobody has given is as foreign as a forged code; a mistyped name is not (G5).
    if (/^p\d+$/i.test(text)) await onRecord(ctx, { reason: 'unknown', number: text.toUpperCase() })
    throw new DomainError('permit.unknown')
  }
  const usable = meant.filter((one) => one.status === 'active')
  if (usable.length > 1) {
    const choices = usable.map(({ number, name, organisation }) => ({
      number: permitNumber(number),
      name,
      organisation,
    }))
    throw new DomainError('permit.ambiguous', { choices })
  }
  return (usable[0] ?? first).id
}

type Outcome =
  | { readonly visit: VisitCard; readonly reason: null; readonly paper: '' }
  | { readonly visit: null; readonly reason: PermitReason; readonly paper: string }

export async function use(
  ctx: Ctx,
  { body }: RouteInput<typeof permits.use>,
): Promise<RouteAnswer<typeof permits.use>> {
  const id = await meantBy(ctx, body.code)
  const outcome = await command(ctx, (work) => comeIn(ctx, work, id, body.issuePass))
  const permit = await permitOf(ctx, query(ctx), id)
  // Thrown after the commit: the refusal is on record also because it was refused (V12).
  if (outcome.visit === null) {
    throw new DomainError('permit.refused', {
      reason: outcome.reason,
      paper: outcome.paper,
      number: permit.number,
      name: permit.holderName,
    })
  }
  return { visit: outcome.visit, permit }
}

async function comeIn(ctx: Ctx, work: Work, id: string, issuePass: boolean): Promise<Outcome> {
  const [row, house, lens] = await Promise.all([
    work.maybe(store.lockPermit(ctx.siteId, id)),
    houseOf(ctx),
    permitLens(ctx, work),
  ])
  if (row === undefined) throw new DomainError('permit.unknown')
  const papers = await work.all(store.papersOf([id]))
  const terms = termsOf(row, papers)
  const found = judge(terms, work.now, lens.zone)
  const number = permitNumber(row.number)
  if (!found.ok) {
    const { reason } = found
    const paper = found.paper?.kind ?? ''
    work.journal({
      entity: 'permit',
      entityId: id,
      action: 'permit.refused',
      version: row.version,
      data: { number, reason, paper },
    })
    return { visit: null, reason, paper }
  }
  // Read once more behind the lock: of twenty desks one lets the holder in.
  const now = await work.maybe(store.findPermit(ctx.siteId, id))
  if (now?.inside_visit_id != null)
    throw new DomainError('permit.already-inside', { visitId: now.inside_visit_id })
  const category = categoryOf(house, row.kind, row.category)
  const [{ number: visitNumber }, host, passNumber] = await Promise.all([
    work.one(nextNumber),
    row.host_id === null ? undefined : work.maybe(employeeCard(ctx.siteId, row.host_id)),
    category.pass && issuePass ? takePass(ctx, work, undefined) : null,
  ])
  const areas = texts(row.areas)
  const visit = await begin(
    ctx,
    work,
    house,
    areas.length === 0 ? category : { ...category, areas },
    {
      visitorName: row.holder_name,
      organisation: row.organisation,
      phone: row.phone,
      partySize: 1,
      companions: [],
      purpose: row.purpose,
      kind: row.kind,
      hostName: row.host_name,
      plate: row.plate,
      note: '',
    },
    {
      host,
      number: visitNumber,
      // The permit is the house's standing consent.
      status: 'admitted',
      action: 'visit.registered',
      expectedAt: null,
      validUntil: staysUntil(terms, work.now, lens.zone),
      asked: null,
      consent: null,
      document:
        row.document_kind === null
          ? null
          : {
              kind: row.document_kind,
              sealed: row.document_sealed,
              index: row.document_index,
              tail: row.document_tail,
            },
      passNumber,
      permitId: id,
    },
  )
  work.journal({
    entity: 'permit',
    entityId: id,
    action: 'permit.used',
    version: row.version,
    data: { number, visitId: visit.id, warnings: found.warnings.map((one) => one.kind) },
  })
  return { visit, reason: null, paper: '' }
}
