/** What a visitor has said so far; lives in memory only, and only until the reset. */
import { v7 } from 'uuid'
import { call } from '../../../../ui-kit/client.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import type { DueAgreement, Signing } from '../../agreements/contract.ts'
import { type KioskVisit, kiosks } from '../../kiosk/contract.ts'

export interface Said {
  /** One a visitor: sent twice, registered once. */
  readonly id: string
  readonly visitorName: string
  readonly organisation: string
  readonly phone: string
  readonly kind: string
  readonly purpose: string
  readonly plate: string
  readonly plateForeign: boolean
  readonly hostId: string | null
  readonly hostName: string
  readonly due: readonly DueAgreement[]
  readonly signed: readonly Signing[]
  readonly photo: string | null
}

export const nothingSaid = (): Said => ({
  ...{ id: v7(), visitorName: '', organisation: '', phone: '', kind: '', purpose: '', plate: '' },
  ...{ plateForeign: false, hostId: null, hostName: '', due: [], signed: [], photo: null },
})

/** Everything is read and signed; now the host is called. Each part again gives what it gave before. */
export async function arriveWith(
  said: Said,
  found: KioskVisit | null,
  headers: Readonly<Record<string, string>> = {},
): Promise<KioskVisit> {
  const begun = found ?? (await begin(said, headers))
  for (const signing of said.signed) await signOnce(begun.ticket, signing, said.id, headers)
  if (said.photo) {
    await call(
      kiosks.photo,
      { body: { ticket: begun.ticket, picture: said.photo } },
      { idempotencyKey: `${said.id}-photo`, headers },
    )
  }
  if (found === null) return begun
  return await call(
    kiosks.arrive,
    { body: { ticket: begun.ticket } },
    { idempotencyKey: `${said.id}-arrive` },
  )
}

async function begin(said: Said, headers: Readonly<Record<string, string>>): Promise<KioskVisit> {
  const { id, visitorName, organisation, phone, kind, purpose, plate, plateForeign, hostId, hostName } = said
  const body = { id, visitorName, organisation, phone, kind, purpose, plate, plateForeign, hostId, hostName }
  return await call(kiosks.register, { body }, { idempotencyKey: `${id}-register`, headers })
}

async function signOnce(
  ticket: string,
  signing: Signing,
  id: string,
  headers: Readonly<Record<string, string>>,
) {
  try {
    const idempotencyKey = `${id}-${signing.versionId}`
    await call(kiosks.sign, { body: { ...signing, ticket } }, { idempotencyKey, headers })
  } catch (fault) {
    // Signed before, or renewed in this minute: the desk sees what is left.
    if (!(fault instanceof ApiProblem && fault.code === 'agreement.not-due')) throw fault
  }
}

/** The words for what went wrong; never the server's own, which are for staff. */
export function faultKey(fault: unknown): string {
  const code = fault instanceof ApiProblem ? fault.code : ''
  if (code === 'kiosk.not-found') return 'kiosk.fault.not-found'
  if (code === 'kiosk.too-many-tries' || code === 'kiosk.at-the-desk') return 'kiosk.fault.too-many'
  if (code === 'input.invalid') return 'kiosk.fault.field'
  return 'kiosk.fault.other'
}

export const isAway = (fault: unknown): boolean =>
  fault instanceof ApiProblem && (fault.status === 0 || fault.status === 503)
export const isOut = (fault: unknown): boolean =>
  fault instanceof ApiProblem && (fault.status === 401 || fault.code === 'auth.forbidden')
