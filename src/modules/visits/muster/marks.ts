/**
 * PURE: what many people say about one person (V18). Marks come from several devices, some of them late, because they
 * were made without a network. What is merged is the set of marks, so neither order nor doubling can change the result.
 */
export interface Mark {
  /** Made by the device; the same mark sent twice is one. */
  readonly id: string
  readonly safe: boolean
  /** When the warden saw it, milliseconds; not when it was sent. */
  readonly at: number
}

/** Later counts; at the same moment "safe" does: somebody saw the person. */
function compare(a: Mark, b: Mark): number {
  return a.at - b.at || Number(a.safe) - Number(b.safe) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Union of two sets of marks, in one order: commutative, associative, idempotent (property-tested). */
export function mergeMarks<M extends Mark>(a: readonly M[], b: readonly M[]): M[] {
  const all = new Map<string, M>()
  for (const mark of [...a, ...b]) if (!all.has(mark.id)) all.set(mark.id, mark)
  return [...all.values()].sort(compare)
}

export interface Standing<M extends Mark = Mark> {
  readonly safe: boolean
  /** The first who saw the person safe since they were last said to be missing; that moment counts in the report. */
  readonly by: M | null
  readonly missingAt: number | null
}

/** A "safe" wins over every "missing" of the same moment or before; a later "missing" takes it back. */
export function standing<M extends Mark>(marks: readonly M[]): Standing<M> {
  const ordered = mergeMarks(marks, [])
  const missing = ordered.findLast((mark) => !mark.safe)
  const by = ordered.find((mark) => mark.safe && (missing === undefined || mark.at >= missing.at)) ?? null
  return { safe: by !== null, by, missingAt: missing?.at ?? null }
}

/** A clock that runs ahead must not hide what comes after; nobody was safe in the evacuation before it began. */
export function boundedTime(at: number, startedAt: number, now: number): number {
  return Math.min(Math.max(at, startedAt), now)
}

/** Minutes until this share of the list was safe, to a tenth; null: never reached. */
export function minutesTo(
  share: number,
  total: number,
  startedAt: number,
  safeAt: readonly number[],
): number | null {
  const wanted = Math.ceil(total * share)
  if (total === 0 || wanted > safeAt.length) return null
  const at = [...safeAt].sort((a, b) => a - b)[wanted - 1]
  return at === undefined ? null : Math.round((at - startedAt) / 6_000) / 10
}
