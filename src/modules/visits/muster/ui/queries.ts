/** What the screens of an evacuation fetch and send; a device asks only for what changed since. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { v7 } from 'uuid'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { type MusterPersonCard, musters } from '../contract.ts'

const keys = {
  all: ['muster'] as const,
  current: ['muster', 'current'] as const,
  people: (id: string) => ['muster', 'people', id] as const,
}

const currentQuery = queryOptions({
  queryKey: keys.current,
  queryFn: ({ signal }) => call(musters.current, {}, { signal }),
})

export function useCurrentMuster() {
  useLiveInvalidate({ muster: keys.all })
  return useQuery(currentQuery)
}
export type CurrentMuster = Awaited<ReturnType<NonNullable<(typeof currentQuery)['queryFn'] & object>>>

interface People {
  readonly revision: number
  readonly items: readonly MusterPersonCard[]
}

function merged(old: People | undefined, items: readonly MusterPersonCard[], revision: number): People {
  const all = new Map((old?.items ?? []).map((person) => [person.id, person]))
  for (const person of items) all.set(person.id, person)
  return { revision, items: [...all.values()] }
}

export function useMusterPeople(id: string) {
  const client = useQueryClient()
  return useQuery({
    queryKey: keys.people(id),
    queryFn: async ({ signal }): Promise<People> => {
      const old = client.getQueryData<People>(keys.people(id))
      const answer = await call(
        musters.people,
        { params: { id }, query: { after: old?.revision ?? 0 } },
        { signal },
      )
      // What was marked here while the answer was under way is newer than the answer.
      return merged(client.getQueryData<People>(keys.people(id)), answer.items, answer.revision)
    },
  })
}

/** The revision stays: what others changed meanwhile is still to be asked for. */
function place(client: QueryClient, id: string, items: readonly MusterPersonCard[]) {
  client.setQueryData<People>(keys.people(id), (old) => merged(old, items, old?.revision ?? 0))
}

export function useMusterCommands(id: string) {
  const client = useQueryClient()
  const params = { id }
  const now = () => new Date(serverNow()).toISOString()
  return {
    /** Shown at once; the answer, or the next news, puts it right. */
    async mark(people: readonly MusterPersonCard[], safe: boolean, point: string) {
      const at = now()
      place(
        client,
        id,
        people.map((person) => ({ ...person, safe, markedAt: safe ? at : null, point: safe ? point : '' })),
      )
      try {
        const marks = people.map((person) => ({ id: v7(), personId: person.id, safe, at, point }))
        const answer = await call(musters.mark, { params, body: { marks } })
        place(client, id, answer.items)
      } catch (fault) {
        place(client, id, people)
        throw fault
      } finally {
        void client.invalidateQueries({ queryKey: keys.current })
      }
    },
    async add(person: { name: string; organisation: string; zone: string; point: string }) {
      const answer = await call(musters.add, { params, body: { ...person, id: v7(), at: now() } })
      place(client, id, answer.items)
    },
    async end(note: string) {
      await call(musters.end, { params, body: { note } })
      await client.invalidateQueries({ queryKey: keys.all })
    },
  }
}

export function useStartMuster() {
  const client = useQueryClient()
  return async (kind: 'alarm' | 'drill', note: string) => {
    try {
      await call(musters.start, { body: { id: v7(), kind, note } })
    } finally {
      // Also after a refusal: somebody else was faster, and theirs is shown.
      await client.invalidateQueries({ queryKey: keys.all })
    }
  }
}
