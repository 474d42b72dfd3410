import { z } from 'zod'
import { type ErrorStatus, instant, longText, uuid } from '../../../kernel/contract.ts'
import { hopResults, questions } from '../routing/rules.ts'
import { commands, outcomes, situations, statuses } from '../rules.ts'

export const callErrors = {
  'call.taken': 409,
  'call.refused-by-default': 409,
  'call.route-unknown': 422,
  'call.hop-open': 409,
  'call.hop-not-open': 409,
  'call.target-unknown': 422,
  'call.details-missing': 409,
  'call.undo-too-late': 409,
  'call.too-many-rows': 422,
  'call.number-invalid': 422,
  'message.recipient-unknown': 422,
  'callback.owner-unknown': 422,
  'callback.taken': 409,
  'callback.not-yours': 409,
  'callback.not-tried': 409,
  'callback.satisfaction-missing': 422,
  'line.unknown': 404,
  'line.no-extension': 409,
  'duty.employee-unknown': 422,
  'exchange.not-connected': 409,
  'exchange.secret-needed': 422,
} as const satisfies Record<string, ErrorStatus>

/** As typed or shown; the server normalises, short codes and extensions are kept. */
export const phone = z
  .string()
  .trim()
  .max(40)
  .regex(/^[+()\-\s\d*#转]*$/)

export const words = z
  .object({
    key: z.enum(situations),
    zh: z.string(),
    en: z.string(),
    note: z.object({ zh: z.string(), en: z.string() }),
  })
  .meta({ id: 'Wording' })
export type Words = z.infer<typeof words>

/** Who is on the line, as known from customers; numbers are masked (G5). */
const callerCard = z
  .object({
    contactId: uuid.nullable(),
    contactName: z.string(),
    sex: z.enum(['female', 'male']).nullable(),
    title: z.string(),
    vip: z.boolean(),
    dialect: z.string(),
    language: z.string(),
    customerId: uuid.nullable(),
    customerName: z.string(),
    grade: z.enum(['normal', 'key', 'vip']),
    ownerId: uuid.nullable(),
    ownerName: z.string(),
    ownerExtension: z.string(),
    team: z.array(z.object({ id: uuid, name: z.string(), extension: z.string(), duty: z.string() })),
    note: z.string(),
  })
  .meta({ id: 'CallerCard' })

const hopTarget = z.object({
  step: z.int().nullable(),
  kind: z.string(),
  id: z.string().nullable(),
  name: z.string(),
  extension: z.string(),
})

/** Whom the console proposes: a telephone of the route has a name in both languages. */
const proposed = hopTarget.extend({
  nameEn: z.string(),
  instead: z.string().describe('who said they are away, when this is their deputy'),
})

const hop = z
  .object({
    ...hopTarget.shape,
    id: uuid,
    targetId: z.string().nullable(),
    toldCaller: z.boolean(),
    startedAt: instant,
    endedAt: instant.nullable(),
    seconds: z.number().nullable(),
    result: z.enum(hopResults),
    measured: z.boolean(),
    note: z.string(),
    byName: z.string(),
  })
  .meta({ id: 'CallHop' })

/** What the console proposes: `nextStep` of routing/rules.ts with its wording. */
const next = z
  .object({
    act: z.enum(['ask', 'try', 'wait', 'end']),
    target: proposed.nullable(),
    attempt: z.int(),
    missing: z.array(z.enum(questions)),
    first: z.enum(outcomes).nullable(),
    offer: z.array(z.enum(outcomes)),
    words: words.nullable(),
    /** Minutes of the promise proposed, and who would owe it. */
    minutes: z.int().nullable(),
    owner: z.object({ kind: z.enum(['person', 'post']), id: z.string(), name: z.string() }).nullable(),
  })
  .meta({ id: 'CallNext' })

export const callCard = z
  .object({
    id: uuid,
    number: z.string().describe('C-1024'),
    version: z.int(),
    status: z.enum(statuses),
    direction: z.enum(['in', 'out', 'internal']),
    source: z.enum(['exchange', 'hand', 'import']),
    callerMasked: z.string(),
    callerShown: z.string().describe('name the exchange sent'),
    callerExtension: z.string(),
    dialled: z.string(),
    contactId: uuid.nullable(),
    customerId: uuid.nullable(),
    contactName: z.string(),
    organisation: z.string(),
    phoneMasked: z.string(),
    reason: z.string(),
    route: z.string().nullable(),
    wantedId: uuid.nullable(),
    wantedName: z.string(),
    departmentId: uuid.nullable(),
    departmentName: z.string(),
    situations: z.array(z.string()),
    private: z.boolean(),
    handlerId: uuid.nullable(),
    handlerName: z.string(),
    startedAt: instant,
    ringingAt: instant.nullable(),
    answeredAt: instant.nullable(),
    endedAt: instant.nullable(),
    ringSeconds: z.number().nullable(),
    rings: z.int().nullable(),
    late: z.boolean().describe('later than the site’s rings (C1)'),
    talkSeconds: z.number(),
    outcome: z.enum(outcomes).nullable(),
    outcomeNote: z.string(),
    outcomeByName: z.string(),
    vip: z.boolean(),
    can: z.partialRecord(z.enum([...commands, 'reveal', 'dial', 'transfer', 'markPrivate']), z.boolean()),
  })
  .meta({ id: 'CallCard' })
export type CallCard = z.infer<typeof callCard>

export const callDetail = callCard
  .extend({
    caller: callerCard.nullable(),
    /** Others the number may belong to. */
    candidates: z.array(callerCard),
    hops: z.array(hop),
    targets: z.array(proposed.extend({ line: z.string() })),
    /** Route the matter speaks for, when another or none is chosen (C5, C7, C8). */
    suggested: z.string().nullable(),
    /** Refused by default, and yet somebody is to be asked (C8). */
    askAnyway: z.boolean(),
    next,
    /** Wording of the moment besides that of `next`: greeting or apology, hold, farewell. */
    words: z.array(words),
    legs: z.array(
      z.object({
        extension: z.string().nullable(),
        number: z.string().nullable(),
        name: z.string(),
        cause: z.string(),
        sentBy: z.string().nullable(),
        ringingAt: instant.nullable(),
        answeredAt: instant.nullable(),
        endedAt: instant.nullable(),
        result: z.string(),
        ringSeconds: z.number().nullable(),
        rings: z.int().nullable(),
        talkSeconds: z.number(),
        heldSeconds: z.number(),
      }),
    ),
    messages: z.array(
      z.object({ id: uuid, number: z.string(), status: z.string(), toName: z.string(), matter: z.string() }),
    ),
    callbacks: z.array(
      z.object({ id: uuid, number: z.string(), status: z.string(), ownerName: z.string(), dueAt: instant }),
    ),
    /** Calls, visits and promises of the same caller still open. */
    promisesOpen: z.int(),
    callsBefore: z.int(),
    timeline: z.array(
      z.object({
        at: instant,
        action: z.string(),
        actorName: z.string(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: 'CallDetail' })
export type CallDetail = z.infer<typeof callDetail>

export const messageFields = z.object({
  id: uuid.optional(),
  to: z.object({ kind: z.enum(['person', 'post']), id: z.string().min(1).max(80) }),
  matter: longText.min(1),
  urgent: z.boolean().default(false),
  reportBack: z.boolean().default(true),
})
export const callbackFields = z.object({
  id: uuid.optional(),
  owner: z.object({ kind: z.enum(['person', 'post']), id: z.string().min(1).max(80) }),
  minutes: z
    .int()
    .min(1)
    .max(7 * 24 * 60),
  phone: phone.default('').describe('empty: that of the record'),
  matter: longText.default(''),
})
