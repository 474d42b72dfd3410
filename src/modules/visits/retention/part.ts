/** What the module of visits takes over from here. */
import { privacyErrors } from './contract.ts'
import { privacyRoutes } from './http.ts'
import { privacyGrants } from './policy.ts'
import { runRetention } from './run.ts'
import { retentionSetting } from './settings.ts'

export const retentionPart = {
  routes: privacyRoutes,
  grants: privacyGrants,
  errors: privacyErrors,
  settings: [retentionSetting],
  // After midnight in Chinese houses; what is due is decided by the site's own day.
  cron: [{ name: 'visits-retention', schedule: '20 18 * * *', run: runRetention }],
}
