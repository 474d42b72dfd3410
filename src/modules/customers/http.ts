import type { Bind } from '../../kernel/http/bind.ts'
import * as companies from './companies/service.ts'
import { contacts } from './contacts/contract.ts'
import * as people from './contacts/service.ts'
import { customers } from './contract.ts'
import { merges } from './merges/contract.ts'
import * as merging from './merges/service.ts'
import { ownership, transfers } from './ownership/contract.ts'
import * as owners from './ownership/service.ts'
import * as moving from './ownership/transfers.ts'
import { remarks } from './remarks/contract.ts'
import * as said from './remarks/service.ts'
import { exportCustomers } from './sheets/export.ts'

export function bindCustomers(bind: Bind): void {
  bind(customers.list, companies.list)
  bind(customers.tags, companies.tags)
  bind(customers.export, exportCustomers)
  bind(customers.read, companies.read)
  bind(customers.create, companies.create)
  bind(customers.edit, companies.edit)
  bind(customers.deactivate, companies.deactivate)
  bind(customers.activate, companies.activate)
  bind(customers.reveal, companies.reveal)
  bind(contacts.list, people.list)
  bind(contacts.read, people.read)
  bind(contacts.create, people.create)
  bind(contacts.edit, people.edit)
  bind(contacts.deactivate, people.deactivate)
  bind(contacts.activate, people.activate)
  bind(contacts.reveal, people.reveal)
  bind(ownership.claim, owners.claim)
  bind(ownership.assign, owners.assign)
  bind(ownership.team, owners.setTeam)
  bind(transfers.list, moving.list)
  bind(transfers.ask, moving.ask)
  bind(transfers.approve, moving.approve)
  bind(transfers.refuse, moving.refuse)
  bind(transfers.withdraw, moving.withdraw)
  bind(transfers.undo, moving.undo)
  bind(remarks.list, said.list)
  bind(remarks.add, said.add)
  bind(remarks.answer, said.answer)
  bind(remarks.reopen, said.reopen)
  bind(merges.suggestions, merging.suggestions)
  bind(merges.distinct, merging.distinct)
  bind(merges.merge, merging.merge)
  bind(merges.undo, merging.undo)
  bind(merges.list, merging.list)
}
