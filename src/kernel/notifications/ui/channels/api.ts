import { type QueryClient, useQuery } from '@tanstack/react-query'
import { call } from '../../../../ui-kit/client.ts'
import { useSession } from '../../../../ui-kit/session.ts'
import type { RouteAnswer, RouteCall } from '../../../contract.ts'
import { type Channel, type ChannelDelivery, channelRoutes } from '../../channels/contract.ts'
import { ownChannelRoutes } from '../../channels/own/contract.ts'

export type { Channel, ChannelDelivery }

/** Whose channels a screen is about: the site's, or those of who is signed in. */
export type Scope = 'site' | 'own'

type Create = RouteCall<typeof channelRoutes.create>['body']
type Edit = RouteCall<typeof channelRoutes.edit>['body']
export type Log = RouteAnswer<typeof ownChannelRoutes.deliveries>

export async function createChannel(scope: Scope, body: Create) {
  if (scope === 'site') return await call(channelRoutes.create, { body })
  const { id, kind, url, secret, name, enabled, language, topics } = body
  if (kind === 'webhook') throw new Error('own channels are robots')
  return await call(ownChannelRoutes.create, {
    body: { id, kind, url, secret, name, enabled, language, topics },
  })
}

export async function editChannel(scope: Scope, id: string, body: Edit) {
  if (scope === 'site') return await call(channelRoutes.edit, { params: { id }, body })
  const { posts: _posts, events: _events, details: _details, mention: _mention, ...own } = body
  return await call(ownChannelRoutes.edit, { params: { id }, body: own })
}

export function removeChannel(scope: Scope, id: string) {
  return scope === 'site'
    ? call(channelRoutes.remove, { params: { id } })
    : call(ownChannelRoutes.remove, { params: { id } })
}

export function restoreChannel(scope: Scope, id: string) {
  return scope === 'site'
    ? call(channelRoutes.restore, { params: { id } })
    : call(ownChannelRoutes.restore, { params: { id } })
}

export function testChannel(scope: Scope, id: string) {
  return scope === 'site'
    ? call(channelRoutes.test, { params: { id } })
    : call(ownChannelRoutes.test, { params: { id } })
}

export function readDelivery(scope: Scope, id: string, signal: AbortSignal) {
  return scope === 'site'
    ? call(channelRoutes.delivery, { params: { id } }, { signal })
    : call(ownChannelRoutes.delivery, { params: { id } }, { signal })
}

export function retryDelivery(scope: Scope, id: string) {
  return scope === 'site'
    ? call(channelRoutes.retry, { params: { id } })
    : call(ownChannelRoutes.retry, { params: { id } })
}

export function renew(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ['channels'] })
}

export function useOptions() {
  const { site } = useSession()
  return useQuery({
    queryKey: ['channels', 'options', site.id],
    queryFn: ({ signal }) => call(channelRoutes.options, {}, { signal }),
    staleTime: 10 * 60_000,
  })
}
