/** What a site's own regulation says of the telephone (design §1.4): routes, deadlines, wording. Presets seed these. */
import { z } from 'zod'
import { setting } from '../../kernel/module.ts'
import { placeholders, situations } from './rules.ts'
import { fallbackScripts } from './wording-defaults.ts'

const bilingual = z.object({ zh: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) })
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const extension = z.string().regex(/^[0-9*#]{1,20}$/)

/** The later of two with one key is named. */
function uniqueKeys({ value, issues }: z.core.ParsePayload<readonly { key: string }[]>): void {
  value.forEach(({ key }, n) => {
    if (value.findIndex((one) => one.key === key) < n)
      issues.push({ code: 'custom', message: 'duplicate-key', path: [n, 'key'], input: key })
  })
}

const spoken = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .refine(
    (text) =>
      [...text.matchAll(/\{\{\s*(.*?)\s*\}\}/g)].every(([, name]) =>
        placeholders.some((known) => known === name),
      ),
    { message: 'unknown-placeholder' },
  )

export const script = z.object({
  key: z.enum(situations),
  zh: spoken,
  en: spoken,
  /** What to do, for the colleague; not spoken. */
  note: z.object({ zh: z.string().trim().max(500), en: z.string().trim().max(500) }),
})
export type Script = z.infer<typeof script>

export const wordingSetting = setting({
  key: 'calls.wording',
  action: 'call.configure',
  schema: z.array(script).max(situations.length).check(uniqueKeys),
  fallback: fallbackScripts,
})

/** Who is rung. `wanted`: whom the caller asked for; `owner`: whose customer it is; `duty`: today's person of a post. */
const to = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('wanted') }),
  z.object({ kind: z.literal('wanted-head') }),
  z.object({ kind: z.literal('owner') }),
  z.object({ kind: z.literal('owner-head') }),
  z.object({ kind: z.literal('duty'), post: slug }),
  z.object({ kind: z.literal('duty-head'), post: slug }),
  z.object({ kind: z.literal('extension'), extension, name: bilingual }),
  z.object({ kind: z.literal('person'), staffNumber: z.string().trim().min(1).max(40) }),
  z.object({ kind: z.literal('department'), department: z.string().trim().min(1).max(200) }),
  z.object({ kind: z.literal('department-head'), department: z.string().trim().min(1).max(200) }),
])

const routeTarget = z.object({
  to,
  /** What lets the cascade go on; anything else ends it (C4). */
  failsOn: z.array(z.enum(['busy', 'no-answer', 'refused', 'not-in'])).min(1),
  /** How often it is tried when nobody answers. */
  tries: z.int().min(1).max(3),
})
export type RouteTarget = z.infer<typeof to>

export const routeSchema = z.object({
  key: slug,
  name: bilingual,
  hint: z.object({ zh: z.string().trim().max(300), en: z.string().trim().max(300) }),
  /** Words in the matter that propose this route. */
  words: z.array(z.string().trim().min(1).max(30)).max(40),
  /** Asked before anybody is disturbed (C8, C9). */
  questions: z.array(z.enum(['organisation', 'name', 'reason', 'phone'])).max(4),
  refuseByDefault: z.boolean(),
  targets: z.array(routeTarget).max(12),
  /** When every way is used up. */
  last: z.object({
    outcome: z.enum(['callback', 'message', 'declined', 'resolved']),
    /** Wall minutes within which the callback is promised. */
    minutes: z
      .int()
      .min(1)
      .max(7 * 24 * 60),
    /** Who owes it: the first target found, the colleague at the telephone, or a post of the house. */
    owner: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('first-target') }),
      z.object({ kind: z.literal('handler') }),
      z.object({ kind: z.literal('post'), post: slug.or(z.string().regex(/^[a-z_]{1,40}$/)) }),
    ]),
    say: z.enum(situations).nullable(),
  }),
})
export type Route = z.infer<typeof routeSchema>

const anyFailure = ['busy', 'no-answer', 'refused', 'not-in'] as const

/** A house that has set nothing: whom the caller wants, their manager, then a callback (C4). */
export const routesSetting = setting({
  key: 'calls.routes',
  action: 'call.configure',
  schema: z.array(routeSchema).min(1).max(40).check(uniqueKeys),
  fallback: [
    {
      key: 'colleague',
      name: { zh: '找人', en: 'Asks for a colleague' },
      hint: { zh: '先问三问,再转接', en: 'Three questions, then put through' },
      words: [],
      questions: ['organisation', 'name', 'reason'],
      refuseByDefault: false,
      targets: [
        { to: { kind: 'wanted' }, failsOn: [...anyFailure], tries: 1 },
        { to: { kind: 'wanted-head' }, failsOn: [...anyFailure], tries: 1 },
      ],
      last: { outcome: 'callback', minutes: 30, owner: { kind: 'first-target' }, say: null },
    },
  ] as Route[],
})

export const callRules = z.object({
  /** C1: answered within this many rings. */
  answerRings: z.int().min(1).max(10),
  /** Seconds of one ring with its pause. */
  ringCadenceSeconds: z.number().min(2).max(10),
  /** After the line ended the outcome is owed within (C4). */
  outcomeMinutes: z.int().min(1).max(120),
  /** A missed call is called back within. */
  missedMinutes: z
    .int()
    .min(1)
    .max(24 * 60),
  callbackMinutes: z
    .int()
    .min(1)
    .max(7 * 24 * 60),
  /** C7. */
  complaintMinutes: z
    .int()
    .min(1)
    .max(24 * 60),
  /** C10: unread messages chase, then the department head is told. */
  unreadMinutes: z
    .int()
    .min(1)
    .max(24 * 60),
  urgentUnreadMinutes: z
    .int()
    .min(1)
    .max(24 * 60),
  /** Working hours within which a message is dealt with, and within which the caller hears of it (G6). */
  doneHours: z.int().min(1).max(80),
  reportHours: z.int().min(1).max(80),
  /** C12. */
  privateMinutes: z.int().min(1).max(60),
  undoMinutes: z.int().min(1).max(30),
  /** Extensions at which the desk answers: a call that rings there pops up for everybody who handles calls. */
  deskExtensions: z.array(extension).max(30),
  /** Posts somebody stands in for each day (C5): the duty salesperson. */
  dutyPosts: z
    .array(z.object({ key: slug, name: bilingual, department: z.string().trim().max(200) }))
    .max(12)
    .check(uniqueKeys),
})
export type CallRules = z.infer<typeof callRules>

export const rulesSetting = setting({
  key: 'calls.rules',
  action: 'call.configure',
  schema: callRules,
  fallback: {
    answerRings: 3,
    ringCadenceSeconds: 5,
    outcomeMinutes: 5,
    missedMinutes: 30,
    callbackMinutes: 30,
    complaintMinutes: 15,
    unreadMinutes: 15,
    urgentUnreadMinutes: 5,
    doneHours: 4,
    reportHours: 4,
    privateMinutes: 3,
    undoMinutes: 2,
    deskExtensions: [],
    dutyPosts: [{ key: 'sales', name: { zh: '值班业务员', en: 'Duty salesperson' }, department: '' }],
  } as CallRules,
})

/** C14: what is asked on a return visit; the last question is always the satisfaction, 1 to 5. */
export const returnVisitSetting = setting({
  key: 'calls.return-visit',
  action: 'call.configure',
  schema: z.object({
    questions: z
      .array(z.object({ key: slug, text: bilingual, answer: z.enum(['text', 'yes-no', 'score']) }))
      .max(12)
      .check(uniqueKeys),
    /** At or below this score the duty manager gets a task. */
    dissatisfiedAt: z.int().min(1).max(4),
  }),
  fallback: {
    questions: [
      {
        key: 'solved',
        text: { zh: '您反映的事情解决了吗?', en: 'Has the matter been settled?' },
        answer: 'yes-no',
      },
      {
        key: 'manner',
        text: { zh: '我们的态度您满意吗?', en: 'Were you content with the way you were treated?' },
        answer: 'score',
      },
      {
        key: 'wish',
        text: { zh: '还有什么建议?', en: 'Is there anything we could do better?' },
        answer: 'text',
      },
    ],
    dissatisfiedAt: 2,
  } as {
    questions: { key: string; text: { zh: string; en: string }; answer: 'text' | 'yes-no' | 'score' }[]
    dissatisfiedAt: number
  },
})

export const callSettings = [routesSetting, wordingSetting, rulesSetting, returnVisitSetting] as const
