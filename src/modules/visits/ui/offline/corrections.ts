/** PURE: how an entry the server refused can still be put on record, where the rules allow it (G4). */
import { v7 } from 'uuid'
import type { Correction, Entry } from '../../../../ui-kit/offline/part.ts'
import type { VisitCard } from '../../card/contract.ts'
import { visits } from '../../contract.ts'
import { stay } from '../../stay/contract.ts'
import type { Registration } from './new-card.ts'

const cardOf = (value: unknown) => value as VisitCard | null
const bodyOf = (entry: Entry) => (entry.parts.body ?? {}) as Record<string, unknown>

export function corrections(entry: Entry, theirs: unknown): readonly Correction[] {
  const code = entry.refusal?.code ?? ''
  switch (entry.route) {
    case visits.register.id:
      return ofRegistration(entry, code)
    case visits.checkIn.id:
      return ofCheckIn(entry, code, cardOf(theirs))
    case stay.issuePass.id:
      return code === 'pass.not-free' || code === 'pass.none-left'
        ? [{ key: 'anyPass', route: stay.issuePass, parts: { ...entry.parts, body: {} } }]
        : []
    case stay.release.id:
      return code === 'visit.host-must-confirm'
        ? [{ key: 'hostSaid', route: stay.release, asks: 'name', parts: entry.parts }]
        : []
    case stay.checkDocument.id:
      return code === 'visit.document-invalid' || code === 'input.invalid'
        ? [{ key: 'withoutDocument', route: stay.checkDocument, parts: withBody(entry, { number: '' }) }]
        : []
    default:
      return []
  }
}

const withBody = (entry: Entry, patch: Record<string, unknown>) => ({
  ...entry.parts,
  body: { ...bodyOf(entry), ...patch },
})

function without(entry: Entry, ...names: readonly string[]) {
  const body = Object.fromEntries(Object.entries(bodyOf(entry)).filter(([name]) => !names.includes(name)))
  return { ...entry.parts, body }
}

function ofRegistration(entry: Entry, code: string): Correction[] {
  const route = visits.register
  switch (code) {
    case 'pass.not-free':
    case 'pass.none-left':
      return [{ key: 'withoutPass', route, parts: without(entry, 'issuePass', 'passNumber') }]
    case 'visit.host-unknown': {
      const card = cardOf(entry.after)
      const named = { ...without(entry, 'consent').body, hostId: null, hostName: card?.hostName ?? '' }
      return [{ key: 'hostByName', route, parts: { body: named } }]
    }
    case 'visit.refused-by-default':
      return [{ key: 'despite', route, asks: 'reason', parts: entry.parts }]
    case 'visit.document-invalid':
    case 'input.invalid':
      return bodyOf(entry)['document'] === undefined
        ? []
        : [{ key: 'withoutDocument', route, parts: without(entry, 'document') }]
    case 'entity.exists':
      return [{ key: 'asAnother', route, ...another(entry) }]
    default:
      return []
  }
}

function another(entry: Entry): Pick<Correction, 'parts' | 'moves'> {
  const id = v7()
  return { parts: withBody(entry, { id }), moves: id }
}

/** Announced, and called off or refused before the news came here: whoever is inside has to be on the list all the same. */
function ofCheckIn(entry: Entry, code: string, theirs: VisitCard | null): Correction[] {
  if (code === 'pass.not-free' || code === 'pass.none-left') {
    return [{ key: 'withoutPass', route: visits.checkIn, parts: without(entry, 'issuePass', 'passNumber') }]
  }
  if (code === 'visit.document-invalid')
    return [{ key: 'withoutDocument', route: visits.checkIn, parts: without(entry, 'document') }]
  const card = cardOf(entry.after) ?? theirs
  if (card === null || (code !== 'transition.refused' && code !== 'entity.not-found')) return []
  const id = v7()
  const body: Registration = {
    id,
    visitorName: card.visitorName,
    organisation: card.organisation,
    partySize: card.partySize,
    purpose: card.purpose,
    kind: card.kind,
    category: card.category,
    hostId: card.hostId,
    hostName: card.hostId === null ? card.hostName : '',
    plate: card.plate,
    ...(theirs?.visitorId ? { visitorId: theirs.visitorId } : {}),
    ...(card.passNumber === null ? {} : { issuePass: true, passNumber: card.passNumber }),
    ...pick(bodyOf(entry), ['consent', 'document']),
  }
  return [{ key: 'asWalkIn', route: visits.register, parts: { body }, moves: id }]
}

const pick = (from: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))
