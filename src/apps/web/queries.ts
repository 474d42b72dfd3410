import { QueryClient, queryOptions } from '@tanstack/react-query'
import type { RouteAnswer } from '../../kernel/contract.ts'
import { sessionRoutes } from '../../modules/identity/sessions/contract.ts'
import { siteRoutes } from '../../modules/identity/sites/contract.ts'
import { call } from '../../ui-kit/client.ts'
import { ApiProblem } from '../../ui-kit/problem.ts'
import { chooseSite, siteId } from '../../ui-kit/site.ts'

/** `call` already tries again; live updates and focus renew, so an answer stays fresh for a while. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 30_000, gcTime: 10 * 60_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

const owed = 'foyer.sign-out-owed'

/** Signing out: the session at the server ends as soon as it answers, and before anything else is asked of it. */
export function oweSignOut() {
  localStorage.setItem(owed, 'yes')
}

/** Before signing in, too: the debt is the old session's, and must not be paid with the new one. */
export async function payDebt() {
  if (localStorage.getItem(owed) === null) return
  try {
    await call(sessionRoutes.signOut, {}, { alone: true, timeoutMs: 5000 })
  } catch (fault) {
    // The server had ended it already.
    if (!(fault instanceof ApiProblem && fault.status === 401)) throw fault
  }
  localStorage.removeItem(owed)
}

let keptSession: () => Promise<unknown> = async () => undefined

/** How a session that this device has kept is opened again; given from outside, because that part loads these queries. */
export function resumeSessionsBy(open: () => Promise<unknown>): void {
  keptSession = open
}

async function fetchMe(signal: AbortSignal): Promise<RouteAnswer<typeof sessionRoutes.me>> {
  try {
    await payDebt()
    return await call(sessionRoutes.me, {}, { signal })
  } catch (fault) {
    const away = fault instanceof ApiProblem && (fault.status === 0 || fault.status >= 502)
    if (away && localStorage.getItem(owed) === null) {
      // Whoever was signed in goes on, where this device has kept who that was (ui-kit/offline).
      const kept = await keptSession().catch(() => undefined)
      if (kept) return kept as RouteAnswer<typeof sessionRoutes.me>
    }
    // The browser remembers a site this user does not belong to (another user's, or one that is gone).
    const wrongSite = fault instanceof ApiProblem && ['site.unknown', 'auth.forbidden'].includes(fault.code)
    if (!wrongSite || !siteId()) throw fault
    chooseSite('')
    return await call(sessionRoutes.me, {}, { signal })
  }
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  async queryFn({ signal }) {
    // Meanwhile: the first screen of most surfaces has no form.
    const drafts = import('../../ui-kit/drafts.ts').catch(() => undefined)
    const me = await fetchMe(signal)
    // Forms stand with what was begun in them from their first moment.
    await (await drafts)?.openDrafts(me.user.id)
    return me
  },
  staleTime: 5 * 60_000,
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => call(siteRoutes.setup, {}, { signal }),
})
