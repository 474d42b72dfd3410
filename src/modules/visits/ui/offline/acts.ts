/** PURE: a visit's life without a server. The same table and decisions as there; what is impossible is refused here, too. */
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import type { VisitCard } from '../../card/contract.ts'
import {
  arrivalStatus,
  outstanding,
  releaseDecision,
  transitions,
  type VisitCommand,
  type VisitStatus,
} from '../../rules.ts'
import type { CategoryOption } from '../options.ts'

/** What a gate or desk may do without a server; asking the next one, editing and printing need it. */
const possible: readonly VisitCommand[] = [
  'checkIn',
  'receive',
  'wait',
  'decline',
  'checkDocument',
  'issuePass',
  'meet',
  'sign',
  'release',
  'refuse',
  'cancel',
]

export const refusal = (code: string, data: Record<string, unknown> = {}) =>
  new ApiProblem({ code, status: 409, data })

function mustLead(card: VisitCard, command: VisitCommand, to: VisitStatus) {
  if (!transitions[card.status][command]?.includes(to))
    throw refusal('transition.refused', { from: card.status, command })
}

/** What may follow, for the buttons: the state's commands that need no server, as far as this person had them before. */
export function canHere(status: VisitStatus, mayRegister: boolean): VisitCard['can'] {
  if (!mayRegister) return {}
  return Object.fromEntries(
    possible
      .filter((command) => (transitions[status][command] ?? []).length > 0)
      .map((command) => [command, true]),
  )
}

/** The card with its new state and what follows from it. */
export function moved(
  card: VisitCard,
  to: VisitStatus,
  category: CategoryOption | undefined,
  patch: Partial<VisitCard> = {},
): VisitCard {
  const next = { ...card, ...patch, status: to }
  const counted = (status: VisitStatus) => status === 'admitted' || status === 'with_host'
  const stays = category !== undefined && counted(to)
  const escorted = counted(card.status) && !card.outstanding.includes('escort')
  return {
    ...next,
    // An agreement still to be signed stays one; the rest is counted anew.
    outstanding: stays
      ? outstanding(category, {
          documentChecked: next.documentChecked,
          passNumber: next.passNumber,
          escortId: escorted ? 'named' : null,
          agreementsDue: card.outstanding.includes('agreement') ? 1 : 0,
          // Only the server knows whether the head has agreed (V9).
          approvalsDue: next.outstanding.includes('approval') ? 1 : 0,
          escortDue: next.outstanding.includes('escort'),
        })
      : [],
    can: canHere(to, true),
  }
}

export interface ArrivalBody {
  readonly consent?: unknown
  readonly document?: { readonly number?: string | undefined } | undefined
  readonly partySize?: number | undefined
  readonly plate?: string | undefined
}

export function arrive(
  card: VisitCard,
  body: ArrivalBody,
  category: CategoryOption | undefined,
  pass: string | null,
  at: string,
): VisitCard {
  const to = arrivalStatus(
    { consent: category?.consent ?? 'always' },
    { announced: true, consentGiven: body.consent !== undefined },
  )
  mustLead(card, 'checkIn', to)
  return moved(card, to, category, {
    arrivedAt: at,
    ...(to === 'admitted' ? { admittedAt: at } : asksHost(card)),
    ...(pass === null ? {} : { passNumber: pass }),
    ...(body.document === undefined ? {} : { documentChecked: true }),
    ...(body.partySize === undefined ? {} : { partySize: body.partySize }),
    ...(body.plate === undefined ? {} : { plate: body.plate }),
  })
}

const asksHost = (card: VisitCard): Partial<VisitCard> => ({
  askedName: card.hostName,
  askedKind: card.hostId === null ? 'post' : 'person',
  askedId: card.hostId ?? 'desk',
})

export interface AnswerBody {
  readonly answer: 'receive' | 'wait' | 'delegate' | 'decline'
  readonly minutes?: number | undefined
}

export function answered(
  card: VisitCard,
  body: AnswerBody,
  category: CategoryOption | undefined,
  at: number,
): VisitCard {
  // Whoever comes instead is asked and told by the server.
  if (body.answer === 'delegate') throw new ApiProblem({ code: 'network.unreachable', status: 0 })
  const to = body.answer === 'decline' ? 'declined' : 'admitted'
  mustLead(card, body.answer, to)
  const iso = new Date(at).toISOString()
  if (to === 'declined') return moved(card, to, category)
  return moved(card, to, category, {
    admittedAt: card.admittedAt ?? iso,
    ...(body.answer === 'wait'
      ? { hostReadyAt: new Date(at + (body.minutes ?? 0) * 60_000).toISOString() }
      : {}),
  })
}

export function withDocument(card: VisitCard, category: CategoryOption | undefined): VisitCard {
  mustLead(card, 'checkDocument', card.status)
  return moved(card, card.status, category, { documentChecked: true })
}

export function withPass(card: VisitCard, category: CategoryOption | undefined, number: string): VisitCard {
  mustLead(card, 'issuePass', card.status)
  return moved(card, card.status, category, { passNumber: number })
}

export function met(card: VisitCard, category: CategoryOption | undefined, at: string): VisitCard {
  mustLead(card, 'meet', 'with_host')
  if (card.outstanding.length > 0) throw refusal('visit.requirements-missing', { missing: card.outstanding })
  return moved(card, 'with_host', category, { metAt: at })
}

export function signed(card: VisitCard, category: CategoryOption | undefined, at: string): VisitCard {
  mustLead(card, 'sign', 'signed_off')
  return moved(card, 'signed_off', category, { signedAt: at })
}

/** V10: unsigned where a signature is due, the host's word is needed here as there. */
export function released(
  card: VisitCard,
  body: { readonly hostConfirmed?: unknown },
  category: CategoryOption | undefined,
  at: string,
): VisitCard {
  mustLead(card, 'release', 'left')
  const decision = releaseDecision(
    { signOff: category?.signOff ?? false },
    { status: card.status, hostConfirmed: body.hostConfirmed !== undefined },
  )
  if (decision.kind === 'ask-host')
    throw refusal('visit.host-must-confirm', { hostName: card.receiverName || card.hostName })
  return moved(card, 'left', category, { leftAt: at, lateSignature: decision.lateSignature })
}

export function ended(
  card: VisitCard,
  command: 'refuse' | 'cancel',
  category: CategoryOption | undefined,
): VisitCard {
  const to = command === 'refuse' ? 'refused' : 'cancelled'
  mustLead(card, command, to)
  return moved(card, to, category, command === 'refuse' ? { passNumber: null } : {})
}
