/** PURE: how many different people came how often, and from where, out of the days' rows of numbers (`packs.ts`). */

export interface Pack {
  /** int4 each, one per visit. */
  readonly visitors: Buffer
  /** int4 each, number and people, one pair per visit that says where from. */
  readonly organisations: Buffer
}

export interface Returning {
  /** Place n − 1: how many came n times; the last stands for five and more. */
  readonly times: readonly number[]
  /** Those who came more than once, the most frequent first. */
  readonly often: readonly { readonly number: number; readonly times: number }[]
}

export interface Origins {
  readonly listed: readonly { readonly number: number; readonly arrived: number; readonly people: number }[]
  /** All of them, those not listed too. */
  readonly count: number
  readonly arrived: number
  readonly people: number
}

const most = 5

const lowByteFirst = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** PostgreSQL writes the high byte first, most machines read the low one first; all at once, as there may be millions. */
function numbersOf(pack: Buffer): Int32Array {
  const numbers = new Int32Array(pack.length / Int32Array.BYTES_PER_ELEMENT)
  const copy = Buffer.from(numbers.buffer)
  pack.copy(copy)
  if (lowByteFirst) copy.swap32()
  return numbers
}

/** `step` 2: every second is no number of anybody. */
function highest(packs: readonly Int32Array[], step: number): number {
  let high = 0
  for (const pack of packs) {
    for (let at = 0; at < pack.length; at += step) high = Math.max(high, pack[at] ?? 0)
  }
  return high
}

/** The so many largest, the lower number first where two are equal; one pass, as there may be a million. */
function largest(counts: Uint32Array, from: number, size: number): number[] {
  const found: number[] = []
  for (let number = 0; number < counts.length; number++) {
    const count = counts[number] ?? 0
    if (count < from || (found.length === size && count <= (counts[found[size - 1] ?? 0] ?? 0))) continue
    let place = found.length
    while (place > 0 && (counts[found[place - 1] ?? 0] ?? 0) < count) place--
    found.splice(place, 0, number)
    if (found.length > size) found.pop()
  }
  return found
}

export function returningOf(packs: readonly Pack[], size: number): Returning {
  const rows = packs.map((pack) => numbersOf(pack.visitors))
  // Numbers are dense, so a list of counters is smaller and faster than any map.
  const counts = new Uint32Array(highest(rows, 1) + 1)
  for (const row of rows) {
    for (let at = 0; at < row.length; at++) {
      const number = row[at] ?? 0
      counts[number] = (counts[number] ?? 0) + 1
    }
  }
  const times = [0, 0, 0, 0, 0]
  for (const count of counts) {
    if (count === 0) continue
    const place = Math.min(count, most) - 1
    times[place] = (times[place] ?? 0) + 1
  }
  return {
    times,
    often: largest(counts, 2, size).map((number) => ({ number, times: counts[number] ?? 0 })),
  }
}

export function originsOf(packs: readonly Pack[], size: number): Origins {
  const rows = packs.map((pack) => numbersOf(pack.organisations))
  const high = highest(rows, 2)
  const arrived = new Uint32Array(high + 1)
  const people = new Uint32Array(high + 1)
  const all = { count: 0, arrived: 0, people: 0 }
  for (const row of rows) {
    for (let at = 0; at < row.length; at += 2) {
      const number = row[at] ?? 0
      const heads = row[at + 1] ?? 0
      if (arrived[number] === 0) all.count++
      arrived[number] = (arrived[number] ?? 0) + 1
      people[number] = (people[number] ?? 0) + heads
      all.arrived++
      all.people += heads
    }
  }
  return {
    listed: largest(arrived, 1, size).map((number) => ({
      number,
      arrived: arrived[number] ?? 0,
      people: people[number] ?? 0,
    })),
    ...all,
  }
}
