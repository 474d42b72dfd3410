import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { ApprovalCard } from './approval-card.tsx'
import css from './areas.module.css'
import { useMyApprovals } from './queries.ts'
import { VisitAreas } from './visit-areas.tsx'

/** V9 on the phone: a head agrees with one thumb; a host asks for an area and names who walks along. */
export function MyApprovals() {
  const { t } = useTranslation()
  const { visit }: { visit?: string } = useSearch({ strict: false })
  const mine = useMyApprovals()
  const { data } = mine
  return (
    <div className={css.page}>
      <Link to="/host" search={visit ? { visit } : {}}>
        {t('area.act.back')}
      </Link>
      <h1>{t('area.mine')}</h1>
      {visit ? <VisitAreas id={visit} size="large" /> : null}
      <ProblemNotice fault={mine.error} onRetry={() => void mine.refetch()} />
      {mine.isPending ? <Skeleton kind="cards" rows={2} /> : null}
      {data?.asked.length === 0 && !visit ? <Empty icon="door" title={t('area.nothingAsked')} /> : null}
      <ul className={css.list}>
        {[...(data?.asked ?? []), ...(data?.decided ?? [])].map((one) => (
          <li key={one.id}>
            <ApprovalCard approval={one} byPhone={false} size="large" />
          </li>
        ))}
      </ul>
    </div>
  )
}
