import { createRouter } from '@tanstack/react-router'
import { callScreens } from './routes/calls.ts'
import { customerScreens } from './routes/customers.ts'
import { directoryScreens } from './routes/directory.ts'
import { groupScreens } from './routes/groups.ts'
import { houseScreens } from './routes/house.ts'
import { importantScreens } from './routes/important.ts'
import { musterScreens } from './routes/muster.ts'
import { permitScreens } from './routes/permits.ts'
import { desk, gate, phone, print, root } from './routes/shells.ts'
import { visitScreens } from './routes/visits.ts'
import { FaultPage } from './screens/fault-page.tsx'
import { LoadingPage } from './screens/loading-page.tsx'

/** Every screen of the house; a module's own are in `routes/<module>.ts`. */
export const router = createRouter({
  routeTree: root.addChildren([
    ...houseScreens.root,
    desk.addChildren([
      ...visitScreens.desk,
      ...groupScreens.desk,
      ...permitScreens.desk,
      ...importantScreens.desk,
      ...musterScreens.desk,
      ...callScreens.desk,
      ...customerScreens.desk,
      ...houseScreens.desk,
      ...directoryScreens.desk,
    ]),
    gate.addChildren([
      ...visitScreens.gate,
      ...importantScreens.gate,
      ...groupScreens.gate,
      ...permitScreens.gate,
      ...musterScreens.gate,
      ...houseScreens.gate,
    ]),
    phone.addChildren([
      ...visitScreens.phone,
      ...groupScreens.phone,
      ...importantScreens.phone,
      ...musterScreens.phone,
      ...callScreens.phone,
      ...houseScreens.phone,
    ]),
    print.addChildren([
      ...visitScreens.print,
      ...importantScreens.print,
      ...permitScreens.print,
      ...musterScreens.print,
      ...callScreens.print,
      ...directoryScreens.print,
    ]),
  ]),
  defaultErrorComponent: FaultPage,
  defaultPendingComponent: LoadingPage,
  defaultPendingMs: 300,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
