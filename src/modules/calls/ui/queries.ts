/** Everything the screens of calls fetch; commands are in call-commands.ts. */
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import type { RouteAnswer } from '../../../kernel/contract.ts'
import { call } from '../../../ui-kit/client.ts'
import { useLiveInvalidate } from '../../../ui-kit/live.ts'
import type { CallCard, CallDetail } from '../card/contract.ts'
import { calls } from '../contract.ts'
import { exchange } from '../intake/contract.ts'
import { lines } from '../lines/contract.ts'
import { type MessageCard, messages } from '../messages/contract.ts'

export type CallsNow = RouteAnswer<typeof calls.now>
export type CallOptions = RouteAnswer<typeof calls.routes>

export const callKeys = {
  all: ['calls'] as const,
  now: ['calls', 'now'] as const,
  detail: (id: string) => ['calls', 'detail', id] as const,
  /** Apart from the calls: no call changes the site's routes and wording. */
  options: ['call-options'] as const,
  lines: ['lines'] as const,
  myLine: ['lines', 'mine'] as const,
  lamps: ['lines', 'list'] as const,
  exchange: ['exchange'] as const,
  messages: ['messages'] as const,
}

/** What one sees of calls changes by others' hands and by the exchange. Once a screen. */
export function useLiveCalls() {
  useLiveInvalidate({ call: callKeys.all, exchange: callKeys.exchange })
}

export function useCallsNow(enabled = true) {
  return useQuery({
    queryKey: callKeys.now,
    queryFn: async ({ signal }): Promise<CallsNow> => await call(calls.now, {}, { signal }),
    enabled,
  })
}

export function callQuery(id: string) {
  return queryOptions({
    queryKey: callKeys.detail(id),
    queryFn: async ({ signal }): Promise<CallDetail> => await call(calls.get, { params: { id } }, { signal }),
  })
}

export function useCall(id: string) {
  return useQuery(callQuery(id))
}

/** The caller's call before this one; the matter tells the receptionist what it is about (C5). */
export function useLastCall(contactId: string | null, notId: string) {
  return useQuery({
    queryKey: [...callKeys.all, 'before', contactId, notId],
    queryFn: async ({ signal }) => {
      if (contactId === null) return null
      const { items } = await call(calls.log, { query: { contactId, limit: 2 } }, { signal })
      return items.find((one) => one.id !== notId) ?? null
    },
    enabled: contactId !== null,
    staleTime: 5 * 60_000,
    // Not everybody may read the log; then nothing is said of the past.
    retry: false,
  })
}

export function useCallOptions(enabled = true) {
  return useQuery({
    queryKey: callKeys.options,
    queryFn: async ({ signal }): Promise<CallOptions> => await call(calls.routes, {}, { signal }),
    staleTime: 5 * 60_000,
    enabled,
  })
}

/** Lamps change with every handset lifted. Once a screen. */
export function useLiveLamps() {
  useLiveInvalidate({ line: callKeys.lines, employee: callKeys.lines })
}

/** Lamps by extension. */
export function useLamps(enabled = true) {
  return useQuery({
    queryKey: callKeys.lamps,
    queryFn: ({ signal }) => call(lines.list, {}, { signal }),
    select: ({ items }) => new Map(items.map((lamp) => [lamp.extension, lamp])),
    enabled,
  })
}

export function useMyLine(enabled = true) {
  return useQuery({
    queryKey: callKeys.myLine,
    queryFn: ({ signal }) => call(lines.mine, {}, { signal }),
    enabled,
  })
}

/** `up`: orders may be given from the screen; a house without an exchange works by hand (C15). */
export function useExchange(enabled = true) {
  const { data } = useQuery({
    queryKey: callKeys.exchange,
    queryFn: ({ signal }) => call(exchange.state, {}, { signal }),
    staleTime: 60_000,
    enabled,
  })
  const there = data?.exchange?.enabled === true
  return { there, up: there && data.exchange?.state === 'up', dial: data?.can.dial === true }
}

/** One's own messages that want something, the urgent and the oldest first (C6, C10). */
export function useMyMessages(enabled = true) {
  useLiveInvalidate({ message: callKeys.messages })
  return useQuery({
    queryKey: [...callKeys.messages, 'mine', 'open'],
    queryFn: ({ signal }) =>
      call(messages.list, { query: { whose: 'mine', status: 'open', limit: 50 } }, { signal }),
    select: (page) => ({ ...page, items: page.items.toSorted(byNeed) }),
    enabled,
  })
}

const byNeed = (a: MessageCard, b: MessageCard) =>
  Number(b.urgent) - Number(a.urgent) || (a.takenAt < b.takenAt ? -1 : 1)

export function messageQuery(id: string) {
  return queryOptions({
    queryKey: [...callKeys.messages, 'detail', id],
    queryFn: ({ signal }) => call(messages.get, { params: { id } }, { signal }),
  })
}

/** The answer of a command, put everywhere it is shown without waiting for the next fetch. */
export function placeCall(client: QueryClient, answer: CallCard | CallDetail) {
  client.setQueryData<CallDetail>(callKeys.detail(answer.id), (old) =>
    'hops' in answer ? answer : old ? { ...old, ...answer } : old,
  )
  client.setQueryData<CallsNow>(callKeys.now, (now) => {
    if (!now) return now
    const others = now.items.filter((one) => one.id !== answer.id)
    return { ...now, items: isOver(answer) ? others : [...others, answer] }
  })
}

const isOver = ({ status }: CallCard) => status === 'closed' || status === 'missed'
