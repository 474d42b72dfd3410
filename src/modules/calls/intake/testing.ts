/** For tests: a house whose telephones are those of the recordings, and a link that only the test speaks for. */
import { systemActor } from '../../../kernel/actor.ts'
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import { createPerson } from '../../directory/public.ts'
import { asteriskLink } from '../exchange/asterisk.ts'
import type {
  ExchangeCall,
  ExchangeLeg,
  ExchangeLink,
  ExchangeListener,
  OrderResult,
} from '../exchange/link.ts'
import { address, quickPace } from '../exchange/testing.ts'
import { rulesSetting } from '../settings.ts'
import { callsHouse } from '../testing.ts'
import { exchangeIntake, type Intake, type IntakeOptions } from './service.ts'
import { set } from './setup.ts'

interface Apps {
  readonly kernel: Kernel
}

const phones = ['8130', '8133', '8171', '2222', '601', '610', '8300'] as const

export interface IntakeHouse {
  readonly siteId: string
  /** Extension → employee. The desk's telephone is 8000. */
  readonly people: Readonly<Record<string, string>>
  readonly contactId: string
  readonly customerId: string
}

/** 13912345678 is 王芳 of 华信科技. */
export async function intakeHouse(app: Apps): Promise<IntakeHouse> {
  const siteId = newId()
  const { contactId, customerId } = await callsHouse(app, siteId, {
    'calls.rules': { ...rulesSetting.fallback, deskExtensions: ['8000'] },
  })
  const people = Object.fromEntries(['8000', ...phones].map((extension) => [extension, newId()]))
  await command(systemCtx(app.kernel, siteId, systemActor), async (work) => {
    for (const [extension, id] of Object.entries(people))
      createPerson(work, { id, name: `同事${extension}`, extension })
    work.journal({ entity: 'site', entityId: siteId, action: 'site.tested' })
  })
  return { siteId, people, contactId, customerId }
}

/** Sets the link up as an administrator does. @returns the version */
export async function connect(app: Apps, siteId: string, port: number, more = {}): Promise<number> {
  const { secret, ...where } = address(port)
  const ctx = systemCtx(app.kernel, siteId, systemActor)
  const body = {
    enabled: true,
    address: { ...where, trunks: [...where.trunks], outsidePrefix: '' },
    secret,
    ...more,
  }
  return (await set(ctx, { body })).version
}

/** With the real driver, in a hurry. */
export function quickIntake(app: Apps, options: Partial<IntakeOptions> = {}): Intake {
  return exchangeIntake(app.kernel, {
    lookMs: 20,
    openLink: (to, listener) => asteriskLink(to, listener, { pace: quickPace, random: () => 0.5 }),
    ...options,
  })
}

export interface FakeLink extends ExchangeLink {
  readonly listener: ExchangeListener
  readonly orders: { readonly kind: string; readonly order: Readonly<Record<string, unknown>> }[]
  answer: (order: { kind: string }) => Promise<OrderResult>
}

/** A link that is up as soon as it is started, and says what the test lets it say. */
export function fakeLinks(): { readonly links: FakeLink[]; readonly openLink: IntakeOptions['openLink'] } {
  const links: FakeLink[] = []
  return {
    links,
    openLink: (_to, listener) => {
      let state: ExchangeLink['state'] = 'stopped'
      const orders: FakeLink['orders'] = []
      const say = (next: ExchangeLink['state'], reason: string | null = null) => {
        state = next
        listener.link(next, reason, new Date().toISOString())
      }
      const take = (kind: string) => (order: Readonly<Record<string, unknown>>) => {
        orders.push({ kind, order })
        return link.answer({ kind })
      }
      const link: FakeLink = {
        listener,
        orders,
        answer: async () => ({ ok: true, callId: null }),
        get state() {
          return state
        },
        start: () => {
          say('connecting')
          say('up')
        },
        stop: async () => say('stopped'),
        dial: take('dial'),
        transfer: take('transfer'),
        hangUp: take('hang-up'),
      }
      links.push(link)
      return link
    },
  }
}

/** A call from 13912345678 to the desk, as it is when it has just begun to ring there. */
export function ringing(id: string, at: string, more: Partial<ExchangeCall> = {}): ExchangeCall {
  return {
    id,
    revision: 1,
    mergedInto: null,
    direction: 'in',
    callerNumber: '13912345678',
    callerName: null,
    callerExtension: null,
    dialled: '66668000',
    queue: null,
    startedAt: at,
    ringingAt: at,
    answeredAt: null,
    answeredBy: null,
    endedAt: null,
    endedBy: null,
    outcome: 'open',
    legs: [leg(`${id}.1`, '8000', at)],
    transfers: [],
    ...more,
  }
}

export function leg(id: string, extension: string, at: string, more: Partial<ExchangeLeg> = {}): ExchangeLeg {
  return {
    id,
    extension,
    number: extension,
    cause: 'dial',
    sentBy: null,
    beganAt: at,
    ringingAt: at,
    answeredAt: null,
    endedAt: null,
    result: 'ringing',
    ringSeconds: null,
    rings: null,
    talkSeconds: 0,
    heldSeconds: 0,
    ...more,
  }
}

export interface Recorded {
  readonly id: string
  readonly exchange_id: string
  readonly status: string
  readonly direction: string
  readonly outcome: string | null
  readonly exchange_outcome: string
  readonly caller_number: string
  readonly caller_extension: string
  readonly dialled: string
  readonly contact_id: string | null
  readonly customer_id: string | null
  readonly contact_name: string
  readonly handler_extension: string
  readonly handler_id: string | null
  readonly ended_by: string | null
  readonly ring_seconds: number | null
  readonly rings: number | null
  readonly talk_seconds: number
  readonly answered_at: Date | null
  readonly ended_at: Date | null
  readonly version: number
  readonly legs: readonly string[]
  readonly hops: readonly string[]
}

/** Calls as they stand, with their legs and hops as one line each. */
export function recorded(siteId: string): RawStatement<Recorded> {
  return raw(
    `select c.*,
       (select coalesce(array_agg(concat_ws(' ', coalesce(l.extension, l.number), l.cause, l.result,
          'ring ' || round(l.ring_seconds), 'talk ' || nullif(round(l.talk_seconds), 0)) order by l.position), '{}')
        from call_leg l where l.call_id = c.id) as legs,
       (select coalesce(array_agg(concat_ws(' ', h.target_extension, h.result, round(h.seconds) || ' s',
          case when h.measured then 'measured' end) order by h.position), '{}')
        from call_hop h where h.call_id = c.id) as hops
     from call c where c.site_id = $1 order by c.started_at, c.id`,
    [siteId],
  )
}
