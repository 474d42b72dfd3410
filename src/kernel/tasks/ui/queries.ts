import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../ui-kit/client.ts'
import { useLiveInvalidate } from '../../../ui-kit/live.ts'
import type { RouteAnswer } from '../../contract.ts'
import { tasks } from '../contract.ts'

export type Task = RouteAnswer<typeof tasks.read>
export type Owner = Pick<Task['owner'], 'kind' | 'id'>
export type Whose = 'mine' | 'all'
export type Status = 'open' | 'settled'

/** The dispatcher of another node may act while this page sleeps; live updates do the rest. */
const refetchInterval = 60_000

export function useTaskList(whose: Whose, status: Status) {
  return useInfiniteQuery({
    queryKey: ['tasks', 'list', whose, status],
    queryFn: ({ signal, pageParam }) =>
      call(
        tasks.list,
        { query: { whose, status, limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval,
  })
}

export function useTaskSummary(whose: Whose) {
  return useQuery({
    queryKey: ['tasks', 'summary', whose],
    queryFn: ({ signal }) => call(tasks.summary, { query: { whose } }, { signal }),
    refetchInterval,
  })
}

export function useLiveTasks() {
  useLiveInvalidate({ task: ['tasks'] })
}

export function useRenewTasks() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['tasks'] })
}
