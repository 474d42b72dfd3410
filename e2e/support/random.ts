/** Repeatable chance: the same seed, the same run (mulberry32). */
export interface Chance {
  next(): number
  int(below: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  oneOf<T>(items: readonly T[]): T | undefined
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    pick: (items) => items[int(items.length)] ?? items[0],
    oneOf: (items) => items[int(items.length)],
  }
}
