import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import type { VisitCard } from '../../card/contract.ts'
import { important } from '../contract.ts'
import { specialKeys } from './queries.ts'
import { ReceptionSteps } from './receptions.tsx'
import css from './special.module.css'

/** V7: beside the board, in the panel of the guest; the keys are the panel's while it is open. */
export function ReceptionPart({ visit, size = 'normal' }: { visit: VisitCard; size?: 'normal' | 'large' }) {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: [...specialKeys.receptions, visit.id, visit.version],
    queryFn: ({ signal }) => call(important.get, { params: { id: visit.id } }, { signal }),
  })
  if (!data) return null
  return (
    <section className={css.section} aria-label={t('important.chain')}>
      <h3>{t('important.chain')}</h3>
      <p className={css.line}>
        {data.vehicles.map((car) => [car.plate, car.place].filter(Boolean).join(' ')).join(' · ') ||
          t('important.noCar')}
      </p>
      <ReceptionSteps one={data} size={size} keys={size === 'normal'} />
    </section>
  )
}
