import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readCallbackSearch } from '../../../modules/calls/ui/callbacks/search.ts'
import { readFigureSearch } from '../../../modules/calls/ui/figures/span.ts'
import { readLogSearch } from '../../../modules/calls/ui/log/log-search.ts'
import { readMessageSearch } from '../../../modules/calls/ui/messages/search.ts'
import { currentLinkToken } from '../../../ui-kit/client.ts'
import { desk, needs, phone, print, signedIn } from './shells.ts'

const log = createRoute({
  getParentRoute: () => desk,
  path: '/calls',
  beforeLoad: needs('call.read'),
  validateSearch: readLogSearch,
  component: lazyRouteComponent(() => import('../../../modules/calls/ui/log/log.tsx'), 'CallLog'),
})

const messages = createRoute({
  getParentRoute: () => desk,
  path: '/messages',
  beforeLoad: needs('message.see'),
  validateSearch: readMessageSearch,
  component: lazyRouteComponent(
    () => import('../../../modules/calls/ui/messages/board.tsx'),
    'MessagesBoard',
  ),
})

const callbacks = createRoute({
  getParentRoute: () => desk,
  path: '/callbacks',
  beforeLoad: needs('callback.see'),
  validateSearch: readCallbackSearch,
  component: lazyRouteComponent(
    () => import('../../../modules/calls/ui/callbacks/callbacks.tsx'),
    'Callbacks',
  ),
})

const figures = createRoute({
  getParentRoute: () => desk,
  path: '/call-figures',
  beforeLoad: needs('call.figures'),
  validateSearch: readFigureSearch,
  component: lazyRouteComponent(() => import('../../../modules/calls/ui/figures/figures.tsx'), 'CallFigures'),
})

const privateCalls = createRoute({
  getParentRoute: () => desk,
  path: '/private-calls',
  beforeLoad: needs('call.see'),
  validateSearch: readFigureSearch,
  component: lazyRouteComponent(
    () => import('../../../modules/calls/ui/figures/private-calls.tsx'),
    'PrivateCalls',
  ),
})

const duty = createRoute({
  getParentRoute: () => desk,
  path: '/duty-days',
  beforeLoad: needs('line.read'),
  component: lazyRouteComponent(() => import('../../../modules/calls/ui/duty/duty.tsx'), 'Duty'),
})

const exchange = createRoute({
  getParentRoute: () => desk,
  path: '/exchange',
  beforeLoad: needs('exchange.configure'),
  component: lazyRouteComponent(() => import('../../../modules/calls/ui/exchange/exchange.tsx'), 'Exchange'),
})

/** Opened signed in or from the signed link of a letter (C10). */
const messageLink = createRoute({
  getParentRoute: () => phone,
  path: '/host/messages/$id',
  beforeLoad: async ({ location }) => {
    if (currentLinkToken() === undefined) await signedIn(location)
  },
  component: lazyRouteComponent(
    () => import('../../../modules/calls/ui/phone/message-page.tsx'),
    'MessagePage',
  ),
})

const printCalls = createRoute({
  getParentRoute: () => print,
  path: '/print/calls',
  beforeLoad: needs('call.read'),
  validateSearch: readLogSearch,
  component: lazyRouteComponent(
    () => import('../../../modules/calls/ui/print/call-papers.tsx'),
    'CallsPaper',
  ),
})

const printCall = createRoute({
  getParentRoute: () => print,
  path: '/print/calls/$id',
  beforeLoad: needs('call.see'),
  component: lazyRouteComponent(() => import('../../../modules/calls/ui/print/call-papers.tsx'), 'CallPaper'),
})

const printMessage = createRoute({
  getParentRoute: () => print,
  path: '/print/messages/$id',
  beforeLoad: needs('message.see'),
  component: lazyRouteComponent(
    () => import('../../../modules/calls/ui/print/message-paper.tsx'),
    'MessagePaper',
  ),
})

/** Screens of the module by shell. */
export const callScreens = {
  desk: [log, messages, callbacks, figures, privateCalls, duty, exchange],
  phone: [messageLink],
  print: [printCalls, printCall, printMessage],
} as const
