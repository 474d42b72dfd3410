/** G5: how long a house keeps what it knows of its visitors. */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const days = z.int().min(1).max(3660)

const retention = z.object({
  /** A visit of a category not named below. */
  days,
  /** `person`: name, telephone, document, car; `all`: the organisation and the matter too. Times, host and counts stay. */
  erase: z.enum(['person', 'all']),
  categories: z
    .array(
      z.object({
        category: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
        days,
        erase: z.enum(['person', 'all']),
      }),
    )
    .max(20)
    .refine((list) => new Set(list.map(({ category }) => category)).size === list.length, {
      message: 'duplicate-key',
    }),
  /** Numbers of documents and pictures go earlier: they serve the day of the visit. */
  documentDays: days,
  /** Looks at documents: who looked, the name on it, what seemed odd (V12). A setting of before has none. */
  lookDays: days.default(365),
  photoDays: days,
  /** Lines of an imported list that could not be stored, kept to be mended. A setting of before has none. */
  importDays: days.default(30),
})
export type Retention = z.infer<typeof retention>

export const retentionSetting = setting({
  key: 'visits.retention',
  action: 'privacy.manage',
  schema: retention,
  fallback: {
    days: 730,
    erase: 'person',
    categories: [],
    documentDays: 90,
    lookDays: 365,
    photoDays: 30,
    importDays: 30,
  } as Retention,
})
