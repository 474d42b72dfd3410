/** Plays the calls of a preset's day through the module's own use cases: rung, answered, led, ended with an outcome. */
import type { Actor } from '../../kernel/actor.ts'
import { manualClock } from '../../kernel/clock.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import type { Ctx } from '../../kernel/work/command.ts'
import type { CallDetail } from '../../modules/calls/card/contract.ts'
import * as cascade from '../../modules/calls/cascade.ts'
import * as ending from '../../modules/calls/ending.ts'
import { setDuty as setDutyDays } from '../../modules/calls/lines/duty/service.ts'
import * as record from '../../modules/calls/record.ts'
import { type Company, demoCtx, idIn } from './demo-company.ts'
import type { Demo, DemoCall } from './preset-files.ts'

interface Scene {
  readonly kernel: Kernel
  readonly company: Company
  readonly desk: Actor
  /** Contact's key → id. */
  readonly contacts: Readonly<Record<string, string>>
  readonly now: Date
}

export async function playCalls(
  kernel: Kernel,
  company: Company,
  demo: Demo,
  contacts: Readonly<Record<string, string>>,
  now: Date,
): Promise<void> {
  const scene: Scene = { kernel, company, desk: deskOf(company, demo), contacts, now }
  await setDuty(scene, demo)
  for (const call of demo.calls) {
    try {
      await playCall(scene, call)
    } catch (error) {
      throw new Error(`demo day, call ${call.key}: ${String(error)}`, { cause: error })
    }
  }
}

function deskOf(company: Company, { accounts, organisation }: Demo): Actor {
  const account = accounts.accounts.find(({ role }) => role === 'receptionist')
  if (account === undefined) throw new Error('the demo day needs a receptionist')
  return {
    kind: 'user',
    id: idIn(company.users, account.username),
    name: organisation.employees.find(({ key }) => key === account.employee)?.name ?? account.username,
    employeeId: idIn(company.people, account.employee),
    // The duty list is written by those who may; the desk stands for them here.
    roles: new Map([[company.siteId, [account.role, 'duty_manager']]]),
    link: null,
  }
}

async function setDuty(scene: Scene, demo: Demo): Promise<void> {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: demo.organisation.site.zone }).format(scene.now)
  const items = Object.entries(demo.duty).map(([post, who]) => ({
    day,
    post,
    employeeId: idIn(scene.company.people, who),
  }))
  if (items.length === 0) return
  const ctx = demoCtx(scene.kernel, scene.company.siteId, scene.desk, 'duty')
  await setDutyDays(ctx, { params: undefined, query: undefined, body: { items } })
}

async function playCall(scene: Scene, call: DemoCall): Promise<void> {
  const began = scene.now.getTime() + call.at * 60_000
  let second = 0
  let step = 0
  /** The desk's context so many seconds after the first ring. */
  const at = (seconds: number): Ctx => {
    second = seconds
    const then = { ...scene.kernel, clock: manualClock(new Date(began + seconds * 1000)) }
    return demoCtx(then, scene.company.siteId, scene.desk, `call-${call.key}-${step++}`)
  }
  const started = await record.start(at(0), {
    body: { direction: 'in', number: call.number, ringingAt: new Date(began).toISOString(), answered: false },
  })
  const params = { id: started.id }
  const with_ = <B>(body: B) => ({ params, query: undefined, body })
  if (call.missed) {
    await ending.hangUp(at(call.ring), with_({ order: false }))
    return
  }
  await record.answer(at(call.ring), with_({ takeOver: false }))
  const noted = await record.edit(at(call.ring + 12), with_(details(scene, call, started.version + 1)))
  await cascade.choose(at(call.ring + 14), with_({ route: call.route ?? '', askAnyway: false }))
  for (const hop of call.hops) await playHop(at, () => second, params, hop)
  await ending.close(at(Math.max(call.end ?? 60, second + 5)), with_(endOf(scene, call, noted)))
}

type At = (seconds: number) => Ctx

async function playHop(
  at: At,
  second: () => number,
  params: { id: string },
  hop: DemoCall['hops'][number],
): Promise<void> {
  const body = { step: hop.step, toldCaller: true, dial: 'no' as const }
  const tried = await cascade.tryTarget(at(second() + 4), { params, query: undefined, body })
  const open = tried.hops.find(({ result }) => result === 'trying')
  if (open === undefined) throw new Error('the try is not open')
  await cascade.hopResult(at(second() + hop.after), {
    params: { ...params, hopId: open.id },
    query: undefined,
    body: { result: hop.result, note: '' },
  })
}

function details(scene: Scene, call: DemoCall, version: number) {
  return {
    version,
    reason: call.reason ?? '',
    ...(call.contact === undefined ? {} : { contactId: idIn(scene.contacts, call.contact) }),
    ...(call.name === undefined ? {} : { contactName: call.name }),
    ...(call.organisation === undefined ? {} : { organisation: call.organisation }),
    ...(call.wanted === undefined ? {} : { wantedId: idIn(scene.company.people, call.wanted) }),
  }
}

function endOf(scene: Scene, call: DemoCall, noted: CallDetail) {
  const outcome = call.outcome ?? 'resolved'
  const wanted = call.wanted === undefined ? null : idIn(scene.company.people, call.wanted)
  const owner =
    noted.next.owner === null
      ? { kind: 'post' as const, id: 'desk' }
      : { kind: noted.next.owner.kind, id: noted.next.owner.id }
  return {
    outcome,
    note: '',
    ...(outcome === 'message' && wanted !== null
      ? {
          message: {
            to: { kind: 'person' as const, id: wanted },
            matter: call.matter ?? call.reason ?? '',
            urgent: call.urgent ?? false,
            reportBack: true,
          },
        }
      : {}),
    ...(outcome === 'callback'
      ? {
          callback: {
            owner,
            minutes: call.minutes ?? 30,
            phone: call.phone ?? '',
            matter: call.reason ?? '',
          },
        }
      : {}),
  }
}
