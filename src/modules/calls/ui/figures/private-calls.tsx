import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { dayIn, formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { figures } from '../../figures/contract.ts'
import { Duration } from '../log/words.tsx'
import css from './figures.module.css'
import { type FigureSearch, spanNames, spanOf } from './span.ts'

/** Private calls over three minutes: one's own for everybody, all for the quality report (C12). */
export function PrivateCalls() {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const navigate = useNavigate()
  const readsAll = useCan('call.figures')
  const opensLog = useCan('call.read')
  const [whose, setWhose] = useState<'mine' | 'all'>(readsAll ? 'all' : 'mine')
  const { from, to }: FigureSearch = useSearch({ strict: false })
  const today = dayIn(zone, serverNow())
  const month = spanOf('month', today)
  const query = { from: from ?? month.from, to: to ?? month.to, whose }
  const list = useQuery({
    queryKey: ['private-calls', query],
    queryFn: ({ signal }) => call(figures.private, { query }, { signal }),
  })
  const { data } = list
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('calls.figures.privateTitle')}</h1>
        <div className={css.quick}>
          {spanNames.map((name) => {
            const span = spanOf(name, today)
            return (
              <Button
                key={name}
                pressed={query.from === span.from && query.to === span.to}
                onClick={() => void navigate({ to: '/private-calls', search: span, replace: true })}
              >
                {t(`calls.figures.spans.${name}`)}
              </Button>
            )
          })}
        </div>
      </header>
      {readsAll ? (
        <Tabs
          label={t('calls.figures.privateTitle')}
          value={whose}
          onChange={setWhose}
          tabs={(['all', 'mine'] as const).map((value) => ({
            value,
            label: t(`calls.figures.whose.${value}`),
          }))}
        />
      ) : null}
      <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
      {list.isPending ? <Skeleton rows={6} /> : null}
      {data ? <p>{t('calls.figures.privateHint', { count: data.minutes })}</p> : null}
      {data?.items.length === 0 ? (
        <Empty icon="phone" title={t('calls.figures.privateNone')} />
      ) : (
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('calls.log.column.number')}</th>
              <th scope="col">{t('calls.log.column.time')}</th>
              <th scope="col">{t('calls.figures.person')}</th>
              <th scope="col">{t('calls.log.filter.direction')}</th>
              <th scope="col">{t('calls.log.column.talk')}</th>
            </tr>
          </thead>
          <tbody>
            {data?.items.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {opensLog ? (
                    <button
                      type="button"
                      className={css.link}
                      onClick={() => void navigate({ to: '/calls', search: { call: one.id } })}
                    >
                      {one.number}
                    </button>
                  ) : (
                    one.number
                  )}
                </th>
                <td>{formatDateTime(one.at, zone, language)}</td>
                <td>{one.name}</td>
                <td>{t(`calls.log.direction.${one.direction}`)}</td>
                <td>
                  <Duration seconds={one.talkSeconds} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
