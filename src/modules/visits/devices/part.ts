/** What the module of visits takes over from here. */
import type { Kernel } from '../../../kernel/kernel.ts'
import { deviceErrors } from './contract.ts'
import { deviceRoutes } from './http.ts'
import { deviceGrants } from './policy.ts'
import { accessSetting } from './settings.ts'
import { forgetScans } from './store.ts'
import { outByDoor } from './tasks.ts'

const keptDays = 90

async function forget(kernel: Kernel): Promise<void> {
  const before = new Date(kernel.clock.now().getTime() - keptDays * 24 * 60 * 60_000)
  for (;;) if ((await kernel.sql.run(forgetScans(before))) < 5000) return
}

export const devicePart = {
  routes: deviceRoutes,
  grants: deviceGrants,
  errors: deviceErrors,
  constraints: { door_external: 'door.external-taken' },
  settings: [accessSetting],
  taskKinds: {
    [outByDoor]: {
      notify: true,
      settledBySubject: true,
      link: ({ subjectId }: { subjectId: string }) => `/?visit=${subjectId}`,
    },
  },
  live: { door: { action: 'door.manage', link: () => '/devices' } },
  cron: [{ name: 'access-scans-forget', schedule: '50 19 * * *', run: forget }],
}
