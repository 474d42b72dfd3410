/** What a house decides about important guests (V7), people who say to be important (V15). */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const staffNumber = z.string().trim().min(1).max(40)
const minutes = z.int().min(1).max(120)
const words = z.object({ zh: z.string().trim().max(500), en: z.string().trim().max(500) })

export const important = z.object({
  /** Kind of visit of an announced guest; empty: the first kind of an important category. */
  kind: z.string().trim().max(40),
  /** Besides those who have a secretary in the directory. */
  executives: z.array(z.object({ staffNumber, secretaries: z.array(staffNumber).max(5) })).max(100),
  /** Told when neither host nor secretary has come: the director's office. */
  office: z.string().trim().max(40),
  gateMinutes: minutes,
  leadInMinutes: minutes,
  comeMinutes: minutes,
  departureMinutes: minutes,
  unannounced: z.object({
    /** Staff number of whoever is in charge when nobody else is named; empty: the duty manager. */
    inCharge: z.string().trim().max(40),
    instructionMinutes: minutes,
    say: words,
  }),
})
export type Important = z.infer<typeof important>

export const importantSetting = setting({
  key: 'visits.important',
  action: 'visit.configure',
  schema: important,
  fallback: {
    kind: '',
    executives: [],
    office: '',
    gateMinutes: 3,
    leadInMinutes: 3,
    comeMinutes: 5,
    departureMinutes: 3,
    unannounced: {
      inCharge: '',
      instructionMinutes: 3,
      say: {
        zh: '您好,欢迎光临。请您先到接待区稍坐,我马上请负责的同事来接待。',
        en: 'Good day and welcome. Please have a seat; I am calling the colleague in charge right away.',
      },
    },
  } as Important,
})
