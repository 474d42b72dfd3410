import type { Kernel } from '../kernel.ts'
import type { FoyerModule } from '../module.ts'
import { importErrors } from './contract.ts'
import { bindImports } from './http.ts'
import { dropFile } from './source.ts'
import { deleteDrafts } from './store.ts'

const dayMs = 86_400_000

/** Uploads left lying go after a day: they hold people's data (G5). Bad lines of a run have a term of their own (visits/retention). */
async function tidy(kernel: Kernel): Promise<void> {
  const now = kernel.clock.now().getTime()
  for (const { sha256 } of await kernel.sql.all(deleteDrafts(new Date(now - dayMs))))
    await dropFile(kernel, sha256)
}

export const importsModule: FoyerModule = {
  name: 'imports',
  routes: bindImports,
  errors: importErrors,
  cron: [{ name: 'imports-tidy', schedule: '41 * * * *', run: tidy }],
}
