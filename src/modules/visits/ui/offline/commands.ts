/** Each command as a device does it alone, what it means when the server refuses it later, and how to mend it. */
import type { RouteCall } from '../../../../kernel/contract.ts'
import { call } from '../../../../ui-kit/client.ts'
import {
  type Act,
  type Entry,
  type Local,
  type LocalCommand,
  localCommand,
  type Refusal,
} from '../../../../ui-kit/offline/part.ts'
import type { VisitCard, VisitDetail } from '../../card/contract.ts'
import { visits } from '../../contract.ts'
import { stay } from '../../stay/contract.ts'
import { answered, arrive, ended, met, refusal, released, signed, withDocument, withPass } from './acts.ts'
import { corrections } from './corrections.ts'
import { cardIn, categoryIn, freePasses } from './day.ts'
import { newCard } from './new-card.ts'

const byVisit = ({ params }: { params: { id: string } }) => params.id

function cardOrFail(local: Local, id: string): VisitCard {
  const card = cardIn(local, id)
  if (!card) throw refusal('entity.not-found')
  return card
}

const categoryOf = (local: Local, card: VisitCard) => categoryIn(local, card.kind, card.category)
const act = (before: VisitCard | null, after: VisitCard): Omit<Act, 'parts'> => ({
  label: after.visitorName,
  before,
  after,
})
const isoOf = (local: Local) => new Date(local.now()).toISOString()

/**
 * V11: a number only this device may hand out.
 * @throws ApiProblem `pass.none-left`, `pass.not-free` for a named one that is not in this device's hands
 */
function takePass(local: Local, wanted: string | undefined): string {
  const free = freePasses(local)
  if (wanted === undefined || wanted === '') {
    const [first] = free
    if (first === undefined) throw refusal('pass.none-left')
    return first
  }
  if (!free.includes(wanted)) throw refusal('pass.not-free', { number: wanted })
  return wanted
}

const theirs = (entry: Entry, signal: AbortSignal): Promise<VisitDetail> =>
  call(visits.get, { params: { id: entry.subject } }, { signal, alone: true })

const statusOf = (value: unknown) =>
  typeof value === 'object' && value !== null && 'status' in value ? String(value.status) : ''
const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined

/** The state moved on, and it is where this command wanted to lead, or beyond. */
const reached =
  (...states: readonly string[]) =>
  (_: Entry, { code }: Refusal, other: unknown) =>
    code === 'transition.refused' && states.includes(statusOf(other))

const inside = ['admitted', 'with_host', 'signed_off', 'left'] as const
const common = { theirs, corrections }

export const visitOfflineCommands: readonly LocalCommand[] = [
  localCommand(visits.register, {
    ...common,
    subject: ({ body }) => body.id ?? '',
    act: ({ body }, local) => {
      const id = body.id
      if (id === undefined) throw refusal('input.invalid')
      const pass = body.issuePass ? takePass(local, body.passNumber) : null
      const card = newCard(id, body, pass, local)
      return { ...act(null, card), parts: { body: pass === null ? body : { ...body, passNumber: pass } } }
    },
    // The same id with the same name is this very visit: another device or an earlier try sent it.
    alreadyDone: (entry, { code }, other) =>
      code === 'entity.exists' && field(other, 'visitorName') === entry.label,
    afterwards: givenPass,
  }),
  localCommand(visits.checkIn, {
    ...common,
    subject: byVisit,
    act: ({ params, body }, local) => {
      const card = cardOrFail(local, params.id)
      const pass = body.issuePass ? takePass(local, body.passNumber) : null
      const after = arrive(card, body, categoryOf(local, card), pass, isoOf(local))
      return {
        ...act(card, after),
        parts: { params, body: pass === null ? body : { ...body, passNumber: pass } },
      }
    },
    alreadyDone: reached('asking', ...inside),
    afterwards: givenPass,
  }),
  localCommand(stay.answer, {
    ...common,
    subject: byVisit,
    act: ({ params, body }, local) => {
      const card = cardOrFail(local, params.id)
      return act(card, answered(card, body, categoryOf(local, card), local.now()))
    },
    alreadyDone: (entry, refused, other) =>
      reached(...(field(entry.parts.body, 'answer') === 'decline' ? ['declined', 'refused'] : inside))(
        entry,
        refused,
        other,
      ),
  }),
  localCommand(stay.checkDocument, {
    ...common,
    subject: byVisit,
    act: ({ params }, local) => {
      const card = cardOrFail(local, params.id)
      return act(card, withDocument(card, categoryOf(local, card)))
    },
    alreadyDone: (_, { code }, other) =>
      code === 'transition.refused' && field(other, 'documentChecked') === true,
  }),
  localCommand(stay.issuePass, {
    ...common,
    subject: byVisit,
    act: ({ params, body }, local) => {
      const card = cardOrFail(local, params.id)
      const number = takePass(local, body.number)
      return {
        ...act(card, withPass(card, categoryOf(local, card), number)),
        parts: { params, body: { number } },
      }
    },
    alreadyDone: (entry, _, other) => field(other, 'passNumber') === field(entry.after, 'passNumber'),
    afterwards: givenPass,
  }),
  localCommand(stay.meet, {
    ...common,
    subject: byVisit,
    act: ({ params }, local) => {
      const card = cardOrFail(local, params.id)
      return act(card, met(card, categoryOf(local, card), isoOf(local)))
    },
    alreadyDone: reached('with_host', 'signed_off', 'left'),
  }),
  localCommand(stay.sign, {
    ...common,
    subject: byVisit,
    act: ({ params }, local) => {
      const card = cardOrFail(local, params.id)
      return act(card, signed(card, categoryOf(local, card), isoOf(local)))
    },
    alreadyDone: reached('signed_off', 'left'),
  }),
  localCommand(stay.release, {
    ...common,
    subject: byVisit,
    act: ({ params, body }, local) => {
      const card = cardOrFail(local, params.id)
      return act(card, released(card, body, categoryOf(local, card), isoOf(local)))
    },
    // Released elsewhere; but who was handed the pass is a question when the two say different things (V11).
    alreadyDone: (entry, { code }, other) =>
      code === 'transition.refused' &&
      statusOf(other) === 'left' &&
      (field(entry.parts.body, 'passReturned') !== false || field(other, 'passReturned') === false),
  }),
  localCommand(stay.refuse, {
    ...common,
    subject: byVisit,
    act: ({ params }, local) => {
      const card = cardOrFail(local, params.id)
      return act(card, ended(card, 'refuse', categoryOf(local, card)))
    },
    alreadyDone: reached('refused', 'cancelled', 'declined'),
  }),
  localCommand(stay.cancel, {
    ...common,
    subject: byVisit,
    act: ({ params }, local) => {
      const card = cardOrFail(local, params.id)
      return act(card, ended(card, 'cancel', categoryOf(local, card)))
    },
    alreadyDone: reached('cancelled', 'refused', 'no_show'),
  }),
]

/** The number in the visitor's hand, where the first try let the server choose one. */
function givenPass(
  entry: Entry,
): { route: typeof stay.issuePass; parts: RouteCall<typeof stay.issuePass> } | undefined {
  const number = field(entry.after, 'passNumber')
  const named = field(entry.parts.body, 'passNumber') ?? field(entry.parts.body, 'number')
  if (typeof number !== 'string' || number === named) return undefined
  if (entry.route !== stay.issuePass.id && field(entry.parts.body, 'issuePass') !== true) return undefined
  return { route: stay.issuePass, parts: { params: { id: entry.subject }, body: { number } } }
}
