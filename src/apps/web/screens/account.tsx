import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sessionRoutes } from '../../../modules/identity/sessions/contract.ts'
import { Button } from '../../../ui-kit/button.tsx'
import { Card } from '../../../ui-kit/card.tsx'
import { call } from '../../../ui-kit/client.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../ui-kit/session.ts'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../ui-kit/zone-time.ts'
import { queryClient } from '../queries.ts'
import { useLanguage } from '../shell/shell-bits.tsx'
import css from './account.module.css'

const queryKey = ['me', 'sessions']

/** Where the user is signed in, and ending it elsewhere. */
export function Account() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { user, site } = useSession()
  const sessions = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(sessionRoutes.mySessions, {}, { signal }),
  })
  const renew = () => queryClient.invalidateQueries({ queryKey })
  const end = useMutation({
    mutationFn: (session: string) => call(sessionRoutes.endMySession, { params: { session } }),
    onSuccess: () => showToast({ text: t('web.account.ended') }),
    onSettled: renew,
  })
  const endOthers = useMutation({
    mutationFn: () => call(sessionRoutes.endMyOthers, {}),
    onSuccess: () => showToast({ text: t('web.account.endedOthers') }),
    onSettled: renew,
  })
  const items = sessions.data?.items ?? []
  const when = (instant: string) => formatDateTime(instant, site.zone, language)
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('web.account.title', { name: user.name })}</h1>
        {items.length > 1 ? (
          <Button icon="signOut" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('web.account.endOthers')}
          </Button>
        ) : null}
      </header>
      <p className={css.note}>{t('web.account.help')}</p>
      <ProblemNotice fault={sessions.error} onRetry={() => void sessions.refetch()} />
      <ProblemNotice fault={end.error ?? endOthers.error} />
      {sessions.isPending ? <Skeleton kind="cards" rows={2} /> : null}
      <ul className={css.list}>
        {items.map((one) => (
          <Card
            key={one.id}
            as="li"
            level={2}
            title={`${one.browser} · ${one.system}`}
            aside={
              one.current ? (
                <StatusChip tone="good">{t('web.account.current')}</StatusChip>
              ) : (
                <Button busy={end.isPending && end.variables === one.id} onClick={() => end.mutate(one.id)}>
                  {t('web.account.end')}
                </Button>
              )
            }
          >
            <p className={css.note}>
              {t('web.account.since', {
                started: when(one.startedAt),
                seen: when(one.lastSeenAt),
                address: one.address,
              })}
            </p>
          </Card>
        ))}
      </ul>
    </div>
  )
}
