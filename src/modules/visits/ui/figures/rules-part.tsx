import { useTranslation } from 'react-i18next'
import { ShareFigure } from '../../../../ui-kit/charts.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import type { Slice } from '../../figures/rules.ts'
import css from './figures.module.css'
import type { Figures, Rows } from './figures.tsx'
import { Part } from './part.tsx'
import { changeOf } from './search.ts'

/** The four timed rules, and the slice that shows their misses. */
export const ruleMisses = [
  ['answered', 'answerMissed'],
  ['signed', 'unsigned'],
  ['passes', 'passMissing'],
  ['met', 'waitedLong'],
] as const satisfies readonly (readonly [keyof Figures['total']['rules'], Slice])[]

export type RuleName = (typeof ruleMisses)[number][0]

/** Of the misses shown: V17 is kept by a reminder in time, too, but who waited longer is what one wants to see. */
function missesOf(rules: Figures['total']['rules'], name: RuleName): number {
  return name === 'met' ? rules.met.of - rules.met.prompt : rules[name].of - rules[name].kept
}

export function RuleShares({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const { rules } = data.total
  return (
    <section className={css.shares} aria-label={t('visits.figures.rules')}>
      {ruleMisses.map(([name, slice]) => (
        <div key={name} className={css.rule}>
          <ShareFigure
            label={t(`visits.figures.rule.${name}`)}
            kept={rules[name].kept}
            of={rules[name].of}
            hint={t(`visits.figures.hint.${name}`, {
              kept: rules[name].kept,
              of: rules[name].of,
              prompt: rules.met.prompt,
              late: rules.signed.late,
              overdue: rules.signed.overdue,
            })}
            nothing={t('visits.figures.nothingMeasured')}
          />
          {missesOf(rules, name) > 0 ? (
            <button
              type="button"
              className={css.link}
              aria-label={`${t(`visits.figures.rule.${name}`)}: ${t(`visits.figures.misses.${name}`, { count: missesOf(rules, name) })}`}
              onClick={() => rows({ slice })}
            >
              {t(`visits.figures.misses.${name}`, { count: missesOf(rules, name) })}
            </button>
          ) : null}
        </div>
      ))}
    </section>
  )
}

const totals = [
  'arrived',
  'announced',
  'walkIn',
  'first',
  'again',
  'noShow',
  'declined',
  'refused',
  'cancelled',
] as const

/** Each beside the span of equal length before. */
export function Totals({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const changed = (now: number, before: number) => {
    const change = changeOf(now, before)
    return change === null ? t('visits.figures.before', { before }) : `${change > 0 ? '+' : ''}${change}%`
  }
  return (
    <section className={css.totals} aria-label={t('visits.figures.totals')}>
      <dl>
        <div>
          <dt>{t('visits.figures.total.people')}</dt>
          <dd>{data.total.people}</dd>
          <dd className={css.change}>{changed(data.total.people, data.previous.people)}</dd>
        </div>
        {totals.map((name) => (
          <div key={name}>
            <dt>{t(`visits.figures.slice.${name}`)}</dt>
            <dd>
              {data.total[name] === 0 ? (
                0
              ) : (
                <button
                  type="button"
                  className={css.link}
                  aria-label={`${data.total[name]}: ${t('visits.figures.openRows', { name: t(`visits.figures.slice.${name}`) })}`}
                  onClick={() => rows({ slice: name })}
                >
                  {data.total[name]}
                </button>
              )}
            </dd>
            <dd className={css.change}>{changed(data.total[name], data.previous[name])}</dd>
          </div>
        ))}
      </dl>
      <p className={css.quiet}>
        {t('visits.figures.compared', { from: data.before.from, to: data.before.to })}
      </p>
    </section>
  )
}

export function ShareCell({
  rules,
  name,
  whose,
  onMisses,
}: {
  rules: Figures['total']['rules']
  name: RuleName
  whose: string
  onMisses: (() => void) | undefined
}) {
  const { t } = useTranslation()
  const { kept, of } = rules[name]
  const misses = missesOf(rules, name)
  const text = of === 0 ? '—' : `${Math.floor((kept / of) * 100)}% (${kept}/${of})`
  if (misses === 0 || onMisses === undefined) return <td>{text}</td>
  return (
    <td>
      <button type="button" className={css.link} onClick={onMisses}>
        {text}
        <VisuallyHidden>{` ${whose}: ${t(`visits.figures.misses.${name}`, { count: misses })}`}</VisuallyHidden>
      </button>
    </td>
  )
}

/** G8: the share kept of every rule per day, week or month, down to the single miss. */
export function RulesByDay({ data, rows }: { data: Figures; rows: Rows }) {
  const { t } = useTranslation()
  const measured = data.series.filter((one) => ruleMisses.some(([name]) => one.rules[name].of > 0))
  if (measured.length === 0) return null
  return (
    <Part title={t('visits.figures.rulesByDay')} wide>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('visits.figures.when')}</th>
              {ruleMisses.map(([name]) => (
                <th key={name} scope="col">
                  {t(`visits.figures.rule.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {measured.map((one) => {
              const when = one.from === one.to ? one.from : `${one.from} – ${one.to}`
              return (
                <tr key={one.from}>
                  <th scope="row">{when}</th>
                  {ruleMisses.map(([name, slice]) => (
                    <ShareCell
                      key={name}
                      rules={one.rules}
                      name={name}
                      whose={when}
                      onMisses={() => rows({ slice, from: one.from, to: one.to })}
                    />
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Part>
  )
}
