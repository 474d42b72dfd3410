import { checked, type FoyerModule } from '../../kernel/module.ts'
import type { TaskKind } from '../../kernel/tasks/kind.ts'
import { callErrors } from './card/contract.ts'
import { figureRoutes } from './figures/http.ts'
import { callsFinder } from './find.ts'
import { callsHistory } from './history.ts'
import { routes } from './http.ts'
import { callbackCalls } from './intake/callback-calls.ts'
import { exchangeRoutes } from './intake/http.ts'
import { exchangeIntake } from './intake/service.ts'
import { messageNotices } from './messages/notices.ts'
import { callNotices } from './notices.ts'
import { dutyPostNames, dutyPostsOf, dutyStaff, findDutyPosts } from './owners/posts.ts'
import { callPersonal } from './personal/source.ts'
import { grants } from './policy.ts'
import { promiseCron, promiseFollowers, promiseKinds, promiseRoutes } from './promises.ts'
import { checkRoutes, checkWording } from './setting-checks.ts'
import { callSettings, routesSetting, wordingSetting } from './settings.ts'

const link: NonNullable<TaskKind['link']> = ({ subjectId }) => `/?call=${subjectId}`

/** Settled by the outcome of the call, not by ticking a box. */
const byOutcome: TaskKind = { notify: 'when-due', settledBySubject: true, link }

export const callsModule: FoyerModule = {
  name: 'calls',
  routes: (bind) => {
    routes(bind)
    promiseRoutes(bind)
    exchangeRoutes(bind)
    figureRoutes(bind)
  },
  grants,
  errors: callErrors,
  constraints: {
    call_pkey: 'entity.exists',
    message_pkey: 'entity.exists',
    callback_pkey: 'entity.exists',
    exchange_pkey: 'edit.stale',
    exchange_order_pkey: 'entity.exists',
    call_transition: 'transition.refused',
    message_transition: 'transition.refused',
    callback_transition: 'transition.refused',
    call_hop_one_open: 'call.hop-open',
    call_hop_pkey: 'entity.exists',
    call_hop_call_id_position_key: 'call.hop-open',
  },
  settings: callSettings,
  settingChecks: [checked(routesSetting, checkRoutes), checked(wordingSetting, checkWording)],
  taskKinds: {
    'call.outcome': byOutcome,
    'call.missed': { ...byOutcome, notify: true },
    // What was repaired, and whether the caller has calmed down, only a person can say.
    'call.line-fault': { notify: true, link },
    'call.angry': { notify: true, link },
    ...promiseKinds,
  },
  notices: { ...callNotices, ...messageNotices },
  finder: callsFinder,
  history: callsHistory,
  personal: callPersonal,
  followers: [...promiseFollowers, callbackCalls],
  cron: promiseCron,
  posts: dutyPostsOf,
  staff: dutyStaff,
  postNames: dutyPostNames,
  findOwners: findDutyPosts,
  services: (kernel) => [exchangeIntake(kernel)],
  live: {
    call: { action: 'call.read' },
    message: { action: 'message.read' },
    callback: { action: 'callback.read' },
    line: { action: 'line.read' },
    exchange: { action: 'line.read' },
  },
}
