import type { FoyerModule } from '../module.ts'
import { journalRoutes } from './contract.ts'
import { seal } from './seal.ts'
import { checkSeals, sealStatus } from './service.ts'

/** `journal.read` is granted by identity, whose audit view shows the entries. */
export const journalModule: FoyerModule = {
  name: 'journal',
  routes: (bind) => bind(journalRoutes.sealStatus, sealStatus),
  cron: [
    {
      name: 'journal-seal',
      schedule: '* * * * *',
      run: async (kernel) => {
        await seal(kernel)
      },
    },
    { name: 'journal-check', schedule: '23 18 * * *', run: checkSeals },
  ],
}
