import { z } from 'zod'
import { setting } from '../../kernel/module.ts'

/** C13: by when the desk has looked over the extension list on a working day. */
export const extensionListCheck = setting({
  key: 'directory.extension-list-check',
  schema: z.object({
    enabled: z.boolean(),
    by: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')
      .describe('site time'),
    escalateAfterMinutes: z.int().min(5).max(600),
  }),
  fallback: { enabled: true, by: '10:00', escalateAfterMinutes: 120 },
  action: 'directory.manage',
})
