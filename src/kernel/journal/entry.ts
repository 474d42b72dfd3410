import type { Actor } from '../actor.ts'

/** What a use case says about a change; the kernel adds who, when, where and which request (G4). */
export interface NewEntry {
  readonly entity: string
  readonly entityId: string
  /** `<entity>.<past participle>`: `visit.admitted`. */
  readonly action: string
  readonly version?: number
  /** Only the fields that changed; never a secret, never a full document number. */
  readonly before?: Readonly<Record<string, unknown>> | null
  readonly after?: Readonly<Record<string, unknown>> | null
  /** Whatever followers need besides: `people` (employee ids concerned) narrows who sees it live. */
  readonly data?: Readonly<Record<string, unknown>>
}

export interface Position {
  readonly xid: string
  readonly id: number
}

export interface JournalEntry extends Position {
  readonly at: Date
  readonly siteId: string | null
  readonly actorKind: Exclude<Actor['kind'], 'anonymous'>
  readonly actorId: string
  readonly actorName: string
  readonly requestId: string
  readonly entity: string
  readonly entityId: string
  readonly action: string
  readonly version: number | null
  readonly before: Record<string, unknown> | null
  readonly after: Record<string, unknown> | null
  readonly data: Record<string, unknown> | null
}

/** `123.456`: what travels as the id of a server-sent event. */
export function positionText(position: Position): string {
  return `${position.xid}.${position.id}`
}

export function isAfter(a: Position, b: Position): boolean {
  return a.xid === b.xid ? a.id > b.id : BigInt(a.xid) > BigInt(b.xid)
}

export function parsePosition(text: string): Position | undefined {
  const match = /^(\d{1,20})\.(\d{1,15})$/.exec(text)
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { xid: match[1], id: Number(match[2]) }
}

/** Employee ids an entry concerns, as the use case named them. */
export function peopleOf(entry: JournalEntry): readonly string[] {
  return strings(entry.data?.people)
}

/** What an entry says about tasks opened or settled in its transaction; `undefined` when it touched none. */
export function tasksOf(
  entry: JournalEntry,
): { readonly opened: readonly string[]; readonly people: readonly string[] } | undefined {
  const tasks = entry.data?.tasks
  if (typeof tasks !== 'object' || tasks === null) return undefined
  return {
    opened: strings('opened' in tasks ? tasks.opened : undefined),
    people: strings('people' in tasks ? tasks.people : undefined),
  }
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : []
}
