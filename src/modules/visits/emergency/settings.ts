/** Emergency visits (V14): kinds, who is told at once, when the registration is due. */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const bilingual = z.object({ zh: z.string().trim().min(1).max(120), en: z.string().trim().min(1).max(120) })

const contact = z.discriminatedUnion('by', [
  z.object({ by: z.literal('post'), post: z.string().trim().min(1).max(60) }),
  z.object({ by: z.literal('person'), staffNumber: z.string().trim().min(1).max(40) }),
  z.object({
    by: z.literal('phone'),
    name: z.string().trim().min(1).max(80),
    phone: z.string().trim().min(2).max(30),
  }),
])
export type EmergencyContact = z.infer<typeof contact>

export const emergency = z.object({
  kinds: z
    .array(
      z.object({
        key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
        name: bilingual,
        contacts: z.array(contact).max(20),
      }),
    )
    .min(1)
    .max(20)
    .refine((kinds) => new Set(kinds.map((one) => one.key)).size === kinds.length, {
      message: 'duplicate-key',
    }),
  /** Registered this long after the departure, or after the arrival, whichever comes first. */
  departureMinutes: z.int().min(5).max(240),
  arrivalMinutes: z.int().min(10).max(1440),
})
export type Emergency = z.infer<typeof emergency>

const told: EmergencyContact[] = [{ by: 'post', post: 'duty_manager' }]

export const emergencySetting = setting({
  key: 'visits.emergency',
  action: 'visit.configure',
  schema: emergency,
  fallback: {
    kinds: [
      { key: 'ambulance', name: { zh: '救护', en: 'Ambulance' }, contacts: told },
      { key: 'fire', name: { zh: '消防', en: 'Fire brigade' }, contacts: told },
      { key: 'police', name: { zh: '公安', en: 'Police' }, contacts: told },
      {
        key: 'repair',
        name: { zh: '抢修', en: 'Emergency repair' },
        contacts: [...told, { by: 'post', post: 'technician' }],
      },
    ],
    departureMinutes: 30,
    arrivalMinutes: 120,
  } as Emergency,
})
