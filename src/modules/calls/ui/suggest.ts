import { find } from '../../../kernel/find/contract.ts'
import { call } from '../../../ui-kit/client.ts'
import type { ComboboxOption } from '../../../ui-kit/combobox.tsx'
import type { Details } from './details.ts'

export interface FoundCaller extends ComboboxOption {
  readonly part: Partial<Details>
}

/** Customers by name, company, initials or the end of a number, from the single window (C5). */
export async function suggestCallers(q: string, signal: AbortSignal): Promise<FoundCaller[]> {
  const { groups } = await call(find.search, { query: { q, limit: 5 } }, { signal })
  const of = (entity: string) => groups.find((group) => group.entity === entity)?.items ?? []
  return [
    ...of('contact').map((one) => ({
      id: one.id,
      label: one.label,
      hint: one.detail,
      part: { contactId: one.id, contactName: one.label },
    })),
    ...of('customer').map((one) => ({
      id: one.id,
      label: one.label,
      hint: one.detail,
      part: { customerId: one.id, organisation: one.label },
    })),
  ]
}
