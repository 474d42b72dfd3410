/** Who comes, to whom, with what in hand: read and checked before a visit begins. */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { tidy } from '../../../kernel/find/spelling.ts'
import type { Ctx, Work } from '../../../kernel/work/command.ts'
import { type EmployeeCard, employeeCard } from '../../directory/public.ts'
import type { visits } from '../contract.ts'
import { freePass, type PassHolder } from '../passes/store.ts'
import type { SealedDocument } from '../people.ts'
import type { Category } from '../settings.ts'
import * as store from '../store.ts'
import { readPlate } from '../vehicles/rules.ts'
import { mustBePlate } from '../vehicles/service.ts'

type Announcement = RouteInput<typeof visits.announce>['body']
type Registration = RouteInput<typeof visits.register>['body']

export function documentColumns(document: SealedDocument | null, now: Date, by: string): store.VisitPatch {
  if (document === null) return {}
  return {
    document_kind: document.kind,
    document_sealed: document.sealed,
    document_index: document.index,
    document_tail: document.tail,
    document_checked_at: now,
    document_checked_by: by,
  }
}

export async function hostOf(
  ctx: Ctx,
  work: Work,
  details: Pick<Announcement, 'hostId'>,
): Promise<EmployeeCard | undefined> {
  if (details.hostId === null) return undefined
  const host = await work.maybe(employeeCard(ctx.siteId, details.hostId))
  if (host === undefined) throw unknownHost('hostId')
  return host
}

/**
 * @throws DomainError `input.invalid` for somebody this site does not know: ids are not a way into another site's people
 */
export async function knownPerson(
  ctx: Ctx,
  work: Work,
  { visitorId }: Pick<Announcement, 'visitorId'>,
): Promise<{ name: string; phone: string } | undefined> {
  if (visitorId === undefined) return undefined
  const found = await work.maybe(store.visitorContact(ctx.siteId, visitorId))
  if (found === undefined)
    throw new DomainError('input.invalid', {}, [{ path: 'visitorId', code: 'unknown' }])
  return found
}

/** The desk saw only a masked phone (G5): the known one is taken over. Another name is another person. */
export function whoIs(
  body: Pick<Announcement, 'visitorId' | 'visitorName'>,
  phone: string,
  known: { readonly name: string; readonly phone: string } | undefined,
): { phone: string; visitorId: string | undefined } {
  if (known === undefined || tidy(body.visitorName) !== known.name) return { phone, visitorId: undefined }
  return { phone: phone === '' ? known.phone : phone, visitorId: body.visitorId }
}

/**
 * V19: one spelling of a plate, whatever was typed. What a device took down without a server is never lost for its plate:
 * the car is gone, nobody can be asked again.
 * @throws DomainError `input.invalid` at `plate`
 */
export function plateOf(ctx: Ctx, text: string, foreign: boolean | undefined): string {
  if (text === '') return ''
  if (ctx.occurred) return readPlate(text, true)?.plate ?? text
  return mustBePlate(text, foreign === true)
}

export function unknownHost(path: string): DomainError {
  return new DomainError('visit.host-unknown', {}, [{ path, code: 'unknown' }])
}

/**
 * @throws DomainError `pass.not-free` for a named number in use, `pass.none-left`
 */
export async function takePass(ctx: Ctx, work: Work, wanted: string | undefined): Promise<string> {
  const found = await work.maybe(freePass(ctx.siteId, wanted ?? null, holderOf(ctx, work)))
  if (found === undefined)
    throw new DomainError(wanted === undefined ? 'pass.none-left' : 'pass.not-free', { number: wanted })
  return found.number
}

/** A device that acted without a server hands out from its own lease, whoever sends it in. */
function holderOf(ctx: Ctx, work: Work): PassHolder {
  return { device: ctx.occurred?.device ?? null, actorId: ctx.actor.id, now: work.now }
}

/** @param hostFree whom to ask is known without a host (V6) */
export function mustHaveRequired(category: Category, body: Registration, hostFree: boolean): void {
  const given = {
    organisation: body.organisation !== '',
    phone: body.phone !== '',
    purpose: body.purpose !== '',
    plate: body.plate !== '',
    host: hostFree || body.hostId !== null || body.hostName !== '',
  }
  const missing = category.required.filter((field) => !given[field])
  if (missing.length === 0) return
  const fields = missing.map((field) => ({ path: field === 'host' ? 'hostId' : field, code: 'required' }))
  throw new DomainError('input.invalid', {}, fields)
}
