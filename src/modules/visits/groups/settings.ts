import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

/** V22: what a house allows for groups. */
export const groupsSetting = setting({
  key: 'visits.groups',
  action: 'visit.configure',
  schema: z.object({
    /** People may be counted without names: pupils, an audience. */
    headcount: z.boolean(),
  }),
  fallback: { headcount: true },
})
