import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { sessionRoutes } from '../../sessions/contract.ts'
import css from './page.module.css'

const queryKey = ['me', 'sessions']

/** Where the user is signed in, and ending it elsewhere. */
export function SessionList() {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const queries = useQueryClient()
  const sessions = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(sessionRoutes.mySessions, {}, { signal }),
  })
  const renew = () => queries.invalidateQueries({ queryKey })
  const end = useMutation({
    mutationFn: (session: string) => call(sessionRoutes.endMySession, { params: { session } }),
    onSuccess: () => showToast({ text: t('identity.account.ended') }),
    onSettled: renew,
  })
  const endOthers = useMutation({
    mutationFn: () => call(sessionRoutes.endMyOthers, {}),
    onSuccess: () => showToast({ text: t('identity.account.endedOthers') }),
    onSettled: renew,
  })
  const items = sessions.data?.items ?? []
  const when = (instant: string) => formatDateTime(instant, site.zone, i18n.language === 'en' ? 'en' : 'zh')
  return (
    <div className={css.form}>
      <p className={css.note}>{t('identity.account.sessionsHelp')}</p>
      <ProblemNotice fault={sessions.error} onRetry={() => void sessions.refetch()} />
      <ProblemNotice fault={end.error ?? endOthers.error} />
      {sessions.isPending ? <Skeleton rows={2} /> : null}
      <ul className={css.form}>
        {items.map((one) => (
          <li key={one.id} className={css.head}>
            <span>
              {[one.browser, one.system].filter(Boolean).join(' · ') || t('identity.account.unknownDevice')}
              <br />
              <span className={css.note}>
                {t('identity.account.since', {
                  started: when(one.startedAt),
                  seen: when(one.lastSeenAt),
                  address: one.address,
                })}
              </span>
            </span>
            {one.current ? (
              <StatusChip tone="good">{t('identity.account.thisDevice')}</StatusChip>
            ) : (
              <Button busy={end.isPending && end.variables === one.id} onClick={() => end.mutate(one.id)}>
                {t('identity.account.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {items.length > 1 ? (
        <div className={css.row}>
          <Button icon="signOut" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('identity.account.endOthers')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
