import { useTranslation } from 'react-i18next'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { MusterBoard } from './board.tsx'
import css from './muster.module.css'
import { useCurrentMuster } from './queries.ts'
import { StartMuster } from './start.tsx'

/** Gate and phone: nothing but the evacuation. */
export function MusterSurface() {
  const { t } = useTranslation()
  const current = useCurrentMuster()
  const { data } = current
  return (
    <div className={css.page}>
      <h1>{t('muster.title')}</h1>
      <ProblemNotice fault={current.error} onRetry={() => void current.refetch()} />
      {current.isPending ? <Skeleton rows={6} /> : null}
      {data?.muster && (data.rights.mark || data.rights.read) ? (
        <MusterBoard muster={data.muster} current={data} />
      ) : null}
      {data?.muster && !data.rights.mark && !data.rights.read ? (
        <Empty icon="alert" title={t(`muster.banner.${data.muster.kind}`)}>
          {t('muster.surface.goOut')}
        </Empty>
      ) : null}
      {data && !data.muster && data.rights.start ? <StartMuster /> : null}
      {data && !data.muster && !data.rights.start ? (
        <Empty icon="checkCircle" title={t('muster.surface.nothing')} />
      ) : null}
    </div>
  )
}
