/** What a module tells the device so that its screens go on without a server. Types only. */
import type { RouteAnswer, RouteCall, RouteSpec } from '../../kernel/contract.ts'

export interface Parts {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

export interface Refusal {
  readonly code: string
  readonly status: number
  readonly data: Readonly<Record<string, unknown>>
}

/** A command that waits to be sent. Kept encrypted; order within a subject is never changed. */
export interface Entry {
  /** UUIDv7; also the idempotency key, so that sending it twice acts once. */
  readonly id: string
  readonly order: number
  /** Id of the route, `visits.release`. */
  readonly route: string
  readonly parts: Parts
  /** Entries of one subject (a visit) are sent one after another. */
  readonly subject: string
  /** Names the record to a person: the visitor. */
  readonly label: string
  /** When it was done, by the server's clock as this device knows it. */
  readonly occurredAt: string
  /** The record before and after, as this device sees it. */
  readonly before: unknown
  readonly after: unknown
  readonly state: 'waiting' | 'conflict'
  /** A first try may have reached the server: its body must not change. */
  readonly maybeSent: boolean
  readonly refusal: Refusal | null
  /** The record as the server had it when it refused. */
  readonly theirs: unknown
  /** Who did it. */
  readonly by: { readonly id: string; readonly name: string }
}

/** Everything a module's part may look at. */
export interface Local {
  /** What was kept while there was a connection; undefined when it never came. */
  snapshot<T>(name: string): T | undefined
  /** In the order they were done. */
  readonly entries: readonly Entry[]
  readonly device: string
  readonly owner: {
    readonly id: string
    readonly name: string
    readonly siteId: string
    readonly actions: readonly string[]
  }
  /** Milliseconds since 1970, the server's clock. */
  now(): number
}

export interface SnapshotSource {
  readonly name: string
  /** Fetched again after this long, and when one of the entities changed. */
  readonly everyMinutes: number
  readonly entities: readonly string[]
  readonly fetch: (signal: AbortSignal, device: string) => Promise<unknown>
}

export interface LocalRead {
  readonly route: RouteSpec
  /** The answer without a server; undefined: this cannot be known here. */
  readonly answer: (parts: Parts, local: Local) => unknown
  /** A server's answer with what still waits laid over it. */
  readonly overlay?: (answer: unknown, parts: Parts, local: Local) => unknown
}

export interface Act {
  /** With what the device adds, like a pass number; left out: as the caller gave them. */
  readonly parts?: Parts
  readonly label: string
  readonly before: unknown
  readonly after: unknown
  /** What the caller gets; left out: `after`. */
  readonly answer?: unknown
}

export interface Correction {
  /** Text key below `offline.correct.`. */
  readonly key: string
  readonly route: RouteSpec
  readonly parts: Parts
  /** A word from the person is needed and put into the body here. */
  readonly asks?: 'name' | 'reason'
  /** It becomes another record: entries behind it go on with this subject. */
  readonly moves?: string
}

export interface LocalCommand {
  readonly route: RouteSpec
  readonly subject: (parts: Parts) => string
  /** @throws ApiProblem when the rules would refuse it anyway */
  readonly act: (parts: Parts, local: Local) => Act
  /** The record as the server has it now, for deciding on a refusal. */
  readonly theirs?: (entry: Entry, signal: AbortSignal) => Promise<unknown>
  /** PURE: somebody did the same meanwhile, so nothing is lost and nobody need be asked. */
  readonly alreadyDone?: (entry: Entry, refusal: Refusal, theirs: unknown) => boolean
  /** PURE: what the device added (a pass it handed out), after a first try that may have arrived without it. */
  readonly afterwards?: (entry: Entry) => { readonly route: RouteSpec; readonly parts: Parts } | undefined
  /** PURE: how mine can still be put on record. */
  readonly corrections?: (entry: Entry, theirs: unknown) => readonly Correction[]
}

export interface OfflinePart {
  readonly name: string
  /** Nothing of this part is kept on the device of whoever lacks the action. */
  readonly action: string
  readonly snapshots: readonly SnapshotSource[]
  readonly reads: readonly LocalRead[]
  readonly commands: readonly LocalCommand[]
}

/** Typed declarations; what the route says is what the functions get. */
export function localRead<S extends RouteSpec>(
  route: S,
  answer: (parts: RouteCall<S>, local: Local) => RouteAnswer<S> | undefined,
  overlay?: (answer: RouteAnswer<S>, parts: RouteCall<S>, local: Local) => RouteAnswer<S>,
): LocalRead {
  return { route, answer, ...(overlay ? { overlay } : {}) } as unknown as LocalRead
}

export interface TypedCommand<S extends RouteSpec> extends Omit<LocalCommand, 'route' | 'subject' | 'act'> {
  readonly subject: (parts: RouteCall<S>) => string
  readonly act: (parts: RouteCall<S>, local: Local) => Omit<Act, 'parts'> & { readonly parts?: RouteCall<S> }
}

export function localCommand<S extends RouteSpec>(route: S, command: TypedCommand<S>): LocalCommand {
  return { route, ...command } as unknown as LocalCommand
}
