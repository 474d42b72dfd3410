import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { chooseSite, siteId } from '../../../ui-kit/site.ts'
import { chooseLanguage, languageChosenHere } from '../i18n.ts'
import { meQuery, queryClient } from '../queries.ts'
import { signOut } from '../sign-out.ts'

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

  return {
    me,
    async switchSite(id: string) {
      chooseSite(id)
      // What the old site showed must not stand under the new one's name.
      await queryClient.resetQueries()
      await router.invalidate()
    },
    async leave() {
      await signOut()
      await navigate({ to: '/sign-in' })
    },
  }
}
