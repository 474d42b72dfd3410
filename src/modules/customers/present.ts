/** PURE: rows → what the interface gets. Numbers are masked everywhere; what somebody may do travels as `can`. */
import type { z } from 'zod'
import { maskNumber } from '../../kernel/telephone/mask.ts'
import type { CompanyRow, MemberRow } from './companies/store.ts'
import type { contactCard as contactShape } from './contacts/contract.ts'
import type { ContactRow } from './contacts/store.ts'
import type {
  contactRow as contactRowShape,
  customerRow as customerRowShape,
  customerCard as customerShape,
  phone as phoneShape,
  transferShape,
} from './contract.ts'
import type { Lens } from './house.ts'
import type { MergeRow } from './merges/store.ts'
import type { OwnershipRow, TransferRow } from './ownership/store.ts'
import type { StoredPhone } from './phones/store.ts'
import { mayClaim, mayEdit, type Subject, seesInFull, transferCan } from './policy.ts'
import type { PromiseRow } from './promises/store.ts'
import { isLocked } from './rules.ts'

export type CustomerRowAnswer = z.input<typeof customerRowShape>
export type CustomerAnswer = z.input<typeof customerShape>
export type ContactRowAnswer = z.input<typeof contactRowShape>
export type ContactAnswer = z.input<typeof contactShape>
export type TransferAnswer = z.input<typeof transferShape>

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export function customerNumber(number: number): string {
  return `K${String(number).padStart(6, '0')}`
}

/** 王芳 → 王**, Deborah Horton → D**: who it may be, for somebody whose business it is not (G5). */
function maskName(name: string): string {
  return name.includes('****') ? name : `${[...name][0] ?? ''}**`
}

export function maskEmail(email: string | null): string {
  if (email === null || email === '') return ''
  const [name = '', host = ''] = email.split('@')
  return `${name.slice(0, 1)}***@${host}`
}

function presentPhone(phone: StoredPhone): z.input<typeof phoneShape> {
  const { id, kind, extension, label } = phone
  return { id, number: maskNumber(phone.number), kind, extension, label }
}

function ownerOf(row: CompanyRow, lens: Lens): CustomerRowAnswer['owner'] {
  if (row.ownerId === null) return null
  return {
    id: row.ownerId,
    name: row.ownerName ?? '',
    extension: row.ownerExtension ?? '',
    departmentName: row.ownerDepartment ?? '',
    active: row.ownerActive ?? false,
    since: iso(row.ownerSince),
    lockedUntil: row.lockedUntil,
    locked: isLocked(row.lockedUntil, lens.today),
  }
}

export function presentCompanyRow(row: CompanyRow, lens: Lens): CustomerRowAnswer {
  return {
    id: row.id,
    number: customerNumber(row.number),
    name: row.name,
    shortName: row.shortName,
    grade: row.grade,
    industry: row.industry,
    tags: [...row.tags],
    owner: ownerOf(row, lens),
    contacts: row.contacts,
    phoneMasked: row.firstPhone === null ? '' : maskNumber(row.firstPhone),
    lastSeenAt: iso(row.lastSeenAt),
    active: row.active,
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
  }
}

export interface CompanyParts {
  readonly phones: readonly StoredPhone[]
  readonly people: readonly ContactRow[]
  readonly team: readonly MemberRow[]
  readonly ownerships: readonly OwnershipRow[]
  readonly transfer: TransferRow | undefined
  readonly promises: readonly PromiseRow[]
  readonly merges: readonly MergeRow[]
}

export function presentCompany(row: CompanyRow, parts: CompanyParts, lens: Lens): CustomerAnswer {
  const { viewer } = lens
  const full = seesInFull(viewer, row)
  const transfer = parts.transfer === undefined ? null : presentTransfer(parts.transfer, lens)
  const ownerActive = row.ownerActive ?? false
  const claim = mayClaim(viewer, { ...row, ownerActive }, lens.today, lens.rules.afterLock === 'open')
  return {
    ...presentCompanyRow(row, lens),
    address: full ? row.address : '',
    website: row.website,
    note: full ? row.note : '',
    phones: parts.phones.map(presentPhone),
    people: parts.people.map((one) => presentContactRow(one, lens)),
    team: parts.team.map(presentMember),
    ownerships: full
      ? parts.ownerships.map((one) => ({
          ownerName: one.ownerName,
          since: one.since.toISOString(),
          until: iso(one.until),
          reason: one.reason,
          by: one.byName,
        }))
      : [],
    transfer,
    promises: full ? parts.promises.map(presentPromise) : [],
    merges: full ? parts.merges.map((one) => presentMerge(one, lens)) : [],
    createdAt: row.createdAt.toISOString(),
    concealed: !full,
    can: {
      edit: mayEdit(viewer, row),
      reveal: full && viewer.reveals,
      claim,
      ask:
        viewer.writes &&
        viewer.employeeId !== null &&
        row.active &&
        row.ownerId !== null &&
        row.ownerId !== viewer.employeeId &&
        !claim &&
        transfer === null,
      assign: viewer.assigns,
      merge: viewer.merges,
      remark: viewer.writes && full,
    },
  }
}

function presentMember(one: MemberRow) {
  return { id: one.id, name: one.name, extension: one.extension ?? '', duty: one.duty, active: one.active }
}

/** A contact is seen as its company is, and besides by those whose visitor or caller it was. */
export function subjectOfContact(row: ContactRow): Subject {
  return { ownerId: row.ownerId, concerns: row.concerns }
}

export function presentContactRow(row: ContactRow, lens: Lens): ContactRowAnswer {
  const full = seesInFull(lens.viewer, subjectOfContact(row))
  return {
    id: row.id,
    name: full ? row.name : maskName(row.name),
    title: row.title,
    sex: row.sex,
    customerId: row.customerId,
    customerName: row.customerName ?? row.organisation,
    vip: row.vip,
    grade: row.grade ?? 'normal',
    tags: full ? [...row.tags] : [],
    phoneMasked: row.firstPhone === null ? '' : maskNumber(row.firstPhone),
    lastSeenAt: full ? iso(row.lastSeenAt) : null,
    active: row.active,
    version: row.version,
  }
}

export interface ContactParts {
  readonly phones: readonly StoredPhone[]
  readonly company: CompanyRow | undefined
  readonly team: readonly MemberRow[]
  readonly promises: readonly PromiseRow[]
  readonly merges: readonly MergeRow[]
}

export function presentContact(row: ContactRow, parts: ContactParts, lens: Lens): ContactAnswer {
  const { viewer } = lens
  const full = seesInFull(viewer, subjectOfContact(row))
  return {
    ...presentContactRow(row, lens),
    email: full ? maskEmail(row.email) : '',
    language: row.language,
    dialect: row.dialect,
    note: full ? row.note : '',
    organisation: row.organisation,
    origin: row.origin,
    phones: parts.phones.map(presentPhone),
    owner: parts.company === undefined ? null : ownerOf(parts.company, lens),
    team: parts.team.map(presentMember),
    promises: full ? parts.promises.map(presentPromise) : [],
    merges: full ? parts.merges.map((one) => presentMerge(one, lens)) : [],
    createdAt: row.createdAt.toISOString(),
    concealed: !full,
    can: {
      edit: mayEdit(viewer, subjectOfContact(row)),
      reveal: full && viewer.reveals,
      merge: viewer.merges,
      remark: viewer.writes && full,
    },
  }
}

function presentPromise(row: PromiseRow) {
  return {
    id: row.id,
    kind: row.kind,
    facts: row.facts,
    ownerName: row.ownerName,
    ownerPost: row.ownerPost,
    dueAt: row.dueAt.toISOString(),
  }
}

export function presentMerge(row: MergeRow, lens: Lens) {
  return {
    id: row.id,
    name: row.mergedName,
    at: row.at.toISOString(),
    by: row.byName,
    can: { undo: lens.viewer.merges && row.undoneAt === null },
  }
}

export function presentTransfer(row: TransferRow, lens: Lens): TransferAnswer {
  return {
    id: row.id,
    customerId: row.customerId,
    customerName: row.customerName,
    status: row.status,
    fromId: row.fromId,
    fromName: row.fromName,
    toId: row.toId,
    toName: row.toName,
    reason: row.reason,
    lockUntil: row.lockUntil,
    askedAt: row.askedAt.toISOString(),
    askedBy: row.askedByName,
    decidedAt: iso(row.decidedAt),
    decidedBy: row.decidedByName,
    answer: row.answer,
    version: row.version,
    can: transferCan(lens.viewer, row, lens.now, lens.rules.undoMinutes),
  }
}
