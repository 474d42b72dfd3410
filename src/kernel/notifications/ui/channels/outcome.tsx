import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { ErrorNotice } from '../../../../ui-kit/error-notice.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { readDelivery, type Scope } from './api.ts'
import { useRetry } from './channel-log.tsx'
import css from './channels.module.css'

const ended = ['sent', 'failed', 'retrying']

/** What the other side said to a test message. It waits its turn like every message, so it is asked for until it went. */
export function Outcome({ scope, id }: { scope: Scope; id: string }) {
  const { t } = useTranslation()
  const { site } = useSession()
  const retry = useRetry(scope)
  const delivery = useQuery({
    queryKey: ['channels', 'delivery', site.id, id],
    queryFn: ({ signal }) => readDelivery(scope, id, signal),
    refetchInterval: ({ state }) => (ended.includes(state.data?.status ?? '') ? 5000 : 700),
  })
  const status = delivery.data?.status
  if (delivery.error) return <ProblemNotice fault={delivery.error} onRetry={delivery.refetch} />
  if (status === 'sent')
    return (
      <p role="status" className={css.good}>
        {t('channels.testSent')}
      </p>
    )
  if (delivery.data?.error)
    return (
      <ErrorNotice
        title={t(`channels.fault.${delivery.data.error}`)}
        tone={status === 'failed' ? 'alarm' : 'waiting'}
      >
        {delivery.data.errorWords ? <p>{t('channels.saidBy', { words: delivery.data.errorWords })}</p> : null}
        {status === 'retrying' ? <p>{t('channels.testRetrying')}</p> : null}
        {delivery.data.can.retry ? (
          <Button icon="refresh" busy={retry.isPending} onClick={() => retry.mutate(id)}>
            {t('channels.again')}
          </Button>
        ) : null}
        <ProblemNotice fault={retry.error} />
      </ErrorNotice>
    )
  return (
    <p role="status" className={css.note}>
      {t('channels.testWaiting')}
    </p>
  )
}
