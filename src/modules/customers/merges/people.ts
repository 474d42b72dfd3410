/** Two contacts into one, and back; their visitors and calls follow by the journal. */
import type { Work } from '../../../kernel/work/command.ts'
import { type ContactPatch, contactFields, contactInput, storedContact } from '../contacts/contact.ts'
import { type ContactRow, updateContact } from '../contacts/store.ts'
import { type Changed, type Choice, chosen, putBack, side } from './fields.ts'
import type { MovedContact } from './moved.ts'
import * as store from './store.ts'

const texts = contactFields.filter((key) => key !== 'tags' && key !== 'customerId' && key !== 'organisation')
type Choices = Readonly<Partial<Record<string, Choice>>>
const fieldsOf = (row: ContactRow): Readonly<Record<string, unknown>> => ({ ...row })

/** Both rows are locked. @returns what undo needs */
export async function mergePeople(
  work: Work,
  kept: ContactRow,
  merged: ContactRow,
  choices: Choices,
): Promise<MovedContact> {
  const fields: Changed = {
    ...chosen(texts, fieldsOf(kept), fieldsOf(merged), choices),
    ...company(kept, merged, choices),
  }
  const id = (row: { id: string }) => row.id
  const [phones, remarks, concerns] = await Promise.all([
    work.all(store.movePhones('contact', merged.id, kept.id)),
    work.all(store.moveRemarks('contact', merged.id, kept.id)),
    work.all(store.copyConcerns(merged.id, kept.id)),
  ])
  work.write(store.setMergedInto('contact', merged.id, kept.id, work.now))
  const patch: ContactPatch = side(fields, 'is')
  work.write(updateContact(storedContact(kept.id, contactInput(kept, patch)), work.now))
  const seen = latest(kept.lastSeenAt, merged.lastSeenAt)
  if (seen !== kept.lastSeenAt) work.write(store.setSeen(kept.id, seen))
  return {
    fields,
    seen: { was: kept.lastSeenAt?.toISOString() ?? null, is: seen?.toISOString() ?? null },
    phones: phones.map(id),
    remarks: remarks.map(id),
    concerns: concerns.map(id),
  }
}

/** Company and told organisation go together: one choice for both. */
function company(kept: ContactRow, merged: ContactRow, choices: Choices): Changed {
  const blank = kept.customerId === null && kept.organisation === ''
  const better = kept.customerId === null && merged.customerId !== null
  const takes = choices.customer ?? (blank || better ? 'merged' : 'kept')
  if (takes === 'kept') return {}
  const changed: Record<string, { was: unknown; is: unknown }> = {}
  for (const key of ['customerId', 'organisation'] as const)
    if (kept[key] !== merged[key]) changed[key] = { was: kept[key], is: merged[key] }
  return changed
}

function latest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b
  return b > a ? b : a
}

export function unmergePeople(work: Work, kept: ContactRow, mergedId: string, moved: MovedContact): void {
  work.write(store.setMergedInto('contact', mergedId, null, work.now))
  work.write(store.movePhonesBack('contact', moved.phones, kept.id, mergedId))
  work.write(store.moveRemarksBack('contact', moved.remarks, kept.id, mergedId))
  work.write(store.dropConcerns(kept.id, moved.concerns))
  const patch: ContactPatch = putBack(moved.fields, fieldsOf(kept))
  work.write(updateContact(storedContact(kept.id, contactInput(kept, patch)), work.now))
  // Seen again since: that was the person kept, as far as anybody knows.
  if ((kept.lastSeenAt?.toISOString() ?? null) === moved.seen.is && moved.seen.is !== moved.seen.was)
    work.write(store.setSeen(kept.id, moved.seen.was === null ? null : new Date(moved.seen.was)))
}
