import type { JournalEntry } from '../../kernel/journal/entry.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import type { Forget } from './actors.ts'
import { identityOf } from './engine.ts'

/** Which remembered actors a journal entry makes old; null when none. */
export function forgottenBy(entry: Pick<JournalEntry, 'entity' | 'entityId' | 'data'>): Forget | null {
  switch (entry.entity) {
    case 'session':
      return { sessionId: entry.entityId }
    case 'user':
      return { userId: entry.entityId }
    case 'api-key':
      return { keyId: entry.entityId }
    default:
      return null
  }
}

/** Runs on every node for every settled entry: a revocation made elsewhere works here within ~0.2 s (K3). */
export function onEntry(kernel: Kernel, entry: JournalEntry): void {
  const forget = forgottenBy(entry)
  if (forget !== null) identityOf(kernel).actors.forget(forget)
}
