import { eraseDrafts } from '../../ui-kit/drafts.ts'
import { tellOtherTabs } from './other-tabs.ts'
import { oweSignOut, payDebt, queryClient } from './queries.ts'
import { forgetRecent } from './recent.ts'

/**
 * Forgets on this machine whatever belonged to the person, then ends the session. The device first: a server that is
 * away or slow must not keep anything readable here (G5). The session there ends as soon as it answers.
 */
export async function signOut() {
  const device = await import('./offline.ts').catch(() => undefined)
  await device?.leaveDevice()
  // Before anything is asked again: a page opened from now on is nobody's.
  oweSignOut()
  await device?.lockDevice()
  await eraseDrafts()
  sessionStorage.clear()
  forgetRecent()
  tellOtherTabs()
  await payDebt().catch(() => undefined)
  queryClient.clear()
}
