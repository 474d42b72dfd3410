import type { Kernel } from '../kernel.ts'
import type { FoyerModule } from '../module.ts'
import { importErrors } from './contract.ts'
import { bindImports } from './http.ts'
import { dropFile } from './source.ts'
import { deleteDrafts, forgetBadLines } from './store.ts'

const dayMs = 86_400_000

/** Uploads left lying go after a day, bad lines after thirty: both hold people's data (G5). */
async function tidy(kernel: Kernel): Promise<void> {
  const now = kernel.clock.now().getTime()
  for (const { sha256 } of await kernel.sql.all(deleteDrafts(new Date(now - dayMs))))
    await dropFile(kernel, sha256)
  await kernel.sql.run(forgetBadLines(new Date(now - 30 * dayMs)))
}

export const importsModule: FoyerModule = {
  name: 'imports',
  routes: bindImports,
  errors: importErrors,
  cron: [{ name: 'imports-tidy', schedule: '41 * * * *', run: tidy }],
}
