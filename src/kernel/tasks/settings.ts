import { z } from 'zod'
import { setting } from '../module.ts'

const minutes = z
  .int()
  .min(1)
  .max(7 * 24 * 60)

/** Free tasks (G2): minutes of the reminder before, of the escalation to the duty manager after the due time. */
export const freeTasks = setting({
  key: 'tasks.free',
  schema: z.object({ remindMinutes: minutes, escalateMinutes: minutes }),
  fallback: { remindMinutes: 10, escalateMinutes: 60 },
  action: 'task.configure',
})
