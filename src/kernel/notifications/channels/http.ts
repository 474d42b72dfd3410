import type { Bind } from '../../http/bind.ts'
import { channelRoutes } from './contract.ts'
import * as log from './log/service.ts'
import { ownChannelRoutes } from './own/contract.ts'
import * as service from './service.ts'

const { siteScope, ownScope } = service

export function bindChannels(bind: Bind): void {
  bind(channelRoutes.list, service.list)
  bind(channelRoutes.options, log.options)
  bind(channelRoutes.create, (ctx, input) => service.create(ctx, siteScope(ctx), input))
  bind(channelRoutes.edit, (ctx, input) => service.edit(ctx, siteScope(ctx), input))
  bind(channelRoutes.remove, (ctx, input) => service.remove(ctx, siteScope(ctx), input))
  bind(channelRoutes.restore, (ctx, input) => service.restore(ctx, siteScope(ctx), input))
  bind(channelRoutes.rotate, service.rotate)
  bind(channelRoutes.test, (ctx, input) => log.test(ctx, siteScope(ctx), input))
  bind(channelRoutes.retryFailed, (ctx, input) => log.retryFailed(ctx, siteScope(ctx), input))
  bind(channelRoutes.replayable, (ctx, input) => log.replayable(ctx, siteScope(ctx), input))
  bind(channelRoutes.replay, (ctx, input) => log.replay(ctx, siteScope(ctx), input))
  bind(channelRoutes.deliveries, log.siteDeliveries)
  bind(channelRoutes.delivery, (ctx, input) => log.delivery(ctx, siteScope(ctx), input))
  bind(channelRoutes.retry, (ctx, input) => log.retry(ctx, siteScope(ctx), input))

  bind(ownChannelRoutes.list, service.listOwn)
  bind(ownChannelRoutes.create, (ctx, input) => service.create(ctx, ownScope(ctx), input))
  bind(ownChannelRoutes.edit, (ctx, input) => service.edit(ctx, ownScope(ctx), input))
  bind(ownChannelRoutes.remove, (ctx, input) => service.remove(ctx, ownScope(ctx), input))
  bind(ownChannelRoutes.restore, (ctx, input) => service.restore(ctx, ownScope(ctx), input))
  bind(ownChannelRoutes.test, (ctx, input) => log.test(ctx, ownScope(ctx), input))
  bind(ownChannelRoutes.deliveries, (ctx, input) => log.deliveries(ctx, ownScope(ctx), input))
  bind(ownChannelRoutes.delivery, (ctx, input) => log.delivery(ctx, ownScope(ctx), input))
  bind(ownChannelRoutes.retry, (ctx, input) => log.retry(ctx, ownScope(ctx), input))
  bind(ownChannelRoutes.prefer, service.prefer)
}
