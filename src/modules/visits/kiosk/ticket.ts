/** Proof that this kiosk has just found or begun this visit: no id that somebody knows or guesses opens another one. */
import { z } from 'zod'
import { failWith } from '../../../kernel/errors.ts'
import type { Kernel } from '../../../kernel/kernel.ts'
import { type Signer, signer } from '../../../kernel/signing.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { kioskErrors } from './contract.ts'

const refuse = failWith(kioskErrors)
const payload = z.object({ k: z.uuid(), v: z.uuid(), exp: z.number() })
const minutes = 30
const signers = new WeakMap<Kernel, Signer>()

function ticketSigner(kernel: Kernel): Signer {
  const known = signers.get(kernel)
  if (known !== undefined) return known
  const made = signer(kernel.sql, kernel.secrets, 'kiosk')
  signers.set(kernel, made)
  return made
}

export function ticketFor(ctx: Ctx, visitId: string): Promise<string> {
  const exp = Math.floor(ctx.kernel.clock.now().getTime() / 1000) + minutes * 60
  return ticketSigner(ctx.kernel).sign({ k: ctx.actor.id, v: visitId, exp })
}

/** @throws DomainError `kiosk.ticket-invalid`: forged, another kiosk's, too old */
export async function visitOfTicket(ctx: Ctx, ticket: string): Promise<string> {
  const read = payload.safeParse(await ticketSigner(ctx.kernel).verify(ticket))
  if (!read.success || read.data.k !== ctx.actor.id) return refuse('kiosk.ticket-invalid')
  if (read.data.exp * 1000 < ctx.kernel.clock.now().getTime()) return refuse('kiosk.ticket-invalid')
  return read.data.v
}
