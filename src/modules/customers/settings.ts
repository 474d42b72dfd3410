import { z } from 'zod'
import { setting } from '../../kernel/module.ts'

export const customerRules = z.object({
  /** A customer is protected for its owner this long, from the day it was claimed, assigned or transferred (C5). */
  lockDays: z.int().min(0).max(3650),
  /** The owner is reminded this many days before the protection ends. */
  remindDays: z.int().min(0).max(90),
  /** `keep`: the owner stays; `open`: colleagues may claim it; `release`: it is nobody's any more. */
  afterLock: z.enum(['keep', 'open', 'release']),
  /** Working hours in which a suggestion is answered (G2, G6). */
  suggestionHours: z.int().min(1).max(400),
  /** Working hours in which a transfer is decided. */
  transferHours: z.int().min(1).max(400),
  undoMinutes: z.int().min(1).max(60),
})
export type CustomerRules = z.infer<typeof customerRules>

export const customerRulesSetting = setting({
  key: 'customers.rules',
  action: 'customer.configure',
  schema: customerRules,
  fallback: {
    lockDays: 90,
    remindDays: 7,
    afterLock: 'open',
    suggestionHours: 16,
    transferHours: 8,
    undoMinutes: 10,
  } as CustomerRules,
})
