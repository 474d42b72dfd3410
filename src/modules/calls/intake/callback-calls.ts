/** A promise kept by click-to-dial: the try that was written down is the call the exchange measured (C1, C15). */
import type { Follower } from '../../../kernel/journal/followers.ts'
import { linkAttempts } from './store.ts'

export const callbackCalls: Follower = {
  name: 'calls-callback-calls',
  wants: ({ entity, action }) =>
    entity === 'callback' && (action === 'callback.attempted' || action === 'callback.kept'),
  handle: async (sql, entries) => {
    await sql.run(linkAttempts([...new Set(entries.map(({ entityId }) => entityId))]))
    return []
  },
}
