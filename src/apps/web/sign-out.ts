import { sessionRoutes } from '../../modules/identity/sessions/contract.ts'
import { call } from '../../ui-kit/client.ts'
import { clearDrafts } from '../../ui-kit/drafts.ts'
import { queryClient } from './queries.ts'
import { forgetRecent } from './recent.ts'

/** Ends the session and forgets on this machine whatever belonged to it. */
export async function signOut() {
  await call(sessionRoutes.signOut, {})
  clearDrafts()
  forgetRecent()
  queryClient.clear()
}
