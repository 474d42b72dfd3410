import { QueryClient, queryOptions } from '@tanstack/react-query'
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

async function fetchMe(signal: AbortSignal) {
  try {
    return await call(sessionRoutes.me, {}, { signal })
  } catch (fault) {
    // The browser remembers a site this user does not belong to (another user's, or one that is gone).
    const wrongSite = fault instanceof ApiProblem && ['site.unknown', 'auth.forbidden'].includes(fault.code)
    if (!wrongSite || !siteId()) throw fault
    chooseSite('')
    return await call(sessionRoutes.me, {}, { signal })
  }
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => fetchMe(signal),
  staleTime: 5 * 60_000,
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => call(siteRoutes.setup, {}, { signal }),
})
