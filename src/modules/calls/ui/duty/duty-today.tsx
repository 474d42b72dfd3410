import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { useSpoken, useZone } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { dayIn } from '../../../../ui-kit/zone-time.ts'
import { lines } from '../../lines/contract.ts'
import css from './duty.module.css'

/** Who stands in today, for the head of the extension list (C5, C13); nothing while nobody is set. */
export function DutyToday() {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const day = dayIn(useZone(), serverNow())
  useLiveInvalidate({ line: ['duty-days'] })
  const { data } = useQuery({
    queryKey: ['duty-days', 'today', day],
    queryFn: ({ signal }) => call(lines.duty, { query: { from: day, to: day } }, { signal }),
  })
  const items = data?.items ?? []
  if (items.length === 0) return null
  return (
    <p className={css.todays}>
      <strong>{t('duty.todays')}</strong>
      {items.map((one) => (
        <span key={one.post}>
          {spoken(data?.posts.find(({ key }) => key === one.post)?.name)} {one.employeeName} {one.extension}
        </span>
      ))}
    </p>
  )
}
