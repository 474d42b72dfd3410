/** PURE: what a form about a visit holds, what it still lacks, and what is sent. Shared by desk, gate and phone. */
import type { VisitCard, VisitDetail } from '../card/contract.ts'
import type { CategoryOption } from './options.ts'
import type { KnownVisitor } from './queries.ts'

export interface VisitDraft {
  /** UUIDv7, one a draft: sending twice registers once. */
  id: string
  visitorId: string
  visitorName: string
  organisation: string
  phone: string
  /** The known person's number, which the browser does not get in full (G5). */
  phoneMasked: string
  partySize: number | null
  /** One name a line. */
  companions: string
  purpose: string
  kind: string
  category: string
  /** What exactly within the kind (V6). */
  topic: string
  hostId: string
  hostName: string
  /** Department and extension, shown under the name. */
  hostPlace: string
  plate: string
  /** Stated: another country's or another kind of plate (V19). */
  plateForeign: boolean
  note: string
}

export const emptyDraft: VisitDraft = {
  id: '',
  visitorId: '',
  visitorName: '',
  organisation: '',
  phone: '',
  phoneMasked: '',
  partySize: 1,
  companions: '',
  purpose: '',
  kind: '',
  category: '',
  topic: '',
  hostId: '',
  hostName: '',
  hostPlace: '',
  plate: '',
  plateForeign: false,
  note: '',
}

/** A returning visitor fills in everything known of the last time (ui.md §3). */
export function fromKnown(known: KnownVisitor): Partial<VisitDraft> {
  return {
    visitorId: known.id,
    visitorName: known.name,
    organisation: known.organisation,
    phone: '',
    phoneMasked: known.phoneMasked,
    plate: known.plate,
    ...(known.lastKind ? { kind: known.lastKind, category: '', topic: '' } : {}),
    purpose: known.lastPurpose,
    hostId: known.lastHostId ?? '',
    hostName: known.lastHostName,
    hostPlace: '',
  }
}

export function fromDetail(visit: VisitDetail): VisitDraft {
  return {
    ...emptyDraft,
    id: visit.id,
    visitorId: visit.visitorId,
    visitorName: visit.visitorName,
    organisation: visit.organisation,
    phoneMasked: visit.phoneMasked,
    partySize: visit.partySize,
    companions: visit.companions.join('\n'),
    purpose: visit.purpose,
    kind: visit.kind,
    category: visit.category,
    topic: visit.topic,
    hostId: visit.hostId ?? '',
    hostName: visit.hostName,
    hostPlace: hostPlaceOf(visit),
    plate: visit.plate,
    note: visit.note,
  }
}

export function hostPlaceOf(visit: Pick<VisitCard, 'hostDepartment' | 'hostExtension'>): string {
  return [visit.hostDepartment, visit.hostExtension].filter(Boolean).join(' · ')
}

function companionsOf(text: string): string[] {
  return text
    .split(/[\n,,、;;]/)
    .map((name) => name.trim())
    .filter(Boolean)
}

export type RequiredName =
  | 'visitorName'
  | 'kind'
  | 'organisation'
  | 'phone'
  | 'purpose'
  | 'hostName'
  | 'plate'

/**
 * What the category wants filled in, under the names of the form; a stranger answers the three questions (V4). Where the
 * table knows whom to ask, nobody has to know a name (V6).
 */
export function requiredOf(
  category: CategoryOption | undefined,
  stranger = false,
  free = false,
): ReadonlySet<RequiredName> {
  const names = (category?.required ?? [])
    .filter((field) => !(free && field === 'host'))
    .map((field): RequiredName => (field === 'host' ? 'hostName' : field))
  return new Set<RequiredName>([
    'visitorName',
    'kind',
    ...(stranger ? (['organisation', 'purpose'] as const) : []),
    ...names,
  ])
}

export function missingOf(
  draft: VisitDraft,
  category: CategoryOption | undefined,
  stranger = false,
  free = false,
): RequiredName[] {
  return [...requiredOf(category, stranger, free)].filter((name) => {
    if (name === 'phone' && draft.phoneMasked) return false
    return draft[name].trim() === ''
  })
}

/** The body's part that every route about a visit shares. */
export function detailsOf(draft: VisitDraft) {
  const companions = companionsOf(draft.companions)
  return {
    visitorName: draft.visitorName.trim(),
    organisation: draft.organisation.trim(),
    phone: draft.phone.trim(),
    partySize: Math.max(draft.partySize ?? 1, companions.length + 1),
    companions,
    purpose: draft.purpose.trim(),
    kind: draft.kind,
    ...(draft.category ? { category: draft.category } : {}),
    topic: draft.topic,
    hostId: draft.hostId || null,
    hostName: draft.hostId ? '' : draft.hostName.trim(),
    plate: draft.plate.trim(),
    ...(draft.plate.trim() && draft.plateForeign ? { plateForeign: true } : {}),
    note: draft.note.trim(),
    ...(draft.visitorId ? { visitorId: draft.visitorId } : {}),
  }
}
