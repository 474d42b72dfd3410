import { DomainError } from './errors.ts'

/** state × command → the states it may lead to; a command that is absent is refused in that state. */
export type TransitionTable<State extends string, Command extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Command, readonly State[]>>>>
>

/** Declares a table; every state must be listed, so a forgotten one does not compile. */
export function transitions<State extends string, Command extends string>(
  table: TransitionTable<State, Command>,
): TransitionTable<State, Command> {
  return table
}

export function targets<S extends string, C extends string>(
  table: TransitionTable<S, C>,
  from: S,
  command: C,
): readonly S[] {
  return table[from][command] ?? []
}

export function allows<S extends string, C extends string>(
  table: TransitionTable<S, C>,
  from: S,
  command: C,
): boolean {
  return targets(table, from, command).length > 0
}

/**
 * The guard of every command.
 * @throws DomainError `transition.refused` with `{ from, command }`: the caller's picture is out of date.
 */
export function mustAllow<S extends string, C extends string>(
  table: TransitionTable<S, C>,
  from: S,
  command: C,
  to?: S,
): void {
  const possible = targets(table, from, command)
  if (possible.length === 0 || (to !== undefined && !possible.includes(to))) {
    throw new DomainError('transition.refused', { from, command })
  }
}
