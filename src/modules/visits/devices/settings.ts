/** V11, V18: what a door may do by itself. */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const access = z.object({
  /** An exit that swallows the pass: its scan is the release. Off: the gate is told and releases by hand. */
  autoRelease: z.boolean(),
})

export const accessSetting = setting({
  key: 'visits.access',
  action: 'visit.configure',
  schema: access,
  fallback: { autoRelease: false } as z.infer<typeof access>,
})
