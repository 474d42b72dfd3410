import { z } from 'zod'
import type { UndoLine } from '../../../kernel/imports/importer.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { type CompanyPatch, companyInput, lockedCompanies, storedCompany } from '../companies/company.ts'
import { type CompanyRow, setCompanyActive, updateCompany } from '../companies/store.ts'
import { type ContactPatch, contactInput, lockedContacts, storedContact } from '../contacts/contact.ts'
import { type ContactRow, setContactActive, updateContact } from '../contacts/store.ts'
import { side } from '../merges/fields.ts'
import * as store from './store.ts'

const part = z.object({
  id: z.string(),
  created: z.boolean(),
  fields: z.record(z.string(), z.object({ was: z.unknown(), is: z.unknown() })),
  /** Was closed before. */
  reopened: z.boolean(),
  phones: z.array(z.string()),
  /** Version the run left behind: another one means that somebody has worked on the record since. */
  version: z.int(),
})

/** What a line of a run needs to be taken back; null where it changed nothing. */
const before = z.object({ company: part.nullable(), contact: part.nullable() })
export type Before = z.infer<typeof before>
type Part = z.infer<typeof part>

/**
 * New records are closed, not deleted: somebody may have called meanwhile, and records stay (G4). The mended file opens
 * them again. Changed ones get back what they had; whose customer a company became stays, as a decision of its own.
 */
export async function undoLines(work: Work, lines: readonly UndoLine[]) {
  const wanted = lines.map((line) => ({ line, was: before.parse(line.before) }))
  const ids = (key: 'company' | 'contact') => wanted.flatMap(({ was }) => was[key]?.id ?? [])
  const companies = await lockedCompanies(work, null, ids('company'))
  const contacts = await lockedContacts(work, null, ids('contact'))
  const [undone, kept]: [string[], string[]] = [[], []]
  for (const { line, was } of wanted) {
    const people = was.contact === null || (await undoContact(work, contacts, was.contact))
    // Not deferred: whether anybody is left in a company is asked after its people were taken back.
    const company = was.company === null || (await undoCompany(work, companies, was.company))
    ;(people && company ? undone : kept).push(line.entityId)
  }
  return { undone, kept }
}

async function undoContact(work: Work, rows: readonly ContactRow[], was: Part): Promise<boolean> {
  const row = rows.find((one) => one.id === was.id)
  if (row === undefined || row.version !== was.version || row.mergedInto !== null) return false
  if (was.created && (await work.one(store.contactInUse(row.id))).used) return false
  const patch: ContactPatch = side(was.fields, 'was')
  if (was.phones.length > 0 && !was.created) await work.run(store.dropPhones(was.phones))
  if (Object.keys(patch).length > 0)
    await work.run(updateContact(storedContact(row.id, contactInput(row, patch)), work.now))
  if (was.created || was.reopened) await work.run(setContactActive(row.id, false, work.now))
  note(work, 'contact', row.id, was)
  return true
}

async function undoCompany(work: Work, rows: readonly CompanyRow[], was: Part): Promise<boolean> {
  const row = rows.find((one) => one.id === was.id)
  if (row === undefined || row.version !== was.version || row.mergedInto !== null) return false
  if (was.created && (await work.one(store.companyInUse(row.id))).used) return false
  const patch: CompanyPatch = side(was.fields, 'was')
  if (was.phones.length > 0 && !was.created) await work.run(store.dropPhones(was.phones))
  if (Object.keys(patch).length > 0)
    await work.run(updateCompany(storedCompany(row.id, companyInput(row, patch)), work.now))
  if (was.created || was.reopened) await work.run(setCompanyActive(row.id, false, work.now))
  note(work, 'customer', row.id, was)
  return true
}

function note(work: Work, entity: 'customer' | 'contact', id: string, was: Part): void {
  work.journal({
    entity,
    entityId: id,
    action: `${entity}.import-undone`,
    after: was.created || was.reopened ? { active: false } : { fields: Object.keys(was.fields) },
  })
}
