/** What the kiosks of a site offer (design §8). */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const kioskOffer = z.object({
  /** Off: only who has an appointment is received here. */
  walkIn: z.boolean(),
  photo: z.boolean(),
  print: z.enum(['off', 'card', 'sticker']),
  /** Leaving by scanning the pass, where no signature is due. */
  checkOut: z.boolean(),
  resetSeconds: z.int().min(20).max(300),
  /** Kinds offered to somebody without appointment; empty: all that are not refused by default. */
  kinds: z.array(z.string().trim().min(1).max(40)).max(40),
})
export type KioskOffer = z.infer<typeof kioskOffer>

export const kioskSetting = setting({
  key: 'visits.kiosk',
  action: 'visit.configure',
  schema: kioskOffer,
  fallback: {
    walkIn: true,
    photo: false,
    print: 'sticker',
    checkOut: false,
    resetSeconds: 60,
    kinds: [],
  } as KioskOffer,
})
