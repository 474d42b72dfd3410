/** V13: what an exit does when somebody who has to be escorted comes to it alone. */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const escort = z.object({
  /** `warn`: asked and on record. `refuse`: the release waits until the escort stands there, too. */
  atExit: z.enum(['warn', 'refuse']),
})

export const escortSetting = setting({
  key: 'visits.escort',
  action: 'visit.configure',
  schema: escort,
  fallback: { atExit: 'warn' } as z.infer<typeof escort>,
})
