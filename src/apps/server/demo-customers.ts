/** The customers of the invented company: companies, their people, owners, service teams (S10). */
import { systemActor } from '../../kernel/actor.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import * as companies from '../../modules/customers/companies/service.ts'
import * as contacts from '../../modules/customers/contacts/service.ts'
import * as ownership from '../../modules/customers/ownership/service.ts'
import { type Company, demoCtx, idIn } from './demo-company.ts'
import type { DemoCustomer } from './preset-files.ts'

/** @returns contact's key in the file → id */
export async function loadCustomers(
  kernel: Kernel,
  company: Company,
  customers: readonly DemoCustomer[],
): Promise<Readonly<Record<string, string>>> {
  const ids: Record<string, string> = {}
  for (const one of customers) {
    const { key, owner, team, contacts: people, phones, ...fields } = one
    const ctx = (step: string) => demoCtx(kernel, company.siteId, systemActor, `customer-${key}-${step}`)
    const made = await companies.create(ctx('made'), {
      params: undefined,
      query: undefined,
      body: { ...fields, mine: false, phones: phones.map((number) => ({ number, label: '' })) },
    })
    const params = { id: made.id }
    let { version } = made
    if (owner !== undefined) {
      const body = { version, ownerId: idIn(company.people, owner), reason: '' }
      version = (await ownership.assign(ctx('owner'), { params, query: undefined, body })).version
    }
    if (team.length > 0) {
      const members = team.map((who) => ({ employeeId: idIn(company.people, who), duty: '' }))
      await ownership.setTeam(ctx('team'), { params, query: undefined, body: { version, members } })
    }
    for (const { key: who, phones: numbers, ...person } of people) {
      const contact = await contacts.create(ctx(who), {
        params: undefined,
        query: undefined,
        body: {
          ...person,
          customerId: made.id,
          phones: numbers.map((number) => ({ number, label: '' })),
        },
      })
      ids[who] = contact.id
    }
  }
  return ids
}
