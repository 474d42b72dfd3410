import type { FoyerModule } from '../../kernel/module.ts'
import { customerErrors } from './contract.ts'
import { customersFinder } from './find.ts'
import { bindCustomers } from './http.ts'
import { customersImporter } from './import/importer.ts'
import { ownershipJobs, ownersLeft, watchLocks } from './ownership/duty.ts'
import { customerPersonal } from './personal/source.ts'
import { customerMatrix } from './policy.ts'
import { customerRulesSetting } from './settings.ts'
import { customerHistory } from './timeline/source.ts'

export const customersModule: FoyerModule = {
  name: 'customers',
  routes: bindCustomers,
  grants: customerMatrix,
  errors: customerErrors,
  constraints: {
    customer_pkey: 'entity.exists',
    contact_pkey: 'entity.exists',
    customer_transfer_open: 'customer.transfer-open',
    customer_merge_open: 'edit.stale',
  },
  settings: [customerRulesSetting],
  taskKinds: {
    'customer.transfer': { notify: true, settledBySubject: true, link: () => '/transfers' },
    'customer.suggestion': { notify: true, settledBySubject: true, link: () => '/suggestions' },
    'customer.lock-ending': { notify: 'when-due', link: ({ subjectId }) => `/customers/${subjectId}` },
    'customer.orphaned': {
      notify: true,
      settledBySubject: true,
      link: ({ subjectId }) => `/customers?owner=${subjectId}`,
    },
  },
  live: {
    customer: { action: 'customer.read-all' },
    contact: { action: 'customer.read-all' },
    'customer-remark': { action: 'customer.read-all' },
    'customer-transfer': { action: 'customer.read-all' },
  },
  importers: [customersImporter],
  history: customerHistory,
  finder: customersFinder,
  personal: customerPersonal,
  followers: [ownersLeft],
  jobs: ownershipJobs,
  cron: [{ name: 'customers-locks', schedule: '*/20 * * * *', run: watchLocks }],
}
