/** The acts a card offers: only what `can` allows, the next sensible one first. Shared by desk, gate and phone. */
import type { IconName } from '../../../ui-kit/icon.tsx'
import type { VisitCard } from '../card/contract.ts'

export const actNames = [
  'checkIn',
  'receive',
  'wait',
  'delegate',
  'decline',
  'redirect',
  'checkDocument',
  'signAgreement',
  'settleArea',
  'issuePass',
  'nameEscort',
  'meet',
  'remind',
  'sign',
  'release',
  'signLate',
  'print',
  'edit',
  'refuse',
  'cancel',
  'noShow',
  'undo',
] as const
export type ActName = (typeof actNames)[number]

interface Act {
  readonly icon: IconName
  /** Key at the desk; letters of acts to come (calls, messages, parcels, complaints, handover) are left free. */
  readonly key?: string
  /** Asks something first, so it opens its form in the panel. */
  readonly asks: boolean
}

export const acts: Readonly<Record<ActName, Act>> = {
  checkIn: { icon: 'door', key: 'i', asks: false },
  receive: { icon: 'checkCircle', key: 'e', asks: false },
  wait: { icon: 'clock', key: 'w', asks: true },
  delegate: { icon: 'swap', asks: true },
  decline: { icon: 'close', asks: true },
  redirect: { icon: 'arrowRight', key: 'n', asks: false },
  checkDocument: { icon: 'shield', key: 'd', asks: true },
  signAgreement: { icon: 'signature', asks: true },
  settleArea: { icon: 'door', asks: true },
  nameEscort: { icon: 'group', key: 'y', asks: true },
  issuePass: { icon: 'pass', key: 'g', asks: false },
  meet: { icon: 'user', key: 't', asks: false },
  remind: { icon: 'bell', key: 'r', asks: false },
  sign: { icon: 'signature', asks: false },
  release: { icon: 'signOut', key: 'x', asks: false },
  signLate: { icon: 'signature', asks: false },
  print: { icon: 'print', key: 'l', asks: false },
  edit: { icon: 'edit', key: 'b', asks: true },
  refuse: { icon: 'shield', asks: true },
  cancel: { icon: 'close', asks: true },
  noShow: { icon: 'minus', asks: false },
  undo: { icon: 'back', key: 'z', asks: false },
}

/** Handover waits for the requirements: the server would refuse it, so it is not offered (V2, V8). */
export function offers(card: VisitCard, name: ActName): boolean {
  if (name === 'meet' && card.outstanding.length > 0) return false
  return card.can[name] === true
}

export function actsOf(card: VisitCard): ActName[] {
  return actNames.filter((name) => offers(card, name))
}

/** Key of the act's word: at the end of the cascade there is no next one, somebody has to be named. */
export function actKey(card: VisitCard, name: ActName): string {
  return name === 'redirect' && nobodyAnswered(card) ? 'visit.act.askOther' : `visit.act.${name}`
}

/** What the visit waits for: the one prominent button. */
export function nextAct(card: VisitCard): ActName | null {
  const wanted: Partial<Record<VisitCard['status'], readonly ActName[]>> = {
    expected: ['checkIn'],
    no_show: ['checkIn'],
    asking: nobodyAnswered(card) ? ['redirect', 'receive'] : ['receive'],
    admitted: [...card.outstanding.map((one) => settles[one]), 'meet'],
    with_host: ['sign', 'release'],
    signed_off: ['release'],
    left: ['signLate'],
  }
  return wanted[card.status]?.find((name) => offers(card, name)) ?? null
}

/** Which act settles a requirement. */
export const settles = {
  document: 'checkDocument',
  agreement: 'signAgreement',
  pass: 'issuePass',
  approval: 'settleArea',
  escort: 'nameEscort',
} as const satisfies Record<VisitCard['outstanding'][number], ActName>

/** The few a card shows besides the first; the panel offers all. */
export function sideActs(card: VisitCard): ActName[] {
  const shown: Partial<Record<VisitCard['status'], readonly ActName[]>> = {
    asking: ['receive', 'wait', 'redirect'],
    admitted: ['remind', 'print'],
    with_host: ['release'],
    signed_off: ['print'],
  }
  const first = nextAct(card)
  return (shown[card.status] ?? []).filter((name) => name !== first && offers(card, name))
}

/** Release needs a word from the host first: nobody signed, though a signature is due (V10). */
export function releaseAsks(card: VisitCard, signOffDue: boolean): boolean {
  return signOffDue && card.status !== 'signed_off'
}

/** V13: who had to be walked along is asked for at the exit; the server says so by who may name an escort. */
export function escortDue(card: VisitCard): boolean {
  return card.can.nameEscort === true
}

/** The cascade has come to its end: the desk decides whom to ask (V5). */
export function nobodyAnswered(card: VisitCard): boolean {
  return (
    card.status === 'asking' &&
    (card.askedKind === null || (card.askedKind === 'post' && card.askedId === 'desk'))
  )
}
