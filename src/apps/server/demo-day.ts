/** Plays the day of a preset: every step by the person who would do it, at its time, through the visits' own use cases. */
import { DateTime } from 'luxon'
import type { Actor } from '../../kernel/actor.ts'
import { manualClock } from '../../kernel/clock.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import type { Ctx } from '../../kernel/work/command.ts'
import { announce } from '../../modules/visits/arrival/announce.ts'
import { checkIn } from '../../modules/visits/arrival/check-in.ts'
import { register } from '../../modules/visits/arrival/register.ts'
import type { VisitCard } from '../../modules/visits/card/contract.ts'
import * as answers from '../../modules/visits/stay/answers.ts'
import * as exit from '../../modules/visits/stay/exit.ts'
import * as inside from '../../modules/visits/stay/inside.ts'
import { type Company, demoCtx, idIn } from './demo-company.ts'
import { playAct } from './demo-house.ts'
import type { Demo, DemoStep, DemoVisit } from './preset-files.ts'

const minute = 60_000

export async function playDay(kernel: Kernel, company: Company, demo: Demo, now: Date): Promise<void> {
  const { zone } = demo.organisation.site
  const cards = new Map<string, VisitCard>()
  const visitId = (key: string) => {
    const card = cards.get(key)
    if (card === undefined) throw new Error(`no visit "${key}" so far`)
    return card.id
  }
  const stage = { company, now, zone, visitId, made: new Map<string, string>() }
  const ctxAt = (at: Date, actor: Actor, key: string) =>
    demoCtx({ ...kernel, clock: manualClock(at) }, company.siteId, actor, key)
  const steps = demo.visits.flatMap((visit) =>
    visit.steps.map((step, index) => {
      const at = timeOf(step.at, now, zone)
      const run = async () => {
        const card = cards.get(visit.key)
        const ctx = ctxAt(at, actorOf(company, demo, visit, step, card), `${visit.key}-${index}`)
        cards.set(visit.key, await play(ctx, company, visit, step, card, { now, zone }))
      }
      return { at, run, what: `${visit.key}, step ${index + 1} (${step.do})` }
    }),
  )
  const acts = demo.house.acts.map((one, index) => {
    const at = timeOf(one.at, now, zone)
    const run = () => playAct(ctxAt(at, accountActor(company, demo, one.by), `house-${index}`), stage, one)
    return { at, run, what: `house, act ${index + 1} (${one.do})` }
  })
  const planned = [...acts, ...steps].sort((a, b) => a.at.getTime() - b.at.getTime())
  for (const { run, what } of planned) {
    try {
      await run()
    } catch (error) {
      throw new Error(`demo day, ${what}: ${String(error)}`, { cause: error })
    }
  }
}

/** Minutes from now, or that time of day at the site some days ago. */
export function timeOf(at: DemoStep['at'], now: Date, zone: string): Date {
  if (typeof at === 'number') return new Date(now.getTime() + at * minute)
  const day = new Date(now.getTime() + at.day * 24 * 60 * minute)
  const [hour = 0, minutes = 0] = at.time.split(':').map(Number)
  const local = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  })
  const parts = Object.fromEntries(local.formatToParts(day).map(({ type, value }) => [type, Number(value)]))
  const shift = (hour - (parts.hour ?? 0)) * 60 + minutes - (parts.minute ?? 0)
  return new Date(day.getTime() + shift * minute)
}

const lastArrival = 19 * 60
const longest = 600

/**
 * Minutes until an appointment, such that nobody is expected at midnight because the house was opened in the afternoon:
 * in the course of a day the ten hours ahead shrink to what is left of it.
 */
export function expectedMinutes(wanted: number, now: Date, zone: string): number {
  const clock = DateTime.fromJSDate(now, { zone })
  const passed = clock.hour * 60 + clock.minute
  const left = lastArrival - passed
  if (passed < 7 * 60 || left < 30 || wanted <= left) return wanted
  return Math.round((Math.min(wanted, longest) * left) / longest)
}

/** `host` answers from the signed link of the notification, as most hosts do; the others have accounts. */
function actorOf(
  company: Company,
  demo: Demo,
  visit: DemoVisit,
  step: DemoStep,
  card: VisitCard | undefined,
): Actor {
  if (step.by === 'host') {
    const id = card?.askedId ?? card?.receiverId ?? card?.hostId ?? idIn(company.people, visit.host ?? '')
    const key = Object.entries(company.people).find(([, one]) => one === id)?.[0]
    const name = demo.organisation.employees.find((one) => one.key === key)?.name ?? ''
    return card === undefined
      ? { kind: 'user', id, name, employeeId: id, roles: new Map([[company.siteId, ['host']]]), link: null }
      : {
          kind: 'link',
          id,
          name,
          employeeId: id,
          roles: new Map([[company.siteId, ['link']]]),
          link: { entity: 'visit', id: card.id },
        }
  }
  return accountActor(company, demo, step.by)
}

function accountActor(company: Company, demo: Demo, username: string): Actor {
  const account = demo.accounts.accounts.find((one) => one.username === username)
  if (account === undefined)
    throw new Error(`the demo day names the account "${username}", which it does not contain`)
  const person = demo.organisation.employees.find((one) => one.key === account.employee)
  return {
    kind: 'user',
    id: idIn(company.users, username),
    name: person?.name ?? username,
    employeeId: idIn(company.people, account.employee),
    roles: new Map([[company.siteId, [account.role]]]),
    link: null,
  }
}

async function play(
  ctx: Ctx,
  company: Company,
  visit: DemoVisit,
  step: DemoStep,
  card: VisitCard | undefined,
  { now, zone }: { readonly now: Date; readonly zone: string },
): Promise<VisitCard> {
  const details = {
    visitorName: visit.visitorName,
    organisation: visit.organisation,
    phone: visit.phone,
    partySize: visit.partySize ?? 1,
    companions: visit.companions ?? [],
    purpose: visit.purpose,
    kind: visit.kind,
    topic: visit.topic ?? '',
    hostId: visit.host === undefined ? null : idIn(company.people, visit.host),
    hostName: visit.hostName ?? '',
    plate: visit.plate ?? '',
    note: '',
  }
  const entry = {
    issuePass: step.issuePass ?? false,
    ...(step.document === undefined ? {} : { document: { ...step.document, number: '' } }),
  }
  const params = { id: card?.id ?? '' }
  const none = { params, query: undefined, body: undefined }
  const with_ = <B>(body: B) => ({ params, query: undefined, body })
  switch (step.do) {
    case 'announce':
      return announce(ctx, {
        body: {
          ...details,
          expectedAt: new Date(
            now.getTime() + expectedMinutes(step.expectedIn ?? 0, now, zone) * minute,
          ).toISOString(),
        },
      })
    case 'register':
      return register(ctx, {
        body: {
          ...details,
          ...entry,
          ...(step.despiteDefault === undefined ? {} : { despiteDefault: step.despiteDefault }),
        },
      })
    case 'checkIn':
      return checkIn(
        ctx,
        with_({
          ...entry,
          ...(step.partySize === undefined ? {} : { partySize: step.partySize }),
          ...(step.plate === undefined ? {} : { plate: step.plate }),
        }),
      )
    case 'answer':
      return answers.answer(ctx, with_(answerOf(company, step)))
    case 'redirect':
      return answers.redirect(ctx, with_({}))
    case 'meet':
      return inside.meet(ctx, none)
    case 'sign':
      return inside.sign(ctx, with_({ note: step.note ?? '' }))
    case 'release':
      return exit.release(
        ctx,
        with_({
          passReturned: step.passReturned ?? true,
          slipReturned: true,
          ...(step.hostConfirmed === undefined ? {} : { hostConfirmed: { byName: step.hostConfirmed } }),
        }),
      )
    case 'refuse':
      return exit.refuse(ctx, with_({ reason: step.reason ?? '' }))
    case 'cancel':
      return exit.cancel(ctx, with_({ reason: step.reason ?? '' }))
    case 'noShow':
      return exit.noShow(ctx, none)
  }
}

function answerOf(company: Company, step: DemoStep) {
  const how = step.how === undefined ? {} : { how: step.how }
  switch (step.answer) {
    case 'wait':
      return { answer: 'wait' as const, minutes: step.minutes ?? 10, ...how }
    case 'delegate':
      return { answer: 'delegate' as const, toId: idIn(company.people, step.to ?? ''), ...how }
    case 'decline':
      return { answer: 'decline' as const, reason: step.reason ?? '', ...how }
    default:
      return { answer: 'receive' as const, ...how }
  }
}
