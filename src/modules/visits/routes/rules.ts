/** PURE: the decision table of V6. Facts in, the first fitting row out; no clock, no database. */

export const misfits = ['kind', 'topic', 'appointment', 'person', 'hours', 'words'] as const
export type Misfit = (typeof misfits)[number]

export type Decision = 'ask' | 'notify' | 'admit' | 'decline'

interface When {
  readonly kinds: readonly string[]
  readonly topics: readonly string[]
  readonly appointment: 'any' | 'with' | 'without'
  readonly person: 'any' | 'known' | 'stranger'
  readonly hours: 'any' | 'working' | 'closed'
  readonly words: readonly string[]
}

/** As much of a row as the decision needs; the targets stay the caller's. */
export interface Row<T> {
  readonly key: string
  readonly when: When
  readonly decision: Decision
  readonly targets: readonly T[]
  readonly last: 'desk' | 'decline'
}

export interface Facts {
  readonly kind: string
  /** Empty: none. */
  readonly topic: string
  readonly appointment: boolean
  /** Has been here before. */
  readonly known: boolean
  readonly working: boolean
  readonly matter: string
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** Which conditions of a row the facts do not meet; empty: it fits. */
export function misfitsOf(when: When, facts: Facts): Misfit[] {
  const found: Misfit[] = []
  if (when.kinds.length > 0 && !when.kinds.includes(facts.kind)) found.push('kind')
  if (when.topics.length > 0 && !when.topics.includes(facts.topic)) found.push('topic')
  if (when.appointment !== 'any' && (when.appointment === 'with') !== facts.appointment)
    found.push('appointment')
  if (when.person !== 'any' && (when.person === 'known') !== facts.known) found.push('person')
  if (when.hours !== 'any' && (when.hours === 'working') !== facts.working) found.push('hours')
  const matter = plain(facts.matter)
  if (when.words.length > 0 && !when.words.some((word) => matter.includes(plain(word)))) found.push('words')
  return found
}

const hostKinds: readonly string[] = ['host', 'host-head']

/**
 * Need a walk-in of this kind and topic name no host, because every row that could decide leads to somebody else, or asks
 * nobody? Courier and candidate know no name; the table knows whom to ask (V6). Static, so that a device without a server
 * says the same.
 */
export function goesWithoutHost(
  rows: readonly Row<{ readonly kind: string }>[],
  kind: string,
  topic: string,
): boolean {
  for (const { when, decision, targets } of rows) {
    const fits = (limit: readonly string[], value: string) => limit.length === 0 || limit.includes(value)
    if (when.appointment === 'with' || !fits(when.kinds, kind) || !fits(when.topics, topic)) continue
    const asksNobody = decision === 'admit' || decision === 'decline'
    if (!asksNobody && !targets.some((to) => !hostKinds.includes(to.kind))) return false
    if (when.person === 'any' && when.hours === 'any' && when.words.length === 0) return true
  }
  return false
}

export interface Decided<R> {
  /** Null: no row fits. The host is asked, then the desk. */
  readonly row: R | null
  readonly decision: Decision
  readonly last: 'desk' | 'decline'
  /** The rows above, and why they do not fit. */
  readonly passed: readonly { readonly key: string; readonly misfits: readonly Misfit[] }[]
}

/**
 * V6: total and deterministic; the first fitting row decides. Whether anybody need be asked stays the category's
 * matter (V2, V3): where no consent is due, whoever would be asked is told. An appointment is the house's own word, so
 * no row turns such a visitor away: the desk decides.
 */
export function decide<R extends Row<unknown>>(
  rows: readonly R[],
  facts: Facts & { readonly consentDue: boolean },
): Decided<R> {
  const passed: { key: string; misfits: Misfit[] }[] = []
  for (const row of rows) {
    const found = misfitsOf(row.when, facts)
    if (found.length > 0) {
      passed.push({ key: row.key, misfits: found })
      continue
    }
    const wanted = row.decision === 'decline' && facts.appointment ? 'ask' : row.decision
    const decision = wanted === 'ask' && !facts.consentDue ? 'notify' : wanted
    return { row, decision, last: lastFor(row.last, facts.appointment), passed }
  }
  return { row: null, decision: facts.consentDue ? 'ask' : 'notify', last: 'desk', passed }
}

/** The end of the list for somebody the house itself has asked to come is the desk. */
export function lastFor(last: 'desk' | 'decline', appointment: boolean): 'desk' | 'decline' {
  return appointment ? 'desk' : last
}

export type Next<T> =
  | { readonly act: 'ask'; readonly target: T }
  | { readonly act: 'desk' }
  | { readonly act: 'decline' }

/** Whom to ask after those asked already; at the end of the list the desk or the courteous refusal (V5, V6). */
export function nextToAsk<T extends { readonly id: string }>(
  targets: readonly T[],
  before: readonly string[],
  last: 'desk' | 'decline',
): Next<T> {
  const target = targets.find(({ id }) => !before.includes(id))
  if (target !== undefined) return { act: 'ask', target }
  return { act: last }
}

export interface Unreachable {
  readonly key: string
  /** Rows above that take everything it is meant for; empty: no visitor of this house can fit. */
  readonly by: readonly string[]
}

/**
 * Rows that never decide: for each the smallest cases it fits are tried against the rows above. Enough, because a longer
 * matter can only fit more rows.
 */
export function unreachableRows(
  rows: readonly Row<unknown>[],
  kinds: readonly { readonly key: string; readonly topics: readonly string[] }[],
): Unreachable[] {
  return rows.flatMap((row, index) => {
    const above = rows.slice(0, index)
    const by = new Set<string>()
    for (const facts of casesOf(row.when, kinds)) {
      const taker = above.find((one) => misfitsOf(one.when, facts).length === 0)
      if (taker === undefined) return []
      by.add(taker.key)
    }
    return [{ key: row.key, by: [...by] }]
  })
}

const sides = (limit: boolean | null) => (limit === null ? [true, false] : [limit])

function* casesOf(
  when: When,
  kinds: readonly { readonly key: string; readonly topics: readonly string[] }[],
): Generator<Facts> {
  const appointments = sides(when.appointment === 'any' ? null : when.appointment === 'with')
  const persons = sides(when.person === 'any' ? null : when.person === 'known')
  const hours = sides(when.hours === 'any' ? null : when.hours === 'working')
  const matters = when.words.length > 0 ? when.words : ['']
  for (const kind of kinds) {
    if (when.kinds.length > 0 && !when.kinds.includes(kind.key)) continue
    const topics =
      when.topics.length > 0 ? kind.topics.filter((one) => when.topics.includes(one)) : ['', ...kind.topics]
    for (const topic of topics)
      for (const appointment of appointments)
        for (const known of persons)
          for (const working of hours)
            for (const matter of matters) yield { kind: kind.key, topic, appointment, known, working, matter }
  }
}

export type Question = 'organisation' | 'visitorName' | 'purpose'

/** V4: what a stranger has not said yet; from where, what name, what matter. */
export function openQuestions(said: Readonly<Record<Question, string>>): Question[] {
  return (['organisation', 'visitorName', 'purpose'] as const).filter((one) => said[one].trim() === '')
}

/** What the asked one said, or why they were not waited for: `told` needed no answer, `passed` was overtaken. */
export const hopResults = [
  'agreed',
  'wait',
  'delegated',
  'declined',
  'no-answer',
  'busy',
  'told',
  'passed',
] as const
export type HopResult = (typeof hopResults)[number]
