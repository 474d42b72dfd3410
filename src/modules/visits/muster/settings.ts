/** How the house evacuates (V18): who counts, where people gather, who starts, marks and ends. */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const bilingual = z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) })
const starter = z.enum([
  'receptionist',
  'guard',
  'duty_manager',
  'department_head',
  'office_admin',
  'director',
  'system_admin',
])

const musterRules = z.object({
  /** Which staff stand on the list. */
  staff: z.enum(['signed-in', 'everyone', 'none']),
  /** Everybody may say on their own phone that they are safe. */
  selfMark: z.boolean(),
  points: z.array(bilingual).max(20),
  starters: z.array(starter).min(1).max(7),
  enders: z.array(starter).min(1).max(7),
  /** Staff numbers of wardens: they mark, whatever their role. */
  wardens: z.array(z.string().trim().min(1).max(60)).max(500),
  wardensStart: z.boolean(),
  /** Posts called at the start, besides the wardens. */
  told: z.array(z.string().trim().min(1).max(60)).max(10).default(['gate', 'desk', 'duty_manager']),
})
export type MusterRules = z.infer<typeof musterRules>

export const musterSetting = setting({
  key: 'visits.muster',
  action: 'visit.configure',
  schema: musterRules,
  fallback: {
    staff: 'signed-in',
    selfMark: true,
    points: [{ zh: '集合点', en: 'Assembly point' }],
    starters: [
      'receptionist',
      'guard',
      'duty_manager',
      'department_head',
      'office_admin',
      'director',
      'system_admin',
    ],
    enders: ['guard', 'duty_manager', 'office_admin', 'director', 'system_admin'],
    wardens: [],
    wardensStart: true,
    told: ['gate', 'desk', 'duty_manager'],
  } as MusterRules,
})
