/**
 * Taking turns at a robot. Its row is lock, counter and lease: whoever holds it sends one request, gives it back with
 * the outcome, and looks again. Nodes and workers share the rate limit because they share the row.
 */
import { systemActor } from '../../../actor.ts'
import { newId } from '../../../ids.ts'
import { type Kernel, systemCtx } from '../../../kernel.ts'
import { serverTexts, translator } from '../../../texts.ts'
import { type RovingWork, rovingCommand } from '../../../work/command.ts'
import {
  failuresToTell,
  limits,
  mostInDigest,
  plan,
  restSeconds,
  retrySeconds,
  staleMs,
  windowMs,
} from '../rules.ts'
import { type ChannelRow, channelById } from '../store.ts'
import type { Verdict } from '../vendors/vendor.ts'
import * as store from './store.ts'

/** Four times what a request may take. After it whoever held the robot counts as dead. */
const leaseMs = 60_000
const dueHours = 4

export interface Turn {
  readonly do: 'send'
  readonly robotKey: string
  readonly batch: string
  readonly digest: boolean
  readonly failures: number
  readonly channel: ChannelRow
  readonly rows: readonly store.DeliveryRow[]
}

export type Taken = Turn | { readonly do: 'nothing' } | { readonly do: 'wait'; readonly until: Date }

type Missed = Extract<Verdict, { ok: false }>

export async function takeTurn(kernel: Kernel, robotKey: string): Promise<Taken> {
  return rovingCommand(systemCtx(kernel, '', systemActor), async (work): Promise<Taken> => {
    const { now } = work
    const robot = await work.maybe(store.lockRobot(robotKey))
    if (robot === undefined) return { do: 'nothing' }
    // Whoever is sending looks again afterwards; should they die, the sweep finds what they leave.
    if (robot.busyUntil !== null && robot.busyUntil > now) return { do: 'nothing' }
    await work.run(store.takeUpAbandoned(robotKey, now))
    await expireOld(work, robotKey)
    if (robot.pausedUntil !== null && robot.pausedUntil > now) return { do: 'wait', until: robot.pausedUntil }
    const waiting = await work.all(store.due(robotKey, now, mostInDigest))
    const kind = waiting[0]?.kind
    if (kind === undefined) {
      const next = await work.one(store.nextDue(robotKey))
      return next.at === null ? { do: 'nothing' } : { do: 'wait', until: next.at }
    }
    const next = plan(limits[kind], robot.recent, waiting, waiting[0]?.total ?? 0, now)
    if (next.do !== 'send') return next
    const batch = newId()
    const until = new Date(now.getTime() + leaseMs)
    const rows = await work.all(store.begin(next.ids, batch, next.digest, until))
    const [first] = rows
    if (first === undefined) return { do: 'nothing' }
    const channel = await work.one(channelById(first.channelId))
    const recent = robot.recent.filter((at) => at.getTime() > now.getTime() - windowMs)
    work.write(store.takeRobot(robotKey, [...recent, now], until, batch))
    const inOrder = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    return {
      ...{ do: 'send', robotKey, batch, channel, failures: robot.failures },
      digest: next.digest,
      rows: inOrder,
    }
  })
}

async function expireOld(work: RovingWork, robotKey: string): Promise<void> {
  const old = await work.all(store.expire(robotKey, new Date(work.now.getTime() - staleMs)))
  for (const [channelId, rows] of Map.groupBy(old, (row) => row.channelId)) {
    const channel = await work.one(channelById(channelId))
    work.enter(channel.siteId)
    journalFailed(work, channel, rows[0]?.id ?? channelId, rows.length, 'stale')
  }
}

/** Writes down how the request ended, and when the robot may be used again. */
export async function endTurn(kernel: Kernel, turn: Turn, verdict: Verdict): Promise<void> {
  const texts = await serverTexts()
  const reason = (fault: string) => {
    const of = (language: 'zh' | 'en') =>
      translator(texts[language], language)(`channels.fault.${fault}`, {}) ?? fault
    return { zh: of('zh'), en: of('en') }
  }
  await rovingCommand(systemCtx(kernel, turn.channel.siteId, systemActor), async (work) => {
    if (verdict.ok) await sent(work, turn)
    else await missed(work, turn, verdict, reason(verdict.fault))
  })
}

async function sent(work: RovingWork, { batch, channel, robotKey }: Turn): Promise<void> {
  await work.run(store.markSent(batch, work.now))
  const now = await work.one(channelById(channel.id))
  if (now.failures > 0) {
    work.write(store.clearFailures(channel.id))
    if (now.failingSince !== null) {
      work.settleTasks(subjectOf(channel), failingKinds, 'recovered')
      work.journal({
        ...{ entity: 'channel', entityId: channel.id, action: 'channel.recovered' },
        data: { people: ownerOf(channel) },
      })
    }
  }
  work.write(store.freeRobot(robotKey, batch, 0, null))
}

async function missed(
  work: RovingWork,
  turn: Turn,
  verdict: Missed,
  reason: { zh: string; en: string },
): Promise<void> {
  const { batch, channel, robotKey, rows } = turn
  const { now } = work
  const told = { error: verdict.fault, words: verdict.words.slice(0, 300) }
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  if (verdict.how === 'rate') {
    // The vendor counts more than we do (somebody else uses the robot, too): everybody waits, no attempt is lost.
    const until = later(limits[channel.kind].pauseSeconds)
    await work.run(store.markLater(batch, told, until, { counts: false, alone: false }))
    work.write(store.freeRobot(robotKey, batch, turn.failures, until))
    return
  }
  if (verdict.how === 'refused') {
    // One bad line must not keep the others of a digest from being told.
    if (rows.length > 1) await work.run(store.markLater(batch, told, now, { counts: true, alone: true }))
    else await giveUp(work, turn, told)
    work.write(store.freeRobot(robotKey, batch, 0, null))
    return
  }
  const pause = retrySeconds(channel.kind, Math.min(...rows.map((row) => row.attempts)))
  if (verdict.how === 'broken' || pause === null) await giveUp(work, turn, told)
  else await work.run(store.markLater(batch, told, later(pause), { counts: true, alone: false }))
  await countAgainst(work, channel, verdict.fault, reason)
  const failures = turn.failures + 1
  const rest = verdict.how === 'broken' ? 0 : restSeconds(failures)
  work.write(store.freeRobot(robotKey, batch, failures, rest === 0 ? null : later(rest)))
}

async function giveUp(work: RovingWork, turn: Turn, told: store.Missed): Promise<void> {
  await work.run(store.markFailed(turn.batch, told))
  journalFailed(work, turn.channel, turn.rows[0]?.id ?? turn.batch, turn.rows.length, told.error)
}

function journalFailed(work: RovingWork, channel: ChannelRow, id: string, count: number, fault: string) {
  work.journal({
    entity: 'channel-delivery',
    entityId: id,
    action: 'channel-delivery.failed',
    after: { status: 'failed', channel: channel.id, fault, count },
    data: { people: ownerOf(channel) },
  })
}

export const failingTask = 'channel.failing'
export const ownFailingTask = 'channel.own-failing'
export const failingKinds = [failingTask, ownFailingTask]

export function subjectOf(channel: { readonly id: string }) {
  return { entity: 'channel', id: channel.id }
}

/** G2: a channel that keeps failing is somebody's to mend; once per time it begins to fail. */
async function countAgainst(
  work: RovingWork,
  channel: ChannelRow,
  fault: string,
  reason: { zh: string; en: string },
): Promise<void> {
  const gone = fault === 'gone'
  const { failures } = await work.one(store.countFailure(channel.id, work.now, gone ? 1 : failuresToTell))
  if (gone) work.write(store.disable(channel.id))
  if (gone ? channel.failingSince !== null : failures !== failuresToTell) return
  const own = channel.personId
  work.openTask({
    kind: own === null ? failingTask : ownFailingTask,
    subject: subjectOf(channel),
    facts: { name: channel.name, reason },
    owner: own === null ? { kind: 'post', id: 'office_admin' } : { kind: 'person', id: own },
    dueAt: new Date(work.now.getTime() + dueHours * 3_600_000),
  })
  work.journal({
    ...{ entity: 'channel', entityId: channel.id, action: 'channel.failing' },
    after: { failures, fault },
    data: { people: ownerOf(channel) },
  })
}

function ownerOf(channel: ChannelRow): string[] {
  return channel.personId === null ? [] : [channel.personId]
}
