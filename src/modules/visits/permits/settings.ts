import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

export const permitsSetting = setting({
  key: 'visits.permits',
  action: 'visit.configure',
  schema: z.object({
    /** The host is reminded this long before a paper or the permit runs out. */
    remindDays: z.int().min(1).max(120),
  }),
  fallback: { remindDays: 14 },
})
