/** PURE: adds up what the report shows; every figure from the same rows, so that none contradicts another (G8). */
import type { RouteAnswer } from '../../../kernel/contract.ts'
import type { figures } from './contract.ts'
import type { CallbackRow, HopRow, HourRow, MessageRow, ScoreRow } from './store.ts'

export type Figures = RouteAnswer<typeof figures.calls>
type Share = Figures['threeRings']

export interface Counted {
  readonly calls: readonly HourRow[]
  readonly hops: readonly HopRow[]
  readonly callbacks: readonly CallbackRow[]
  readonly messages: MessageRow
  readonly scores: readonly ScoreRow[]
}

const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((all, row) => all + of(row), 0)
const calls = (rows: readonly HourRow[]) => sum(rows, (row) => row.calls)
const share = <T extends { kept: number; of: number }>(rows: readonly T[]): Share => ({
  kept: sum(rows, ({ kept }) => kept),
  of: sum(rows, (row) => row.of),
})

/** C1: of the incoming calls that were answered and heard ringing, those within the allowed rings; a missed one counts as late. */
export function threeRings(rows: readonly HourRow[], allowed: number): Share {
  const measured = rows.filter(
    (row) => row.direction === 'in' && (row.outcome === 'missed' || (row.answered && row.rings !== null)),
  )
  return {
    kept: calls(measured.filter((row) => row.outcome !== 'missed' && (row.rings ?? 0) <= allowed)),
    of: calls(measured),
  }
}

function counted<K extends string | number>(rows: readonly HourRow[], key: (row: HourRow) => K | null) {
  const all = new Map<K, number>()
  for (const row of rows) {
    const name = key(row)
    if (name !== null) all.set(name, (all.get(name) ?? 0) + row.calls)
  }
  return [...all].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

function hoursOf(rows: readonly HourRow[], allowed: number): Figures['hours'] {
  const incoming = rows.filter(({ direction }) => direction === 'in')
  return [...Map.groupBy(incoming, ({ weekday, hour }) => weekday * 24 + hour)]
    .sort((a, b) => a[0] - b[0])
    .map(([slot, own]) => {
      const kept = threeRings(own, allowed)
      return {
        weekday: Math.floor(slot / 24),
        hour: slot % 24,
        in: calls(own),
        missed: calls(own.filter(({ outcome }) => outcome === 'missed')),
        lateShare: { kept: kept.of - kept.kept, of: kept.of },
      }
    })
}

function peopleOf(
  rows: readonly HourRow[],
  promises: readonly CallbackRow[],
  allowed: number,
): Figures['people'] {
  const byPerson = Map.groupBy(rows, ({ handler_id }) => handler_id)
  const promised = Map.groupBy(promises, ({ person }) => person)
  const ids = new Set([...byPerson.keys(), ...promised.keys()])
  return [...ids]
    .flatMap((id) => {
      if (id === null) return []
      const own = byPerson.get(id) ?? []
      const theirs = promised.get(id) ?? []
      return {
        id,
        name: own.at(-1)?.handler_name ?? theirs[0]?.person_name ?? '',
        calls: calls(own),
        threeRings: threeRings(own, allowed),
        talkSeconds: Math.round(sum(own, ({ talk }) => talk)),
        callbacksKept: share(theirs),
        privateCalls: calls(own.filter((row) => row.private)),
      }
    })
    .sort((a, b) => b.calls - a.calls || (a.id < b.id ? -1 : 1))
}

function daysOf(
  rows: readonly HourRow[],
  promises: readonly CallbackRow[],
  allowed: number,
): Figures['days'] {
  const byDay = Map.groupBy(rows, ({ day }) => day)
  const promised = Map.groupBy(promises, ({ day }) => day)
  return [...new Set([...byDay.keys(), ...promised.keys()])].sort().map((day) => {
    const own = byDay.get(day) ?? []
    return {
      day,
      in: calls(own.filter(({ direction }) => direction === 'in')),
      threeRings: threeRings(own, allowed),
      callbacksKept: share(promised.get(day) ?? []),
    }
  })
}

export function figuresOf(all: Counted, allowed: number): Figures {
  const of = (direction: HourRow['direction']) => all.calls.filter((row) => row.direction === direction)
  const incoming = of('in')
  const routed = incoming.filter(({ route }) => route !== null)
  return {
    total: {
      in: calls(incoming),
      out: calls(of('out')),
      internal: calls(of('internal')),
      answered: calls(incoming.filter(({ answered }) => answered)),
      missed: calls(incoming.filter(({ outcome }) => outcome === 'missed')),
    },
    threeRings: threeRings(all.calls, allowed),
    callbacksKept: share(all.callbacks),
    messagesSeen: { kept: all.messages.seen, of: all.messages.of },
    messagesReported: { kept: all.messages.reported, of: all.messages.to_report },
    outcomes: counted(incoming, ({ outcome }) => outcome).map(([outcome, count]) => ({ outcome, count })),
    hops: [...all.hops],
    routes: counted(routed, ({ route }) => route).map(([route, count]) => ({
      route,
      count,
      putThrough: calls(routed.filter((row) => row.route === route && row.outcome === 'put-through')),
    })),
    hours: hoursOf(all.calls, allowed),
    people: peopleOf(all.calls, all.callbacks, allowed),
    ring: counted(
      incoming.filter(({ answered }) => answered),
      ({ rings }) => rings,
    )
      .sort((a, b) => a[0] - b[0])
      .map(([rings, count]) => ({ rings, count })),
    days: daysOf(all.calls, all.callbacks, allowed),
    satisfaction: [...all.scores],
    privateLong: calls(all.calls.filter((row) => row.long)),
  }
}
