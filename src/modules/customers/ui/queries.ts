/** What the screens of customers fetch, and which news renews it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { RouteAnswer } from '../../../kernel/contract.ts'
import { call } from '../../../ui-kit/client.ts'
import { useLiveInvalidate } from '../../../ui-kit/live.ts'
import { contacts } from '../contacts/contract.ts'
import { customers } from '../contract.ts'
import type { transfers } from '../ownership/contract.ts'
import type { remarks } from '../remarks/contract.ts'

export type Customer = RouteAnswer<typeof customers.read>
export type CustomerRow = RouteAnswer<typeof customers.list>['items'][number]
export type Contact = RouteAnswer<typeof contacts.read>
export type ContactRow = RouteAnswer<typeof contacts.list>['items'][number]
export type Transfer = RouteAnswer<typeof transfers.approve>
export type Remark = RouteAnswer<typeof remarks.answer>

export const customerKeys = {
  all: ['customers'] as const,
  customer: (id: string) => ['customers', 'customer', id] as const,
  contact: (id: string) => ['customers', 'contact', id] as const,
  history: (entity: string, id: string) => ['customers', 'history', entity, id] as const,
}

/** Once a screen: what somebody else changes is fetched again. */
export function useLiveCustomers() {
  useLiveInvalidate({
    customer: customerKeys.all,
    contact: customerKeys.all,
    'customer-remark': customerKeys.all,
    'customer-transfer': customerKeys.all,
  })
}

export function useCustomer(id: string) {
  return useQuery({
    queryKey: customerKeys.customer(id),
    queryFn: ({ signal }) => call(customers.read, { params: { id } }, { signal }),
  })
}

export function useContact(id: string) {
  return useQuery({
    queryKey: customerKeys.contact(id),
    queryFn: ({ signal }) => call(contacts.read, { params: { id } }, { signal }),
  })
}

/** After a command: its answer is the card, lists and timelines are asked anew. */
export function useSaved() {
  const queries = useQueryClient()
  return {
    customer: async (saved: Customer) => {
      queries.setQueryData(customerKeys.customer(saved.id), saved)
      await queries.invalidateQueries({ queryKey: customerKeys.all })
    },
    contact: async (saved: Contact) => {
      queries.setQueryData(customerKeys.contact(saved.id), saved)
      await queries.invalidateQueries({ queryKey: customerKeys.all })
    },
    all: () => queries.invalidateQueries({ queryKey: customerKeys.all }),
  }
}
