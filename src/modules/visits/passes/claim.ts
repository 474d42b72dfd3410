/** What was held before the reader, and whose it is (V9, V13): pass, invitation or permit; of ours, of another house, forged. */
import { DateTime } from 'luxon'
import { z } from 'zod'
import { zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import type { Bearer, EntryVerdict } from '../areas/check.ts'
import { type InvitationCode, invitationSigner, readCode } from '../invitations/code.ts'
import { visitOfCode } from '../invitations/store.ts'
import { findPermit } from '../permits/store.ts'
import { passPayload, passSigner } from './code.ts'
import * as store from './store.ts'
import { ofAnotherHouse, type PassToken } from './token.ts'

export interface Claim extends Pick<Bearer, 'forged' | 'foreignSite' | 'pass'> {
  readonly token: PassToken
  readonly visitId: string | null
  /** Of a signed pass; a typed number says nothing about time, and an invitation follows its visit. */
  readonly from: number | null
  readonly until: number | null
  /** Known before anybody looks at a visit. */
  readonly told: Exclude<EntryVerdict, 'ok'> | null
}

const nothing: Claim = {
  token: 'pass',
  forged: false,
  foreignSite: false,
  pass: 'good',
  visitId: null,
  from: null,
  until: null,
  told: null,
}

/** The card of a permit carries its id (V22). */
const permitPayload = z.object({ s: z.uuid(), p: z.uuid() })

export interface ReadCode {
  readonly text: string
  /** Undefined: signed by no key of a pass. */
  readonly signed: Record<string, unknown> | null | undefined
  readonly invitation: InvitationCode | undefined
  readonly elsewhere: boolean
}

/** Signatures are looked at before the transaction begins. */
export async function readAny(ctx: Ctx, given: string): Promise<ReadCode> {
  const text = given.trim()
  const invitation = await readCode(ctx.kernel, ctx.siteId, text)
  if (text.split('.').length !== 3) return { text, signed: null, invitation, elsewhere: false }
  const signed = await passSigner(ctx.kernel).verify(text)
  if (signed !== undefined || invitation !== undefined) return { text, signed, invitation, elsewhere: false }
  const keys = await Promise.all([
    passSigner(ctx.kernel).publicKeys(),
    invitationSigner(ctx.kernel).publicKeys(),
  ])
  const known = keys.flat().map((key) => ({ ...key }))
  return { text, signed, invitation, elsewhere: ofAnotherHouse(text, ctx.siteId, known) }
}

/** @param byHand at desk and gate the eight signs typed stand for their visit, too; a door knows no typed invitation */
export async function claimOf(
  ctx: Ctx,
  work: Sql,
  read: ReadCode,
  byHand: boolean,
  now: Date,
): Promise<Claim> {
  const { text, signed, invitation } = read
  if (signed === null) return typed(ctx, work, text, byHand ? invitation : undefined)
  if (signed === undefined) {
    if (invitation !== undefined) return invited(ctx, work, invitation, now)
    return read.elsewhere ? { ...nothing, foreignSite: true } : { ...nothing, forged: true }
  }
  const permit = permitPayload.safeParse(signed)
  if (permit.success) return permitted(ctx, work, permit.data, now)
  const pass = passPayload.safeParse(signed)
  return pass.success ? passed(ctx, work, pass.data) : { ...nothing, forged: true }
}

const state = (status: store.PassRow['status']): Bearer['pass'] =>
  status === 'issued' ? 'good' : status === 'in_stock' ? 'returned' : 'void'

/** A number of the stock comes first, should one look like the eight signs of an invitation. */
async function typed(
  ctx: Ctx,
  work: Sql,
  text: string,
  invitation: InvitationCode | undefined,
): Promise<Claim> {
  const pass = await work.maybe(store.visitOfPass(ctx.siteId, text))
  if (pass !== undefined) return { ...nothing, pass: state(pass.status), visitId: pass.visit_id }
  const found = invitation && (await work.maybe(visitOfCode(ctx.siteId, invitation.code)))
  return found ? { ...nothing, token: 'invitation', visitId: found.visitId } : nothing
}

async function passed(
  ctx: Ctx,
  work: Sql,
  { s, v, n, nbf, exp }: z.infer<typeof passPayload>,
): Promise<Claim> {
  if (s !== ctx.siteId) return { ...nothing, foreignSite: true }
  const claim = { ...nothing, visitId: v, from: nbf * 1000, until: exp * 1000 }
  const pass = n === '' ? undefined : await work.maybe(store.visitOfPass(ctx.siteId, n))
  if (pass === undefined) return claim
  if (pass.status !== 'issued' || pass.visit_id === v) return { ...claim, pass: state(pass.status) }
  // The number was handed on: within a group the one pass goes from hand to hand (V22), else the paper is an old one.
  const shared = pass.visit_id !== null && (await work.maybe(store.sameGroup(pass.visit_id, v))) !== undefined
  return shared ? { ...claim, visitId: pass.visit_id } : { ...claim, pass: 'returned' }
}

/** V3: its own end is only a bound; a visit put off to another day takes its invitation along. */
async function invited(ctx: Ctx, work: Sql, said: InvitationCode, now: Date): Promise<Claim> {
  const claim: Claim = { ...nothing, token: 'invitation' }
  if (said.siteId !== ctx.siteId) return { ...claim, foreignSite: true }
  const found = await work.maybe(visitOfCode(ctx.siteId, said.code))
  if (found !== undefined) return { ...claim, visitId: found.visitId }
  return { ...claim, told: said.until !== null && said.until < now ? 'expired' : 'void' }
}

/** At a door a permit stands for the visit its holder is on; letting them in is the work of its own page. */
async function permitted(
  ctx: Ctx,
  work: Sql,
  { s, p }: z.infer<typeof permitPayload>,
  now: Date,
): Promise<Claim> {
  const claim: Claim = { ...nothing, token: 'permit' }
  if (s !== ctx.siteId) return { ...claim, foreignSite: true }
  const [row, zone] = await Promise.all([work.maybe(findPermit(ctx.siteId, p)), zoneOf(work, ctx.siteId)])
  if (row?.status !== 'active') return { ...claim, told: 'void' }
  const today = DateTime.fromJSDate(now, { zone }).toISODate() ?? ''
  if (today < row.valid_from) return { ...claim, told: 'early' }
  if (today > row.valid_to) return { ...claim, told: 'expired' }
  if (row.inside_visit_id === null) return { ...claim, told: 'not-admitted' }
  return { ...claim, visitId: row.inside_visit_id }
}
