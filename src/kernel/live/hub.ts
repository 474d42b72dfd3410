import type { FastifyReply } from 'fastify'
import { type Actor, rolesAt } from '../actor.ts'
import {
  isAfter,
  type JournalEntry,
  type Position,
  parsePosition,
  peopleOf,
  positionText,
  tasksOf,
} from '../journal/entry.ts'
import { settledAfter } from '../journal/store.ts'
import type { Kernel } from '../kernel.ts'

interface Console {
  readonly actor: Actor
  readonly siteId: string
  /** `at`: the entry's place; what was replayed already is not sent twice. */
  readonly write: (text: string, at?: Position) => void
}

/** What a console learns of a change: enough to know what to fetch again, nothing personal. */
interface Change {
  readonly entity: string
  readonly id: string
  readonly action: string
  readonly version?: number
  readonly at: string
  readonly tasks?: boolean
}

const keepAliveMs = 20_000
/** A console that was away longer than this many entries refetches instead. */
const mostReplayed = 2_000
/** A reader this far behind is cut off; the browser reconnects and resumes. */
const mostBuffered = 1_000_000

/** Feeds the server-sent event streams of this node from the journal's tail; permission-filtered per console (G5). */
export function liveHub(kernel: Kernel) {
  const consoles = new Set<Console>()
  const unlisten = kernel.tail.listen((entry) => publish(entry))
  const timer = setInterval(() => {
    for (const one of consoles) one.write(': alive\n\n')
  }, keepAliveMs)
  timer.unref()

  function publish(entry: JournalEntry): void {
    if (entry.siteId === null || consoles.size === 0) return
    // Formatted once for all consoles: five hundred of them must not cost five hundred serialisations.
    for (const part of [entry, ...taskNews(entry)]) {
      const text = format(part)
      for (const one of consoles) if (sees(kernel, one, part)) one.write(text, entry)
    }
  }

  return {
    count: () => consoles.size,
    /** Opens the stream on a raw reply; resumes after `lastEventId` when it is still reachable. */
    async open(
      reply: FastifyReply,
      actor: Actor,
      siteId: string,
      lastEventId: string | undefined,
    ): Promise<void> {
      const stream = reply.raw
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) stream.setHeader(name, value)
      stream.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      // Entries published while the replay is being read wait here, so that order holds and none is lost.
      let waiting: Parameters<Console['write']>[] | null = []
      let replayed: Position | null = null
      const one: Console = {
        actor,
        siteId,
        write(text, at) {
          if (waiting !== null) waiting.push([text, at])
          else if (replayed !== null && at !== undefined && !isAfter(at, replayed)) return
          else if (stream.writableLength > mostBuffered) stream.destroy()
          else stream.write(text)
        },
      }
      consoles.add(one)
      stream.on('close', () => consoles.delete(one))
      // The reply is already ours: a fault here can reach the caller only as "fetch everything again".
      const missed = await replay(kernel, one, lastEventId).catch(() => ({ text: reset, upTo: null }))
      replayed = missed.upTo
      stream.write(`retry: 2000\n\n${missed.text}`)
      const late = waiting
      waiting = null
      for (const [text, at] of late) one.write(text, at)
    },
    close(): void {
      unlisten()
      clearInterval(timer)
      for (const one of consoles) one.write('event: bye\ndata: {}\n\n')
      consoles.clear()
    },
  }
}

export type LiveHub = ReturnType<typeof liveHub>

const reset = 'event: reset\ndata: {}\n\n'

interface Replayed {
  readonly text: string
  readonly upTo: Position | null
}

async function replay(kernel: Kernel, one: Console, lastEventId: string | undefined): Promise<Replayed> {
  const at = kernel.tail.position()
  const from = lastEventId === undefined ? undefined : parsePosition(lastEventId)
  const hello = `id: ${at === undefined ? '0.0' : positionText(at)}\nevent: hello\ndata: {}\n\n`
  if (from === undefined) return { text: hello, upTo: null }
  const tooMuch = { text: `${hello}${reset}`, upTo: null }
  // A place this journal has not reached: the database was put back to an earlier state.
  if (at !== undefined && BigInt(from.xid) > BigInt(at.xid)) return tooMuch
  const entries = await kernel.sql.all(settledAfter(from, mostReplayed + 1))
  if (entries.length > mostReplayed) return tooMuch
  const missed = entries
    .flatMap((entry) => [entry, ...taskNews(entry)])
    .filter((entry) => entry.siteId !== null && sees(kernel, one, entry))
  return { text: missed.map(format).join('') || hello, upTo: entries.at(-1) ?? null }
}

/** Tasks opened or settled by another entity's change are news of the to-do list, too. */
function taskNews(entry: JournalEntry): JournalEntry[] {
  const tasks = tasksOf(entry)
  if (tasks === undefined) return []
  const people = [...peopleOf(entry), ...tasks.people]
  return [
    {
      ...entry,
      entity: 'task',
      entityId: tasks.opened[0] ?? '',
      action: 'task.changed',
      version: null,
      data: { people },
    },
  ]
}

function sees(kernel: Kernel, one: Console, entry: JournalEntry): boolean {
  if (entry.siteId !== one.siteId) return false
  const rule = kernel.modules.live.get(entry.entity)
  if (rule === undefined) return false
  const employeeId = one.actor.employeeId
  if (employeeId !== null && peopleOf(entry).includes(employeeId)) return true
  if (one.actor.link !== null)
    return one.actor.link.entity === entry.entity && one.actor.link.id === entry.entityId
  const allowed = kernel.modules.grants.get(rule.action)
  return allowed !== undefined && rolesAt(one.actor, one.siteId).some((role) => allowed.has(role))
}

function format(entry: JournalEntry): string {
  const change: Change = {
    entity: entry.entity,
    id: entry.entityId,
    action: entry.action,
    at: entry.at.toISOString(),
    ...(entry.version === null ? {} : { version: entry.version }),
    ...(entry.data !== null && 'tasks' in entry.data ? { tasks: true } : {}),
  }
  return `id: ${positionText(entry)}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`
}
