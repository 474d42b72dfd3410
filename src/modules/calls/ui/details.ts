/** PURE: what is taken down during the call, and how two who write at once come together. */
import type { CallDetail } from '../card/contract.ts'
import type { Question } from '../routing/rules.ts'

/** The fields of the form; `contactPhone` is what was typed anew, the stored one stays masked (G5). */
export interface Details {
  readonly organisation: string
  readonly contactName: string
  readonly reason: string
  readonly contactPhone: string
  readonly wantedId: string
  readonly wantedName: string
  readonly contactId: string
  readonly customerId: string
}

export function detailsOf(call: CallDetail): Details {
  return {
    organisation: call.organisation,
    contactName: call.contactName,
    reason: call.reason,
    contactPhone: '',
    wantedId: call.wantedId ?? '',
    wantedName: call.wantedName,
    contactId: call.contactId ?? '',
    customerId: call.customerId ?? '',
  }
}

/** Not yet sent: only the touched fields, each with what the record said when it was touched. */
export interface Typed {
  readonly typed: Partial<Details>
  readonly base: Partial<Details>
}

export const nothingTyped: Typed = { typed: {}, base: {} }

export function type(before: Typed, record: Details, part: Partial<Details>): Typed {
  const base = Object.fromEntries(
    names.filter((name) => name in part).map((name) => [name, before.base[name] ?? record[name]]),
  )
  return { typed: { ...before.typed, ...part }, base: { ...before.base, ...base } }
}

export type DetailName = keyof Details
const names: readonly DetailName[] = [
  'organisation',
  'contactName',
  'reason',
  'contactPhone',
  'wantedId',
  'wantedName',
  'contactId',
  'customerId',
]

/** Touched and different from the record as it is now. */
export function changed({ typed }: Typed, record: Details): DetailName[] {
  return names.filter((name) => typed[name] !== undefined && typed[name].trim() !== record[name].trim())
}

/** Fields that somebody else has changed to something else since they were touched here. */
export function conflicts(draft: Typed, record: Details): DetailName[] {
  return changed(draft, record).filter((name) => record[name] !== draft.base[name] && name !== 'wantedName')
}

/** Body of the edit: only what was touched, so that another's field is not overwritten. */
export function patchOf({ typed }: Typed, of: readonly DetailName[]) {
  const has = (name: DetailName) => of.includes(name)
  const id = (value: string | undefined) => value || null
  return {
    ...(has('organisation') ? { organisation: (typed.organisation ?? '').trim() } : {}),
    ...(has('contactName') ? { contactName: (typed.contactName ?? '').trim() } : {}),
    ...(has('reason') ? { reason: (typed.reason ?? '').trim() } : {}),
    ...(has('contactPhone') ? { contactPhone: (typed.contactPhone ?? '').trim() } : {}),
    ...(has('wantedId') ? { wantedId: id(typed.wantedId) } : {}),
    ...(has('contactId') ? { contactId: id(typed.contactId) } : {}),
    ...(has('customerId') ? { customerId: id(typed.customerId) } : {}),
  }
}

/** Which field answers a question of the route (C8, C9). */
export const fieldOf = {
  organisation: 'organisation',
  name: 'contactName',
  reason: 'reason',
  phone: 'contactPhone',
} as const satisfies Record<Question, DetailName>
