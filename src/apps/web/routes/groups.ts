import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readGroupSearch } from '../../../modules/visits/ui/groups/search.ts'
import { surfaceTexts } from '../i18n.ts'
import { desk, gate, needs, phone } from './shells.ts'

const list = () => import('../../../modules/visits/ui/groups/group-list.tsx')
const page = () => import('../../../modules/visits/ui/groups/group-page.tsx')
/** Groups have their words with the desk's: gate and phone fetch them with the page, not before the first screen. */
const worded =
  <T>(load: () => Promise<T>) =>
  async () => {
    await surfaceTexts('desk')
    return load()
  }

const deskList = createRoute({
  getParentRoute: () => desk,
  path: '/groups',
  beforeLoad: needs('visit.announce'),
  component: lazyRouteComponent(list, 'DeskGroups'),
})
const deskPage = createRoute({
  getParentRoute: () => desk,
  path: '/groups/$id',
  validateSearch: readGroupSearch,
  beforeLoad: needs('visit.announce'),
  component: lazyRouteComponent(page, 'DeskGroup'),
})
const gateList = createRoute({
  getParentRoute: () => gate,
  path: '/gate/groups',
  beforeLoad: needs('visit.register'),
  component: lazyRouteComponent(worded(list), 'GateGroups'),
})
const gatePage = createRoute({
  getParentRoute: () => gate,
  path: '/gate/groups/$id',
  validateSearch: readGroupSearch,
  beforeLoad: needs('visit.register'),
  component: lazyRouteComponent(worded(page), 'GateGroup'),
})
const hostList = createRoute({
  getParentRoute: () => phone,
  path: '/host/groups',
  beforeLoad: needs('visit.announce'),
  component: lazyRouteComponent(worded(list), 'HostGroups'),
})
const hostPage = createRoute({
  getParentRoute: () => phone,
  path: '/host/groups/$id',
  beforeLoad: needs('visit.announce'),
  component: lazyRouteComponent(worded(page), 'HostGroup'),
})

/** Screens of groups by shell (V22). */
export const groupScreens = {
  desk: [deskList, deskPage],
  gate: [gateList, gatePage],
  phone: [hostList, hostPage],
} as const
