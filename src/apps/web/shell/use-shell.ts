import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { offlineState } from '../../../ui-kit/offline/state.ts'
import { chooseSite, siteId } from '../../../ui-kit/site.ts'
import { chooseLanguage, languageChosenHere } from '../i18n.ts'
import { meQuery, queryClient } from '../queries.ts'

/** What every signed-in shell needs: the session, and the acts of the user menu. */
export function useShell() {
  const { data: me } = useSuspenseQuery(meQuery)
  const navigate = useNavigate()
  const router = useRouter()

  useEffect(() => {
    // The first page of a new browser speaks the user's language; afterwards the switch decides.
    if (!languageChosenHere()) void chooseLanguage(me.user.language)
  }, [me.user.language])

  useEffect(() => {
    if (siteId() !== me.site.id) chooseSite(me.site.id)
  }, [me.site.id])

  useEffect(() => {
    if (!me.actions.includes('visit.register')) return
    // After the first paint: the page does not wait for what it needs only without a server.
    const start = () => void import('../offline.ts').then(({ attend }) => attend(me)).catch(() => undefined)
    const timer = setTimeout(start, 300)
    return () => clearTimeout(timer)
  }, [me])

  return {
    me,
    openOutbox: () => void navigate({ to: gateHere() ? '/gate/offline' : '/offline' }),
    async switchSite(id: string) {
      chooseSite(id)
      // What the old site showed must not stand under the new one's name.
      await queryClient.resetQueries()
      await router.invalidate()
    },
    async leave() {
      const { waiting, conflicts } = offlineState()
      if (waiting + conflicts > 0) {
        return await navigate({ to: gateHere() ? '/gate/offline' : '/offline', search: { leaving: true } })
      }
      const { signOut } = await import('../sign-out.ts')
      await signOut()
      await navigate({ to: '/sign-in' })
    },
  }
}

const gateHere = () => location.pathname.startsWith('/gate')
