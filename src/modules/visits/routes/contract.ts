/** The decision table of V6 in the shape of the contract, and what is asked of it. */
import { z } from 'zod'
import { instant, longText, route, uuid } from '../../../kernel/contract.ts'
import { visitCard, visitHop } from '../card/contract.ts'
import { misfits } from './rules.ts'

const bilingual = z.object({ zh: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) })
const words = z.object({ zh: z.string().trim().max(500), en: z.string().trim().max(500) })
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const extension = z.string().regex(/^[0-9*#]{1,20}$/)

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
  say: words,
  /** For the colleague, not spoken. */
  note: words,
})
export type VisitRoute = z.infer<typeof visitRoute>

export const visitRouteRows = z
  .array(visitRoute)
  .max(80)
  .refine((rows) => new Set(rows.map(({ key }) => key)).size === rows.length, { message: 'duplicate-key' })

/** One to ask, as the directory has it now. */
const asked = z.object({
  /** Of the person or post: `department:<id>`, `extension:<number>`. */
  id: z.string(),
  kind: z.enum(['person', 'post']),
  /** The target of the table it comes from; `deputy`: stands in for the host (V5). */
  target: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
  department: z.string(),
  extension: z.string(),
})

const decided = z.object({
  route: z.object({ key: z.string(), name: bilingual, say: words, note: words }).nullable(),
  decision: z.enum(['ask', 'notify', 'admit', 'decline']),
  last: z.enum(['desk', 'decline']),
  targets: z.array(asked),
})

const facts = z.object({
  kind: z.string().max(40),
  topic: z.string().max(40).default(''),
  category: z.string().max(40).optional(),
  appointment: z.boolean().default(false),
  matter: z.string().max(200).default(''),
  hostId: uuid.nullable().default(null),
  organisation: z.string().max(200).default(''),
})

const tag = 'visits'
const params = z.object({ id: uuid })
const unknownKind = ['visit.kind-unknown', 'visit.category-unknown', 'visit.host-unknown'] as const

export const visitRoutes = {
  try: route({
    method: 'POST',
    path: '/visit-routes/try',
    id: 'visitRoutes.try',
    tag,
    summary: 'Try the decision table: which row fits, why those above do not, whom it would ask (V6)',
    description:
      '`rows`: a table not stored yet. People and extensions as the directory has them now; nobody is disturbed.',
    action: 'visit.configure',
    body: facts.extend({
      known: z.boolean().default(false),
      at: instant.optional().describe('default: now'),
      rows: visitRouteRows.optional(),
    }),
    response: decided.extend({
      working: z.boolean(),
      consentDue: z.boolean().describe('false: the category lets such a visitor in without asking'),
      passed: z
        .array(z.object({ key: z.string(), misfits: z.array(z.enum(misfits)) }))
        .describe('the rows above, and which of their conditions did not fit'),
    }),
    errors: unknownKind,
  }),
  check: route({
    method: 'POST',
    path: '/visit-routes/check',
    id: 'visitRoutes.check',
    tag,
    summary: 'Who is behind the places a table names: telephones, departments, people, posts (V6)',
    description:
      'A place nobody is behind comes back with `found: null`. `posts`: those somebody is on duty for each day.',
    action: 'visit.configure',
    body: z.object({ rows: visitRouteRows }),
    response: z.object({
      places: z.array(
        z.object({
          row: z.string(),
          index: z.int(),
          found: z.object({ name: z.string(), department: z.string(), extension: z.string() }).nullable(),
        }),
      ),
      posts: z.array(z.object({ key: z.string(), name: z.string(), today: z.string() })),
    }),
  }),
  propose: route({
    method: 'POST',
    path: '/visit-routes/propose',
    id: 'visitRoutes.propose',
    tag,
    summary: 'Whom to ask about this visitor, in order, with extensions (V6)',
    action: 'visit.register',
    body: facts.extend({
      visitorId: uuid.optional(),
      visitorName: z.string().max(80).default(''),
      phone: z.string().max(30).default(''),
    }),
    response: decided.extend({
      stranger: z.boolean().describe('never here before: the three questions come first (V4)'),
    }),
    errors: unknownKind,
  }),
  whom: route({
    method: 'GET',
    path: '/visits/:id/whom',
    id: 'visits.whom',
    tag,
    summary: 'Whom to ask about this visit, in order, and what each said (V5, V6)',
    action: 'visit.register',
    params,
    response: z.object({
      route: decided.shape.route,
      last: decided.shape.last,
      hops: z.array(visitHop),
      next: z.array(asked).describe('those still to be asked'),
    }),
    errors: ['entity.not-found'],
  }),
  hop: route({
    method: 'POST',
    path: '/visits/:id/hop',
    id: 'visits.hop',
    tag,
    summary: 'What the one called said, by desk or gate; after busy or no answer the next is asked (V5, V6)',
    description:
      '`n` is the hop it is about: answered by somebody else meanwhile → 409 `visit.hop-answered`.',
    action: 'visit.register',
    params,
    body: z.object({
      n: z.int().min(1),
      result: z.enum(['agreed', 'wait', 'declined', 'no-answer', 'busy']),
      minutes: z.int().min(1).max(480).default(10).describe('of `wait`'),
      how: z.enum(['phone', 'in-person', 'chat']).default('phone'),
      note: longText.default('').describe('of `declined`: the reason, for the house only'),
    }),
    response: visitCard,
    errors: ['transition.refused', 'entity.not-found', 'visit.hop-answered'],
  }),
}
