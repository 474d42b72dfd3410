/** The security call (V16): places to choose from, who hears of it, who is told when nobody answers. */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const staffNumber = z.string().trim().min(1).max(40)

export const security = z.object({
  /** Offered at the call, the desk's own first; the call goes out with the first at once. */
  places: z
    .array(z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) }))
    .min(1)
    .max(40),
  /** Posts that are told at once, besides every console of desk and gate. */
  posts: z.array(z.string().trim().min(1).max(60)).max(10),
  people: z.array(staffNumber).max(20),
  /** Staff number; empty: the duty manager. */
  supervisor: z.string().trim().max(40),
  escalateSeconds: z.int().min(10).max(1800),
  reportHours: z.int().min(1).max(240),
  undoMinutes: z.int().min(1).max(60),
})
export type Security = z.infer<typeof security>

export const securitySetting = setting({
  key: 'visits.security',
  action: 'visit.configure',
  schema: security,
  fallback: {
    places: [
      { zh: '前台', en: 'Reception desk' },
      { zh: '大门', en: 'Main gate' },
    ],
    posts: ['gate', 'duty_manager'],
    people: [],
    supervisor: '',
    escalateSeconds: 60,
    reportHours: 24,
    undoMinutes: 5,
  } as Security,
})
