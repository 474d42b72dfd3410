/** Parking places of the house (V7, V19). */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const place = z.string().trim().min(1).max(20)

export const parking = z.object({
  lots: z
    .array(
      z.object({
        key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
        name: z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) }),
        places: z.array(place).max(500),
        /** Of these places: kept for important guests. */
        reserved: z.array(place).max(500),
      }),
    )
    .max(20)
    .refine(
      (lots) => new Set(lots.flatMap((lot) => lot.places)).size === lots.flatMap((lot) => lot.places).length,
      {
        message: 'duplicate-key',
      },
    ),
})
export type Parking = z.infer<typeof parking>

export const parkingSetting = setting({
  key: 'visits.parking',
  action: 'visit.configure',
  schema: parking,
  fallback: { lots: [] } as Parking,
})
