import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { callKeys, messageQuery } from '../queries.ts'
import { MessageSlip } from './message-slip.tsx'
import css from './messages.module.css'

/** From the letter, with or without sign-in: this one message and what is done with it (C10). */
export function MessagePage() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false })
  // What stays in the address bar would be passed on with the next screenshot or copied address.
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname)
  }, [])
  useLiveInvalidate({ message: callKeys.messages })
  const message = useQuery({ ...messageQuery(id), retry: false, refetchInterval: 30_000 })
  const { error, data } = message
  const reason = reasonOf(error)
  if (reason)
    return (
      <div className={css.plea}>
        <Icon name={reason === 'expired' ? 'clock' : 'lock'} size={32} />
        <h1>{t(`message.plea.${reason}`)}</h1>
        <p>{t(`message.plea.${reason}Help`)}</p>
        <a href="/host">{t('message.plea.signIn')}</a>
      </div>
    )
  return (
    <div className={css.page}>
      <h1>{t('message.one')}</h1>
      <ProblemNotice fault={error} onRetry={() => void message.refetch()} />
      {data ? <MessageSlip message={data} level={2} /> : error ? null : <Skeleton rows={6} />}
    </div>
  )
}

/** Expired, forged or too late: what happened and what to do now. */
function reasonOf(error: unknown): 'expired' | 'invalid' | 'gone' | null {
  if (!(error instanceof ApiProblem)) return null
  if (error.code === 'link.expired') return 'expired'
  if (error.status === 401 || error.status === 403) return 'invalid'
  return error.status === 404 || error.code === 'input.invalid' ? 'gone' : null
}
