import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Bars, HeatMap } from '../../../../ui-kit/charts.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { useCallOptions } from '../queries.ts'
import css from './figures.module.css'
import type { Figures, Rows } from './figures.tsx'

function Part({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={wide ? css.wide : css.part}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

const weekdays = [1, 2, 3, 4, 5, 6, 7]
const allHours = Array.from({ length: 24 }, (_, hour) => hour)

/** Hours nobody ever calls in would only make the map small. */
function shownHours(data: Figures): number[] {
  const used = data.hours.map(({ hour }) => hour)
  const first = Math.min(8, ...used)
  const last = Math.max(18, ...used)
  return allHours.slice(first, last + 1)
}

export function Hours({ data }: { data: Figures }) {
  const { t } = useTranslation()
  const hours = shownHours(data)
  const title = t('calls.figures.hours')
  return (
    <Part title={title} wide>
      <HeatMap
        caption={title}
        rows={weekdays.map((day) => t(`calls.figures.weekday.${day}`))}
        columns={hours.map(String)}
        cell={(row, column) => {
          const slot = data.hours.find((one) => one.weekday === weekdays[row] && one.hour === hours[column])
          return {
            value: slot?.in ?? 0,
            title: t('calls.figures.hourTitle', {
              day: t(`calls.figures.weekday.${weekdays[row]}`),
              hour: hours[column],
              in: slot?.in ?? 0,
              missed: slot?.missed ?? 0,
              late: slot?.lateShare.kept ?? 0,
            }),
          }
        }}
      />
    </Part>
  )
}

export function Trend({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const title = t('calls.figures.trend')
  return (
    <Part title={title}>
      <Bars
        caption={title}
        most={100}
        bars={data.days.slice(-31).map(({ day, in: calls, threeRings }) => {
          const share = threeRings.of === 0 ? 0 : Math.floor((threeRings.kept / threeRings.of) * 100)
          return {
            key: day,
            label: day.slice(5),
            value: share,
            shown: threeRings.of === 0 ? '—' : `${share}% · ${calls}`,
            tone: share >= 95 ? 'good' : share >= 80 ? 'waiting' : 'alarm',
            onOpen: () => rows({ from: day, to: day }),
            title: t('calls.figures.openDay', { day }),
          }
        })}
      />
    </Part>
  )
}

export function Rings({ data }: { data: Figures }) {
  const { t } = useTranslation()
  const { data: options } = useCallOptions()
  const title = t('calls.figures.rings')
  const allowed = options?.answerRings ?? 3
  return (
    <Part title={title}>
      <Bars
        caption={title}
        bars={data.ring.map(({ rings, count }) => ({
          key: String(rings),
          label: rings >= 10 ? t('calls.figures.manyRings') : t('calls.figures.ring', { count: rings }),
          value: count,
          tone: rings <= allowed ? 'good' : 'waiting',
        }))}
      />
    </Part>
  )
}

export function Outcomes({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const title = t('calls.figures.outcomes')
  return (
    <Part title={title}>
      <Bars
        caption={title}
        bars={data.outcomes.map(({ outcome, count }) => ({
          key: outcome,
          label: t(`calls.figures.outcome.${outcome}`),
          value: count,
          tone: outcome === 'missed' ? 'alarm' : 'neutral',
          onOpen: () => rows({ direction: 'in', outcome }),
          title: t('calls.figures.openRows', { name: t(`calls.figures.outcome.${outcome}`), count }),
        }))}
      />
    </Part>
  )
}

const hopResults = ['answered', 'busy', 'no-answer', 'refused', 'not-in', 'callback'] as const

/** What became of the first, second, third try of a cascade (C4). */
export function Hops({ data }: { data: Figures }) {
  const { t } = useTranslation()
  const steps = [...new Set(data.hops.map(({ step }) => step))].sort((a, b) => a - b)
  if (steps.length === 0) return null
  const title = t('calls.figures.hops')
  return (
    <Part title={title}>
      <table className={css.table}>
        <caption className={css.quiet}>{t('calls.figures.hopsHelp')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('calls.figures.step')}</th>
            {hopResults.map((result) => (
              <th key={result} scope="col">
                {t(`calls.figures.hop.${result}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step}>
              <th scope="row">{step + 1}</th>
              {hopResults.map((result) => (
                <td key={result}>
                  {data.hops.find((one) => one.step === step && one.result === result)?.count ?? 0}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  )
}

export function Routes({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useCallOptions()
  if (data.routes.length === 0) return null
  const title = t('calls.figures.routes')
  return (
    <Part title={title}>
      <Bars
        caption={title}
        bars={data.routes.map(({ route, count, putThrough }) => {
          const known = options?.routes.find(({ key }) => key === route)
          const name = known === undefined ? route : spoken(known.name)
          return {
            key: route,
            label: name,
            value: count,
            shown: t('calls.figures.putThroughOf', { count, putThrough }),
            onOpen: () => rows({ route }),
            title: t('calls.figures.openRows', { name, count }),
          }
        })}
      />
    </Part>
  )
}

export function People({ data, onPerson }: { data: Figures; onPerson: (id: string) => void }) {
  const { t } = useTranslation()
  if (data.people.length === 0) return null
  const share = ({ kept, of }: { kept: number; of: number }) =>
    of === 0 ? '—' : `${Math.floor((kept / of) * 100)}% (${kept}/${of})`
  return (
    <Part title={t('calls.figures.people')} wide>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('calls.figures.person')}</th>
            <th scope="col">{t('calls.figures.calls')}</th>
            <th scope="col">{t('calls.figures.threeRings')}</th>
            <th scope="col">{t('calls.figures.talk')}</th>
            <th scope="col">{t('calls.figures.callbacksKept')}</th>
            <th scope="col">{t('calls.figures.private')}</th>
          </tr>
        </thead>
        <tbody>
          {data.people.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <button type="button" className={css.link} onClick={() => onPerson(one.id)}>
                  {one.name || t('calls.figures.nobody')}
                </button>
              </th>
              <td>{one.calls}</td>
              <td>{share(one.threeRings)}</td>
              <td>{t('calls.figures.minutes', { count: Math.round(one.talkSeconds / 60) })}</td>
              <td>{share(one.callbacksKept)}</td>
              <td>{one.privateCalls}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  )
}

export function Satisfaction({ data }: { data: Figures }) {
  const { t } = useTranslation()
  if (data.satisfaction.length === 0) return null
  const title = t('calls.figures.satisfaction')
  return (
    <Part title={title}>
      <Bars
        caption={title}
        bars={data.satisfaction.map(({ score, count }) => ({
          key: String(score),
          label: t('calls.figures.score', { score }),
          value: count,
          tone: score <= 2 ? 'alarm' : score === 3 ? 'waiting' : 'good',
        }))}
      />
    </Part>
  )
}
