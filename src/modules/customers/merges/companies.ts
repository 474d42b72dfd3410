/** Two companies into one, and back. */
import type { Work } from '../../../kernel/work/command.ts'
import { type CompanyPatch, companyFields, companyInput, storedCompany } from '../companies/company.ts'
import { type CompanyRow, touchCompany, updateCompany } from '../companies/store.ts'
import type { Lens } from '../house.ts'
import { giveTo, release } from '../ownership/give.ts'
import { type Choice, chosen, putBack, side } from './fields.ts'
import type { MovedCustomer } from './moved.ts'
import * as store from './store.ts'

const texts = companyFields.filter((key) => key !== 'tags')
type Choices = Readonly<Partial<Record<string, Choice>>>

const fieldsOf = (row: CompanyRow): Readonly<Record<string, unknown>> => ({ ...row })

/** Both rows are locked. @returns what undo needs */
export async function mergeCompanies(
  work: Work,
  lens: Lens,
  kept: CompanyRow,
  merged: CompanyRow,
  choices: Choices,
): Promise<MovedCustomer> {
  const fields = chosen(texts, fieldsOf(kept), fieldsOf(merged), choices)
  const id = (row: { id: string }) => row.id
  const [phones, contacts, remarks, team] = await Promise.all([
    work.all(store.movePhones('customer', merged.id, kept.id)),
    work.all(store.moveContacts(merged.id, kept.id)),
    work.all(store.moveRemarks('customer', merged.id, kept.id)),
    work.all(store.moveTeam(merged.id, kept.id)),
  ])
  work.write(store.setMergedInto('customer', merged.id, kept.id, work.now))
  work.cancelTasks({ entity: 'customer', id: merged.id }, ['customer.lock-ending'], 'merged')
  const patch: CompanyPatch = side(fields, 'is')
  work.write(updateCompany(storedCompany(kept.id, companyInput(kept, patch)), work.now))
  const owner = takesOwner(kept, merged, choices) ? { was: handOf(kept), is: handOf(merged) } : null
  if (owner !== null) {
    const now = { ...kept, version: kept.version + 1 }
    if (merged.ownerId === null) release(work, now, '')
    else
      giveTo(work, lens, now, {
        employeeId: merged.ownerId,
        name: merged.ownerName ?? '',
        reason: '',
        action: 'customer.assigned',
        lockedUntil: merged.lockedUntil,
        since: merged.ownerSince,
      })
  }
  return {
    fields,
    owner,
    phones: phones.map(id),
    contacts: contacts.map(id),
    remarks: remarks.map(id),
    team: team.map(id),
  }
}

function takesOwner(kept: CompanyRow, merged: CompanyRow, choices: Choices): boolean {
  if (kept.ownerId === merged.ownerId) return false
  return choices.owner === undefined
    ? kept.ownerId === null && merged.ownerId !== null
    : choices.owner === 'merged'
}

function handOf(row: CompanyRow): NonNullable<MovedCustomer['owner']>['was'] {
  return row.ownerId === null || row.ownerSince === null
    ? null
    : {
        id: row.ownerId,
        name: row.ownerName ?? '',
        since: row.ownerSince.toISOString(),
        lockedUntil: row.lockedUntil,
      }
}

export function unmergeCompanies(
  work: Work,
  lens: Lens,
  kept: CompanyRow,
  mergedId: string,
  moved: MovedCustomer,
): void {
  work.write(store.setMergedInto('customer', mergedId, null, work.now))
  work.write(store.movePhonesBack('customer', moved.phones, kept.id, mergedId))
  work.write(store.moveContactsBack(moved.contacts, kept.id, mergedId))
  work.write(store.moveRemarksBack('customer', moved.remarks, kept.id, mergedId))
  work.write(store.dropTeam(kept.id, moved.team))
  const patch: CompanyPatch = putBack(moved.fields, fieldsOf(kept))
  if (Object.keys(patch).length > 0)
    work.write(updateCompany(storedCompany(kept.id, companyInput(kept, patch)), work.now))
  else work.write(touchCompany(kept.id, work.now))
  if (moved.owner === null || kept.ownerId !== (moved.owner.is?.id ?? null)) return
  const now = { ...kept, version: kept.version + 1 }
  const { was } = moved.owner
  if (was === null) release(work, now, '')
  else
    giveTo(work, lens, now, {
      employeeId: was.id,
      name: was.name,
      reason: '',
      action: 'customer.assigned',
      lockedUntil: was.lockedUntil,
      since: new Date(was.since),
    })
}
