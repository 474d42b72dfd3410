/** PURE: row → what the interface gets. Decisions travel as `can`; the interface never recomputes them. */

import { maskNumber } from '../../kernel/telephone/mask.ts'
import type { VisitCard } from './card/contract.ts'
import { maySee, permitted, type Viewer } from './policy.ts'
import { outstanding } from './rules.ts'
import type { Category } from './settings.ts'
import type { VisitRow } from './store.ts'

export interface Lens {
  readonly viewer: Viewer
  readonly now: Date
  readonly undoMinutes: number
  readonly categories: ReadonlyMap<string, Category>
  /** Row → its courteous words, where it turns away with words of its own (V6). */
  readonly turnsAway: ReadonlyMap<string, { readonly zh: string; readonly en: string }>
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export function visitNumber(number: number): string {
  return `V${String(number).padStart(6, '0')}`
}

/** Text lists are stored as jsonb; a row from elsewhere that holds something else counts as empty. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

export function bilingual(value: unknown): { zh: string; en: string } {
  if (typeof value !== 'object' || value === null) return { zh: '', en: '' }
  const zh = 'zh' in value && typeof value.zh === 'string' ? value.zh : ''
  const en = 'en' in value && typeof value.en === 'string' ? value.en : ''
  return { zh, en }
}

/** What the category still wants, while the visitor is inside; nothing once the visit is over. */
export function stillOutstanding(row: VisitRow, category: Category | undefined) {
  if (category === undefined || !['admitted', 'with_host'].includes(row.status)) return []
  return outstanding(category, {
    documentChecked: row.document_checked_at !== null,
    passNumber: row.pass_number,
    escortId: row.escort_id,
    agreementsDue: row.agreements_due,
    approvalsDue: row.approvals_due,
    escortDue: row.escort_due,
  })
}

/** V13: until the exit; named, it may be handed over. */
export function wantsEscort(row: VisitRow, category: Category | undefined): boolean {
  const due = row.escort_due || row.escort_id !== null || (category?.escort ?? false)
  return due && ['expected', 'held', 'asking', 'admitted', 'with_host', 'signed_off'].includes(row.status)
}

export function presentCard(row: VisitRow, lens: Lens): VisitCard {
  const category = lens.categories.get(row.category)
  const can: VisitCard['can'] = { ...permitted(lens.viewer, row, lens.now, lens.undoMinutes) }
  if (lens.viewer.atDesk) can.print = true
  if (lens.viewer.atDesk && row.agreements_due > 0) can.signAgreement = true
  if (lens.viewer.atDesk && row.approvals_due > 0) can.settleArea = true
  if (lens.viewer.atDesk && wantsEscort(row, category)) can.nameEscort = true
  if (lens.viewer.atDesk && (row.status === 'admitted' || row.status === 'asking')) can.remind = true
  if (row.phone !== '' && maySee(lens.viewer, row)) can.reveal = true
  const say = row.status === 'declined' && row.route !== '' ? lens.turnsAway.get(row.route) : undefined
  return {
    id: row.id,
    number: visitNumber(row.number),
    status: row.status,
    version: row.version,
    category: row.category,
    important: category?.important ?? false,
    kind: row.kind,
    visitorId: row.visitor_id,
    visitorName: row.visitor_name,
    organisation: row.organisation,
    phoneMasked: row.phone === '' ? '' : maskNumber(row.phone),
    partySize: row.party_size,
    purpose: row.purpose,
    hostId: row.host_id,
    hostName: row.host_name,
    hostDepartment: row.host_department,
    hostExtension: row.host_extension,
    receiverId: row.receiver_id,
    receiverName: row.receiver_name,
    askedName: row.asked_name,
    askedKind: row.asked_kind,
    askedId: row.asked_id,
    askedExtension: row.asked_extension,
    askDueAt: iso(row.ask_due_at),
    hostReadyAt: iso(row.host_ready_at),
    expectedAt: iso(row.expected_at),
    arrivedAt: iso(row.arrived_at),
    admittedAt: iso(row.admitted_at),
    metAt: iso(row.met_at),
    signedAt: iso(row.signed_at),
    leftAt: iso(row.left_at),
    validUntil: iso(row.valid_until),
    waitingPlace: bilingual(row.waiting_place),
    areas: texts(row.areas),
    passNumber: row.pass_number,
    documentChecked: row.document_checked_at !== null,
    lateSignature: row.late_signature,
    plate: row.plate,
    groupTitle: row.group_title,
    ...(say === undefined ? {} : { say }),
    outstanding: stillOutstanding(row, category),
    can,
  }
}
