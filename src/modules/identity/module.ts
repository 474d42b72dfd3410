import type { FoyerModule } from '../../kernel/module.ts'
import { roleOfPost } from '../../kernel/tasks/policy.ts'
import { identityErrors } from './contract.ts'
import { identify } from './engine.ts'
import { onEntry } from './events.ts'
import { bindIdentity } from './http.ts'
import { identityMatrix } from './policy.ts'
import { deleteExpired } from './sessions/store.ts'
import { noPorts, type Ports } from './sites/presets.ts'
import { peopleWithRole } from './users/store.ts'

/** @param ports the presets, which `apps/server` joins to identity: they hold settings of all modules */
export function identityWith(ports: Ports): FoyerModule {
  return {
    name: 'identity',
    routes: (bind) => bindIdentity(bind, ports),
    actors: (kernel) => async (request) => (await identify(kernel, request))?.actor ?? null,
    grants: identityMatrix,
    errors: identityErrors,
    constraints: {
      auth_user_username_key: 'user.name-taken',
      auth_user_email_key: 'user.email-taken',
      auth_user_employee_id_fkey: 'user.employee-unknown',
      site_code_key: 'site.code-taken',
      site_pkey: 'entity.exists',
      role_grant_site_id_fkey: 'site.unknown',
    },
    /** A post is told through whoever holds its role; departments' posts are the directory's. */
    staff: async (sql, siteId, post) => {
      const role = roleOfPost(post)
      if (role === undefined) return []
      return (await sql.all(peopleWithRole(siteId, role))).map((row) => row.employeeId)
    },
    live: {
      user: { action: 'user.read' },
      site: { action: 'site.read' },
      'api-key': { action: 'apikey.manage' },
    },
    cron: [
      {
        name: 'identity-expired',
        schedule: '17 3 * * *',
        run: async (kernel) => {
          for (const statement of deleteExpired(kernel.clock.now())) await kernel.sql.run(statement)
        },
      },
    ],
    onEntry,
  }
}

/** Without presets to choose from at set-up. */
export const identityModule: FoyerModule = identityWith(noPorts)
