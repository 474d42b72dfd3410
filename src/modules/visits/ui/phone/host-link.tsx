import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLinkToken } from '../../../../ui-kit/client.ts'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import { readUnchecked } from '../../passes/token.ts'
import { useLiveVisits, visitQuery } from '../queries.ts'
import css from './host.module.css'
import { HostVisit } from './host-visit.tsx'

/** Which visit the link is about; whether it may be opened, the server says. */
function visitOf(token: string | undefined): string | undefined {
  const payload = token ? readUnchecked(token) : undefined
  return payload?.entity === 'visit' && typeof payload.id === 'string' ? payload.id : undefined
}

/** From the notification, without sign-in: this one visit and nothing else (V5). */
export function HostLink() {
  const id = visitOf(currentLinkToken())
  // What stays in the address bar would be passed on with the next screenshot or copied address.
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname)
  }, [])
  return id ? <LinkedVisit id={id} /> : <Plea reason="invalid" />
}

function LinkedVisit({ id }: { id: string }) {
  const { t } = useTranslation()
  useLiveVisits()
  const visit = useQuery({ ...visitQuery(id), retry: false, refetchInterval: 20_000 })
  const { error } = visit
  if (error instanceof ApiProblem) {
    if (error.code === 'link.expired') return <Plea reason="expired" />
    if (error.status === 401 || error.status === 403) return <Plea reason="invalid" />
    if (error.status === 404) return <Plea reason="gone" />
  }
  return (
    <div className={css.page}>
      <VisuallyHidden>
        <h1>{t('visits.host.title')}</h1>
      </VisuallyHidden>
      <ProblemNotice fault={error} onRetry={() => void visit.refetch()} />
      {visit.data ? <HostVisit visit={visit.data} /> : error ? null : <Skeleton rows={6} />}
      <p className={css.note}>{t('visits.host.linkNote')}</p>
    </div>
  )
}

/** Expired, forged or too late: what happened and what to do now. */
function Plea({ reason }: { reason: 'expired' | 'invalid' | 'gone' }): ReactNode {
  const { t } = useTranslation()
  return (
    <div className={css.plea}>
      <Icon name={reason === 'expired' ? 'clock' : 'lock'} size={32} />
      <h1>{t(`visits.host.plea.${reason}`)}</h1>
      <p className={css.from}>{t(`visits.host.plea.${reason}Help`)}</p>
      <a href="/host" className={css.from}>
        {t('visits.host.plea.signIn')}
      </a>
    </div>
  )
}
