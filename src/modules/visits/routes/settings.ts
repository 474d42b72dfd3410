/** V6: who is asked about which visitor — the site's decision table, read from the top, the first row that fits decides. */
import { z } from 'zod'
import { setting } from '../../../kernel/module.ts'

const bilingual = z.object({ zh: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) })
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const extension = z.string().regex(/^[0-9*#]{1,20}$/)

function uniqueKeys(items: readonly { key: string }[]): boolean {
  return new Set(items.map((item) => item.key)).size === items.length
}

/** Whom the visitor wants, whose customer it is, today's person of a post, somebody or a place named in the table. */
const target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('host') }),
  z.object({ kind: z.literal('host-head') }),
  z.object({ kind: z.literal('owner') }),
  z.object({ kind: z.literal('owner-head') }),
  z.object({ kind: z.literal('duty'), post: slug }),
  z.object({ kind: z.literal('extension'), extension, name: bilingual }),
  z.object({ kind: z.literal('person'), staffNumber: z.string().trim().min(1).max(40) }),
  z.object({ kind: z.literal('department'), department: z.string().trim().min(1).max(200) }),
  z.object({ kind: z.literal('department-head'), department: z.string().trim().min(1).max(200) }),
])
export type VisitTarget = z.infer<typeof target>

export const visitRoute = z.object({
  key: slug,
  name: bilingual,
  /** All that are given must fit; an empty list or `any` fits everything. */
  when: z.object({
    kinds: z.array(slug).max(40),
    topics: z.array(slug).max(40),
    appointment: z.enum(['any', 'with', 'without']),
    person: z.enum(['any', 'known', 'stranger']),
    hours: z.enum(['any', 'working', 'closed']),
    /** Any of these in the matter. */
    words: z.array(z.string().trim().min(1).max(30)).max(40),
  }),
  /** ask: somebody decides; notify: let in and told; admit: let in; decline: the courteous refusal. */
  decision: z.enum(['ask', 'notify', 'admit', 'decline']),
  targets: z.array(target).max(12),
  /** Nobody of the list answered. */
  last: z.enum(['desk', 'decline']),
  /** Read out at this point; empty: the usual wording. */
  say: z.object({ zh: z.string().trim().max(500), en: z.string().trim().max(500) }),
  /** For the colleague, not spoken. */
  note: z.object({ zh: z.string().trim().max(500), en: z.string().trim().max(500) }),
})
export type VisitRoute = z.infer<typeof visitRoute>

/** A house that has set nothing: the host is asked. */
export const visitRoutesSetting = setting({
  key: 'visits.routes',
  action: 'visit.configure',
  schema: z.array(visitRoute).max(80).refine(uniqueKeys, { message: 'duplicate-key' }),
  fallback: [] as VisitRoute[],
})
