import { sessionRoutes } from '../../modules/identity/sessions/contract.ts'
import { call } from '../../ui-kit/client.ts'
import { clearDrafts } from '../../ui-kit/drafts.ts'
import { ApiProblem } from '../../ui-kit/problem.ts'
import { oweSignOut, queryClient } from './queries.ts'
import { forgetRecent } from './recent.ts'

/**
 * Ends the session and forgets on this machine whatever belonged to it. Without a server the device is closed all the
 * same, and the session there ends as soon as it answers.
 */
export async function signOut() {
  const device = await import('./offline.ts').catch(() => undefined)
  await device?.leaveDevice()
  try {
    await call(sessionRoutes.signOut, {})
  } catch (fault) {
    if (!(fault instanceof ApiProblem) || fault.status !== 0) throw fault
    oweSignOut()
  }
  await device?.lockDevice()
  clearDrafts()
  forgetRecent()
  queryClient.clear()
}
