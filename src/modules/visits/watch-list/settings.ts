/** When a likeness tells and when it holds, and who is told (V12): the house's own choice. */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const posts = z.array(z.string().trim().min(1).max(80)).max(6)
const part = z.number().min(0.3).max(1)

const watchList = z.object({
  /** From this likeness on the post is told silently. */
  alertAt: part,
  /** From this likeness on the check-in of a blocked person stands still. */
  holdAt: part,
  /** Told of every hit, with the way to the comparison. */
  told: posts.min(1),
  /** Asked only to keep the visitor company while a check-in stands still; they learn no reason. */
  assist: posts,
  /** A decision is owed within. */
  decideMinutes: z.int().min(1).max(60),
  /** Told when somebody suspicious was refused. */
  suspicionTold: posts.min(1),
})
export type WatchListRules = z.infer<typeof watchList>

export const watchListSetting = setting({
  key: 'visits.watch-list',
  action: 'visit.configure',
  schema: watchList,
  fallback: {
    alertAt: 0.5,
    holdAt: 0.75,
    told: ['duty_manager'],
    assist: ['gate'],
    decideMinutes: 5,
    suspicionTold: ['duty_manager'],
  } as WatchListRules,
})
