/** PURE: a visitor registered without a server, as a card like any other. */
import type { RouteCall } from '../../../../kernel/contract.ts'
import type { Local } from '../../../../ui-kit/offline/part.ts'
import type { VisitCard, VisitDetail } from '../../card/contract.ts'
import type { visits } from '../../contract.ts'
import { arrivalStatus } from '../../rules.ts'
import { canHere, moved, refusal } from './acts.ts'
import { type Colleague, categoryIn, kept } from './day.ts'

export type Registration = RouteCall<typeof visits.register>['body']

const mask = (phone: string) => (phone.length > 7 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : phone)

/** @throws ApiProblem `visit.refused-by-default` is decided by the server as a refusal on record; here it is one, too */
export function newCard(id: string, body: Registration, pass: string | null, local: Local): VisitCard {
  const category = categoryIn(local, body.kind, body.category)
  if (!category) throw refusal('visit.kind-unknown')
  const at = new Date(local.now()).toISOString()
  const host = body.hostId
    ? local
        .snapshot<{ items: readonly Colleague[] }>(kept.directory)
        ?.items.find((one) => one.id === body.hostId)
    : undefined
  const refused = category.refuseByDefault && !body.despiteDefault
  const status = refused
    ? 'refused'
    : arrivalStatus(category, { announced: false, consentGiven: body.consent !== undefined })
  const companions = body.companions?.length ?? 0
  const blank: VisitCard = {
    id,
    // Numbers are the server's; until then it is named by its hour.
    number: '',
    status,
    version: 0,
    category: category.key,
    important: category.important,
    kind: body.kind,
    visitorId: body.visitorId ?? id,
    visitorName: body.visitorName.trim(),
    organisation: body.organisation ?? '',
    phoneMasked: mask(body.phone ?? ''),
    partySize: Math.max(body.partySize ?? 1, companions + 1),
    purpose: body.purpose ?? '',
    hostId: body.hostId ?? null,
    hostName: host?.name ?? body.hostName ?? '',
    hostDepartment: host?.departmentName ?? '',
    hostExtension: host?.extension ?? '',
    receiverId: null,
    receiverName: '',
    askedName: status === 'asking' ? (host?.name ?? '') : '',
    askedKind: status === 'asking' ? (host ? 'person' : 'post') : null,
    askedId: status === 'asking' ? (host?.id ?? 'desk') : null,
    askedExtension: host?.extension ?? '',
    askDueAt: null,
    hostReadyAt: null,
    expectedAt: null,
    arrivedAt: at,
    admittedAt: status === 'admitted' ? at : null,
    metAt: null,
    signedAt: null,
    leftAt: null,
    validUntil: new Date(local.now() + category.stayMinutes * 60_000).toISOString(),
    waitingPlace: category.waitingPlace,
    areas: [],
    passNumber: pass,
    documentChecked: body.document !== undefined,
    lateSignature: false,
    plate: (body.plate ?? '').trim().toUpperCase(),
    groupTitle: null,
    outstanding: [],
    can: canHere(status, true),
  }
  return moved(blank, status, category)
}

/** The card with what only the server could add left empty. */
export function detailOf(card: VisitCard, local: Local): VisitDetail {
  const empty: Omit<VisitDetail, keyof VisitCard> = {
    companions: [],
    note: '',
    consentHow: null,
    consentByName: '',
    declineReason: '',
    refuseReason: '',
    documentKind: null,
    documentMasked: '',
    documentChecks: [],
    escortId: null,
    escortName: '',
    passReturned: null,
    slipReturned: null,
    releaseConfirmedBy: '',
    signedByName: '',
    createdAt: card.arrivedAt ?? card.expectedAt ?? new Date(local.now()).toISOString(),
    createdByName: '',
    timeline: [],
    visitsBefore: 0,
    topic: '',
    questionsAt: null,
    route: null,
    hops: [],
  }
  return { ...empty, ...card }
}
