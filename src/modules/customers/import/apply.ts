import { newId } from '../../../kernel/ids.ts'
import type { Applied } from '../../../kernel/imports/importer.ts'
import type { Work } from '../../../kernel/work/command.ts'
import {
  addCompany,
  blankCompany,
  companyChanges,
  companyInput,
  storedCompany,
} from '../companies/company.ts'
import { setCompanyActive, updateCompany } from '../companies/store.ts'
import { addContact, blankContact, contactChanges, contactInput, storedContact } from '../contacts/contact.ts'
import { setContactActive, updateContact } from '../contacts/store.ts'
import { type Lens, lensOf } from '../house.ts'
import { giveTo } from '../ownership/give.ts'
import { addPhones, type NewPhone, phonesOf, type StoredPhone } from '../phones/store.ts'
import type { PlannedLine } from './importer.ts'
import type { Before } from './undo.ts'

interface Value {
  readonly line: number
  readonly value: PlannedLine
}
type Side = NonNullable<Before['company']>
type Phones = ReadonlyMap<string | null, StoredPhone[]>

const imported = { import: true }

/** One chunk, line by line; a company stored by an earlier line is found in the plan. */
export async function applyLines(work: Work, values: readonly Value[]): Promise<readonly Applied[]> {
  const lens = await lensOf(work.ctx, work)
  const known = await work.all(
    phonesOf(
      values.flatMap(({ value }) => value.contact?.id ?? []),
      values.flatMap(({ value }) => value.company?.id ?? []),
    ),
  )
  const phones: Phones = Map.groupBy(known, (one) => one.contactId ?? one.customerId)
  return values.map(({ value }) => applyLine(work, lens, value, phones))
}

function applyLine(work: Work, lens: Lens, one: PlannedLine, phones: Phones): Applied {
  const company = applyCompany(work, lens, one, phones)
  const companyId = one.said.company === null ? null : (one.plan.companyIds.get(one.said.company.key) ?? null)
  const contact = applyContact(work, one, companyId, phones)
  const before: Before = { company, contact }
  const entityId = contact?.id ?? one.contact?.id ?? companyId ?? ''
  const main = one.said.contact === null ? company : contact
  if (main?.created === true) return { result: 'created', entityId, before }
  return company === null && contact === null
    ? { result: 'unchanged', entityId }
    : { result: 'updated', entityId, before }
}

/** Numbers are added, never taken away: a list that does not know one is no proof against it. */
function fresh(said: readonly NewPhone[], has: readonly StoredPhone[]): NewPhone[] {
  return said
    .filter((one) => !has.some((own) => own.number === one.number && own.extension === one.extension))
    .map((one) => ({ ...one, id: newId() }))
}

const idsOf = (phones: readonly NewPhone[]) => phones.flatMap(({ id }) => id ?? [])

/** @returns what undo needs, or null when the line changed nothing of the company */
function applyCompany(work: Work, lens: Lens, one: PlannedLine, phones: Phones): Side | null {
  const { company: said } = one.said
  if (said === null || !one.speaks) return null
  const known = one.company
  const id = one.plan.companyIds.get(said.key) ?? newId()
  const gives = one.owner !== null && one.owner.id !== known?.ownerId
  const give = (version: number, ownerId: string | null) => {
    if (one.owner === null || !gives) return
    giveTo(
      work,
      lens,
      { id, name: said.name, ownerId, version },
      {
        employeeId: one.owner.id,
        name: one.owner.name,
        reason: '',
        action: 'customer.assigned',
        lockedUntil: said.lockedUntil,
      },
    )
  }
  if (known === null) {
    // Stored by a step before a crash: the plan knows it from the check.
    if (one.plan.companyIds.has(said.key)) return null
    one.plan.companyIds.set(said.key, id)
    const added = fresh(said.phones, [])
    addCompany(
      work,
      storedCompany(id, companyInput({ ...blankCompany, name: said.name }, said.patch)),
      added,
      imported,
    )
    give(1, null)
    return { id, created: true, fields: {}, reopened: false, phones: idsOf(added), version: gives ? 2 : 1 }
  }
  const stored = storedCompany(known.id, companyInput(known, said.patch))
  const { was, is, any } = companyChanges(known, stored)
  const added = fresh(said.phones, phones.get(known.id) ?? [])
  if (!any && added.length === 0 && !gives && known.active) return null
  if (added.length > 0) work.write(addPhones(work.ctx.siteId, { customerId: known.id }, added, 50))
  let { version } = known
  if (any || added.length > 0) {
    version += 1
    work.write(updateCompany(stored, work.now))
  }
  if (!known.active) {
    version += 1
    work.write(setCompanyActive(known.id, true, work.now))
  }
  if (version !== known.version)
    work.journal({
      entity: 'customer',
      entityId: known.id,
      action: 'customer.edited',
      version,
      before: known.active ? was : { ...was, active: false },
      after: known.active ? is : { ...is, active: true },
      data: { ...imported, people: known.ownerId === null ? [] : [known.ownerId] },
    })
  give(version, known.ownerId)
  return {
    id: known.id,
    created: false,
    fields: changed(was, is),
    reopened: !known.active,
    phones: idsOf(added),
    version: gives ? version + 1 : version,
  }
}

function applyContact(work: Work, one: PlannedLine, customerId: string | null, phones: Phones): Side | null {
  const { contact: said } = one.said
  if (said === null) return null
  const known = one.contact
  if (known === null) {
    const id = newId()
    const added = fresh(said.phones, [])
    const input = contactInput({ ...blankContact, name: said.name }, { ...said.patch, customerId })
    addContact(work, storedContact(id, input), added, 'import', imported)
    return { id, created: true, fields: {}, reopened: false, phones: idsOf(added), version: 1 }
  }
  const patch = { ...said.patch, ...(customerId === null ? {} : { customerId }) }
  const stored = storedContact(known.id, contactInput(known, patch))
  const { is, any } = contactChanges(known, stored)
  const added = fresh(said.phones, phones.get(known.id) ?? [])
  if (!any && added.length === 0 && known.active) return null
  if (added.length > 0) work.write(addPhones(work.ctx.siteId, { contactId: known.id }, added, 50))
  let { version } = known
  if (any || added.length > 0) {
    version += 1
    work.write(updateContact(stored, work.now))
  }
  if (!known.active) {
    version += 1
    work.write(setContactActive(known.id, true, work.now))
  }
  const { was } = contactChanges(known, stored)
  work.journal({
    entity: 'contact',
    entityId: known.id,
    action: 'contact.edited',
    version,
    before: known.active ? was : { ...was, active: false },
    after: known.active ? is : { ...is, active: true },
    data: imported,
  })
  // The values themselves, not as the journal masks them.
  const keys = Object.keys(is)
  const [before, after]: Readonly<Record<string, unknown>>[] = [{ ...known }, { ...stored }]
  return {
    id: known.id,
    created: false,
    fields: Object.fromEntries(keys.map((key) => [key, { was: before?.[key], is: after?.[key] }])),
    reopened: !known.active,
    phones: idsOf(added),
    version,
  }
}

function changed(was: Record<string, unknown>, is: Record<string, unknown>): Side['fields'] {
  return Object.fromEntries(Object.keys(is).map((key) => [key, { was: was[key], is: is[key] }]))
}
