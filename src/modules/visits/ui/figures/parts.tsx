import { useTranslation } from 'react-i18next'
import { Bars, HeatMap } from '../../../../ui-kit/charts.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { useVisitOptions } from '../queries.ts'
import css from './figures.module.css'
import type { Figures, Rows } from './figures.tsx'
import { Part } from './part.tsx'
import { inSteps, spanLabel } from './search.ts'

const weekdays = [1, 2, 3, 4, 5, 6, 7]

/** Hours nobody ever comes in would only make the map small. */
function shownHours(data: Figures): number[] {
  const used = data.hours.map(({ hour }) => hour)
  const first = Math.min(8, ...used)
  const last = Math.max(18, ...used)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

export function Hours({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const hours = shownHours(data)
  const slots = new Map(data.hours.map((one) => [one.weekday * 24 + one.hour, one]))
  const title = t('visits.figures.hours')
  return (
    <Part title={title} wide>
      <HeatMap
        caption={title}
        rows={weekdays.map((day) => t(`visits.figures.weekday.${day}`))}
        columns={hours.map(String)}
        cell={(row, column) => {
          const weekday = weekdays[row] ?? 1
          const hour = hours[column] ?? 0
          const slot = slots.get(weekday * 24 + hour)
          return {
            value: slot?.arrived ?? 0,
            title: t('visits.figures.hourTitle', {
              day: t(`visits.figures.weekday.${weekday}`),
              hour,
              arrived: slot?.arrived ?? 0,
              people: slot?.people ?? 0,
            }),
            onOpen: () => rows({ slice: 'arrived', weekday, hour }),
          }
        }}
      />
    </Part>
  )
}

export function Course({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const title = t('visits.figures.course')
  return (
    <Part title={title}>
      <Bars
        caption={title}
        bars={data.series.map((one) => ({
          key: one.from,
          label: spanLabel(one.from, one.to),
          value: one.arrived,
          ...(one.arrived === 0
            ? {}
            : { onOpen: () => rows({ slice: 'arrived', from: one.from, to: one.to }) }),
          title: t('visits.figures.openSpan', { from: one.from, to: one.to }),
        }))}
      />
    </Part>
  )
}

/** How long guests stood before they were let in, and sat before they were met: the shape, not only the middle. */
export function Waits({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const title = t('visits.figures.waits')
  return (
    <Part title={title}>
      {(['admit', 'meet'] as const).map((which) => {
        const wait = data[which]
        const name = t(`visits.figures.wait.${which}`)
        return (
          <div key={which} className={css.half}>
            <h3>{name}</h3>
            {wait.visits === 0 ? (
              <p className={css.quiet}>{t('visits.figures.nothingMeasured')}</p>
            ) : (
              <>
                <p className={css.quiet}>
                  {t('visits.figures.percentiles', {
                    median: wait.median,
                    p90: wait.p90,
                    count: wait.visits,
                  })}
                </p>
                <Bars
                  caption={name}
                  bars={inSteps(wait.minutes).map(({ from, to, visits }) => {
                    const label = t(to === 240 ? 'visits.figures.minutesOver' : 'visits.figures.minutes', {
                      span: from === to ? String(from) : `${from}–${to}`,
                      from,
                    })
                    return {
                      key: String(from),
                      label,
                      value: visits,
                      tone: from > 10 ? ('waiting' as const) : ('neutral' as const),
                      ...(visits === 0
                        ? {}
                        : { onOpen: () => rows({ waited: which, waitedFrom: from, waitedTo: to }) }),
                      title: t('visits.figures.openRows', { name: label }),
                    }
                  })}
                />
              </>
            )}
          </div>
        )
      })}
    </Part>
  )
}

export function Kinds({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const nameOf = (of: 'kinds' | 'categories', key: string) => {
    const known = options?.[of].find((one) => one.key === key)
    return known === undefined ? key : spoken(known.name)
  }
  return (
    <Part title={t('visits.figures.kinds')}>
      {(['kinds', 'categories'] as const).map((of) => (
        <div key={of} className={css.half}>
          <h3>{t(`visits.figures.by.${of}`)}</h3>
          <Bars
            caption={t(`visits.figures.by.${of}`)}
            bars={data[of].map((one) => {
              const name = nameOf(of, one.key)
              return {
                key: one.key,
                label: name,
                value: one.arrived,
                ...(one.arrived === 0
                  ? {}
                  : {
                      onOpen: () =>
                        rows({ slice: 'arrived', [of === 'kinds' ? 'kind' : 'category']: one.key }),
                    }),
                title: t('visits.figures.openRows', { name }),
              }
            })}
          />
        </div>
      ))}
    </Part>
  )
}

const mostDepartments = 12

export function Departments({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const title = t('visits.figures.departments')
  const listed = data.departments.slice(0, mostDepartments)
  const others = data.departments.slice(mostDepartments)
  return (
    <Part title={title}>
      <Bars
        caption={title}
        bars={[
          ...listed.map((one) => {
            const name = one.name || t('visits.figures.noDepartment')
            return {
              key: one.id ?? '',
              label: name,
              value: one.arrived,
              ...(one.id === null || one.arrived === 0
                ? {}
                : { onOpen: () => rows({ slice: 'arrived', ofDepartment: one.id ?? '' }) }),
              title: t('visits.figures.openRows', { name }),
            }
          }),
          ...(others.length === 0
            ? []
            : [
                {
                  key: 'others',
                  label: t('visits.figures.others', { count: others.length }),
                  value: others.reduce((sum, one) => sum + one.arrived, 0),
                },
              ]),
        ]}
      />
    </Part>
  )
}
