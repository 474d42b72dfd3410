/** What the house says about staff who go out in working hours (V20). */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const bilingual = z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) })
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

const staffRegister = z.object({
  reasons: z
    .array(
      z.object({
        key: slug,
        name: bilingual,
        /** The head of the department agrees first, on the phone. */
        approval: z.boolean(),
        /** The person says where they go. */
        destination: z.boolean(),
      }),
    )
    .min(1)
    .max(30)
    .refine((reasons) => new Set(reasons.map(({ key }) => key)).size === reasons.length, {
      message: 'duplicate-key',
    }),
  /** The head has this long before the duty manager is asked. */
  approvalMinutes: z.int().min(5).max(480),
  /** Back later than said by this much: the head is told. */
  lateGraceMinutes: z.int().min(0).max(240),
  /** Where a person may be when the house is evacuated; offered at the gate when somebody signs in. */
  zones: z.array(z.string().trim().min(1).max(60)).max(60),
})
export type StaffRegisterRules = z.infer<typeof staffRegister>

export const staffRegisterSetting = setting({
  key: 'visits.staff-register',
  action: 'visit.configure',
  schema: staffRegister,
  fallback: {
    reasons: [
      { key: 'business', name: { zh: '公务', en: 'Business' }, approval: true, destination: true },
      { key: 'private', name: { zh: '私事', en: 'Private' }, approval: true, destination: false },
      { key: 'sick', name: { zh: '就医', en: 'Sick' }, approval: true, destination: false },
      { key: 'delivery', name: { zh: '送货取件', en: 'Delivery' }, approval: false, destination: true },
      { key: 'meal', name: { zh: '用餐', en: 'Meal' }, approval: false, destination: false },
    ],
    approvalMinutes: 15,
    lateGraceMinutes: 10,
    zones: [],
  } as StaffRegisterRules,
})
