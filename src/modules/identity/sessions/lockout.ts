import { systemActor } from '../../../kernel/actor.ts'
import { failWith } from '../../../kernel/errors.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import { countTry } from '../rules.ts'
import { sessionErrors } from './contract.ts'
import { clearFailure, ensureFailure, lockFailure, updateFailure } from './store.ts'

const fail = failWith(sessionErrors)

/**
 * Counts one try for a user name before its password is looked at (K3).
 * @throws DomainError `sign-in.locked` with `{ minutes }`
 * @returns whether this try was the last one allowed, so that its failure closes the name
 */
export async function countOneTry(
  kernel: Kernel,
  requestId: string,
  username: string,
): Promise<{ last: boolean }> {
  const decision = await command(systemCtx(kernel, '', systemActor, requestId), async (work) => {
    const [, row] = await Promise.all([
      work.run(ensureFailure(username, work.now)),
      work.maybe(lockFailure(username)),
    ])
    const decided = countTry(row ?? null, work.now)
    if (decided.next !== null) work.write(updateFailure(username, decided.next, work.now))
    return decided
  })
  if (!decision.allowed) return fail('sign-in.locked', { minutes: decision.minutesLeft })
  return { last: decision.next.lockedUntil !== null }
}

/** A right password wipes the slate. */
export async function forgiveTries(kernel: Kernel, username: string): Promise<void> {
  await kernel.sql.run(clearFailure(username))
}

const queues = new Map<string, Promise<unknown>>()

/**
 * One password check per name at a time in this process. Counting first already bounds guesses; this keeps a person
 * who signs in from several places at the same moment from being counted as five failures.
 */
export async function oneAtATime<T>(username: string, work: () => Promise<T>): Promise<T> {
  const previous = queues.get(username) ?? Promise.resolve()
  const mine = previous.then(work, work)
  const settled = mine.catch(() => undefined)
  queues.set(username, settled)
  try {
    return await mine
  } finally {
    if (queues.get(username) === settled) queues.delete(username)
  }
}
