/**
 * Remembered answers hold what a screen showed, people's names among it (G5), so they are kept no longer than somebody may still
 * ask again: a device sends what it did without a server for up to seven days.
 */
import { raw } from '../db/sql.ts'
import type { Kernel } from '../kernel.ts'
import type { FoyerModule } from '../module.ts'

const keepDays = 15
const batch = 5_000

export async function forgetAnswers(kernel: Kernel): Promise<number> {
  const before = new Date(kernel.clock.now().getTime() - keepDays * 86_400_000)
  let [forgotten, last] = [0, 0]
  do {
    last = await kernel.sql.run(
      raw(
        `delete from idempotency where (actor_id, key) in
           (select actor_id, key from idempotency where at < $1 limit $2)`,
        [before, batch],
      ),
    )
    forgotten += last
  } while (last === batch)
  return forgotten
}

export const workModule: FoyerModule = {
  name: 'work',
  cron: [
    {
      name: 'work-forget-answers',
      schedule: '37 * * * *',
      run: async (kernel) => {
        await forgetAnswers(kernel)
      },
    },
  ],
}
