import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../ui-kit/client.ts'
import { useLiveInvalidate } from '../../../ui-kit/live.ts'
import { useSession } from '../../../ui-kit/session.ts'
import type { RouteAnswer } from '../../contract.ts'
import { notificationRoutes } from '../contract.ts'

export type Notification = RouteAnswer<typeof notificationRoutes.list>['items'][number]

const first: string | undefined = undefined

/** How many are unread; told by the live stream, so it costs nothing while nothing happens. */
export function useUnread(): number {
  const { site, user } = useSession()
  useLiveInvalidate({ notification: ['notifications'] })
  const count = useQuery({
    queryKey: ['notifications', 'count', site.id, user.id],
    queryFn: ({ signal }) => call(notificationRoutes.count, {}, { signal }),
  })
  return count.data?.unread ?? 0
}

export function useNotifications() {
  const { site, user } = useSession()
  return useInfiniteQuery({
    queryKey: ['notifications', 'list', site.id, user.id],
    initialPageParam: first,
    queryFn: ({ signal, pageParam }) =>
      call(
        notificationRoutes.list,
        { query: { limit: 20, ...(pageParam === undefined ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string | 'all') =>
      id === 'all' ? call(notificationRoutes.readAll, {}) : call(notificationRoutes.read, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
}
