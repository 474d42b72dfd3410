import type { FoyerModule } from '../module.ts'
import { fileErrors } from './contract.ts'
import { routes } from './http.ts'
import { sweepFiles } from './sweep.ts'

export const filesModule: FoyerModule = {
  name: 'files',
  routes,
  errors: fileErrors,
  cron: [
    {
      name: 'files-sweep',
      schedule: '23 4 * * *',
      run: async (kernel) => {
        await sweepFiles(kernel)
      },
    },
  ],
}
