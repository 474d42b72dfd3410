/** Everything the screens of visits fetch; commands are in visit-commands.ts. */
import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { call } from '../../../ui-kit/client.ts'
import { serverNow } from '../../../ui-kit/clock.ts'
import { useLive, useLiveInvalidate } from '../../../ui-kit/live.ts'
import { dayIn } from '../../../ui-kit/zone-time.ts'
import type { VisitCard, VisitDetail } from '../card/contract.ts'
import { visits } from '../contract.ts'
import { register } from '../register/contract.ts'
import { type Board, placeOnBoard } from './board.ts'
import { readOptions, type VisitOptions } from './options.ts'

export const visitKeys = {
  all: ['visits'] as const,
  board: ['visits', 'board'] as const,
  inside: ['visits', 'inside'] as const,
  mine: ['visits', 'mine'] as const,
  declined: ['visits', 'declined'] as const,
  detail: (id: string) => ['visits', 'detail', id] as const,
  /** Apart from the visits: no change of a visit changes the site's rules. */
  options: ['visit-options'] as const,
}

/** Fetches again whatever stands on the screen when somebody else changes a visit. Once a screen. */
export function useLiveVisits() {
  useLiveInvalidate({ visit: visitKeys.all })
}

const boardQuery = queryOptions({
  queryKey: visitKeys.board,
  queryFn: async ({ signal }): Promise<Board> => await call(visits.board, {}, { signal }),
})

export function useBoard(enabled = true) {
  return useQuery({ ...boardQuery, enabled })
}

export function visitQuery(id: string) {
  return queryOptions({
    queryKey: visitKeys.detail(id),
    queryFn: ({ signal }) => call(visits.get, { params: { id } }, { signal }),
  })
}

/** One visit; what the board knows of it already is at hand with `cardFromBoard`. */
export function useVisit(id: string) {
  return useQuery(visitQuery(id))
}

export function useInside() {
  return useQuery({
    queryKey: visitKeys.inside,
    queryFn: ({ signal }) => call(visits.inside, {}, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** A host's own visits, on the phone and on the host's page. */
export function useMyVisits() {
  return useQuery({
    queryKey: visitKeys.mine,
    queryFn: ({ signal }) => call(visits.mine, {}, { signal }),
  })
}

const visitOptionsQuery = queryOptions({
  queryKey: visitKeys.options,
  queryFn: async ({ signal }): Promise<VisitOptions> =>
    readOptions(await call(visits.options, {}, { signal })),
  staleTime: 10 * 60_000,
})

export function useVisitOptions() {
  return useQuery(visitOptionsQuery)
}

const keepDeclinedMs = 30 * 60_000

/** Declined within the half hour: the visitor still stands there and must hear the courteous wording (V5). */
export function useDeclined(zone: string, enabled = true) {
  return useQuery({
    queryKey: visitKeys.declined,
    enabled,
    queryFn: async ({ signal }) => {
      const from = dayIn(zone, serverNow())
      const { items } = await call(
        register.list,
        { query: { status: 'declined', from, limit: 20 } },
        { signal },
      )
      return items
    },
    select: (items: VisitCard[]) =>
      items.filter((item) => Date.parse(item.arrivedAt ?? '') > serverNow() - keepDeclinedMs),
  })
}

/** As the receptionist types: at most eight known visitors. */
export async function findKnown(q: string, signal: AbortSignal) {
  const { items } = await call(visits.known, { query: { q } }, { signal })
  return items
}

export type KnownVisitor = Awaited<ReturnType<typeof findKnown>>[number]

/** The answer of a command, put everywhere it is shown without waiting for the next fetch. */
export function placeVisit(client: QueryClient, visit: VisitCard) {
  client.setQueryData<VisitDetail>(visitKeys.detail(visit.id), (old) => (old ? { ...old, ...visit } : old))
  client.setQueryData<Board>(visitKeys.board, (board) => (board ? placeOnBoard(board, visit) : board))
}

/** Called when the host answered, not by this browser: the desk wants to hear it. */
export function useAnswered(tell: (visit: VisitDetail, action: 'answered' | 'declined') => void) {
  const client = useQueryClient()
  useLive(['visit'], (news) => {
    if (news.kind === 'reset') return
    for (const change of news.changes) {
      const action = change.action.replace(/^visit\./, '')
      if (action !== 'answered' && action !== 'declined') continue
      if (ownCommands.has(change.id)) continue
      void client
        .fetchQuery({ ...visitQuery(change.id), staleTime: 0 })
        .then((visit) => tell(visit, action))
        .catch(() => undefined)
    }
  })
}

/** Visits this browser has just acted on; their news is no news here. */
export const ownCommands = new Set<string>()
