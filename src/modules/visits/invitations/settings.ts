/** What a guest is told before coming: where, how to get there, what holds in the house. */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const words = z.object({ zh: z.string().trim().max(2000), en: z.string().trim().max(2000) })
const nothing = { zh: '', en: '' }

const invitation = z.object({
  /** Off: an announcement with an address sends nothing. */
  send: z.boolean(),
  address: words,
  mapUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
  directions: words,
  parking: words,
  houseRules: words,
  contact: z.string().trim().max(100),
})
export type InvitationSetting = z.infer<typeof invitation>

export const invitationSetting = setting({
  key: 'visits.invitation',
  action: 'visit.configure',
  schema: invitation,
  fallback: {
    send: true,
    address: nothing,
    mapUrl: '',
    directions: nothing,
    parking: nothing,
    houseRules: nothing,
    contact: '',
  } as InvitationSetting,
})
