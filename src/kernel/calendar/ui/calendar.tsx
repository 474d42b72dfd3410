import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { Button, IconButton } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { useNow } from '../../../ui-kit/clock.ts'
import { useKeys } from '../../../ui-kit/keys.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { useCan, useSession } from '../../../ui-kit/session.ts'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../ui-kit/toast.tsx'
import { dayIn } from '../../../ui-kit/zone-time.ts'
import { type calendarDay, calendarRoutes, type calendarYear } from '../contract.ts'
import css from './calendar.module.css'
import { DayPanel } from './day-panel.tsx'
import { monthsOf, weekdayOf } from './months.ts'

type Year = z.output<typeof calendarYear>
type Day = z.output<typeof calendarDay>

/** The working calendar of the site (G6): what is published, what the house has changed, what nobody knows yet. */
export function WorkingCalendar() {
  const { t } = useTranslation()
  const { site } = useSession()
  const mayEdit = useCan('calendar.edit')
  const thisYear = Number(dayIn(site.zone, useNow()).slice(0, 4))
  const [year, setYear] = useState(thisYear)
  const [chosen, setChosen] = useState<string | null>(null)
  const queries = useQueryClient()
  const queryKey = ['calendar', site.id, year]
  const calendar = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(calendarRoutes.read, { query: { year } }, { signal }),
  })
  const changed = () => queries.invalidateQueries({ queryKey: ['calendar'] })
  const move = (by: number) => {
    setChosen(null)
    setYear((now) => now + by)
  }
  useKeys(
    {
      '[': { label: t('calendar.previous'), run: () => move(-1) },
      ']': { label: t('calendar.next'), run: () => move(1) },
    },
    { layer: 'screen' },
  )
  const days = new Map((calendar.data?.days ?? []).map((day) => [day.day, day]))
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('calendar.title')}</h1>
        <IconButton icon="chevronLeft" label={t('calendar.previous')} onClick={() => move(-1)} />
        <output className={css.year}>{year}</output>
        <IconButton icon="chevronRight" label={t('calendar.next')} onClick={() => move(1)} />
        <Legend />
      </header>
      <ProblemNotice fault={calendar.error} onRetry={() => void calendar.refetch()} />
      {calendar.data && !calendar.data.known ? (
        <UnknownYear year={year} mayEdit={mayEdit} onChanged={changed} />
      ) : null}
      {calendar.isPending ? <Skeleton rows={6} /> : null}
      {calendar.data ? (
        <div className={css.beside}>
          <div className={css.months}>
            {monthsOf(year).map((month) => (
              <section
                key={month.number}
                className={css.month}
                aria-label={t('calendar.month', { month: month.number })}
              >
                <h2>{t('calendar.month', { month: month.number })}</h2>
                <div className={css.days}>
                  {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
                    <span key={weekday} className={css.weekday} aria-hidden="true">
                      {t(`calendar.weekday.${weekday}`)}
                    </span>
                  ))}
                  {Array.from({ length: month.before }, (_, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: empty places have no other name
                    <span key={place} />
                  ))}
                  {month.days.map((day) => (
                    <DayButton
                      key={day}
                      day={day}
                      special={days.get(day)}
                      open={isOpen(calendar.data, day, days.get(day))}
                      chosen={day === chosen}
                      disabled={!mayEdit}
                      onClick={() => setChosen(day)}
                    />
                  ))}
                </div>
              </section>
            ))}
          </div>
          {chosen !== null && mayEdit ? (
            <DayPanel
              key={chosen}
              day={chosen}
              special={days.get(chosen)}
              onClose={() => setChosen(null)}
              onChanged={changed}
            />
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

function isOpen(calendar: Year, day: string, special: Day | undefined): boolean {
  if (special !== undefined) return special.kind === 'makeup' || special.kind === 'workday'
  const weekday = String(weekdayOf(day)) as keyof Year['hours']
  return (calendar.hours[weekday] ?? []).length > 0
}

interface DayButtonProps {
  day: string
  special: Day | undefined
  open: boolean
  chosen: boolean
  disabled: boolean
  onClick: () => void
}

function DayButton({ day, special, open, chosen, disabled, onClick }: DayButtonProps) {
  const { t, i18n } = useTranslation()
  const name = special?.name[i18n.language.startsWith('zh') ? 'zh' : 'en'] ?? ''
  const word =
    special === undefined ? t(open ? 'calendar.open' : 'calendar.closed') : t(`calendar.kind.${special.kind}`)
  const look = special === undefined ? (open ? '' : css.closed) : open ? css.working : css.holiday
  const mark = special === undefined ? '' : t(open ? 'calendar.mark.open' : 'calendar.mark.closed')
  const edited = special?.source === 'edited' ? css.edited : ''
  return (
    <button
      type="button"
      className={`${css.day} ${look} ${edited} ${chosen ? css.chosen : ''}`}
      title={[word, name].filter((part) => part !== '').join(' · ')}
      aria-label={[`${Number(day.slice(8))}${mark}`, day, word, name]
        .filter((part) => part !== '')
        .join(', ')}
      aria-pressed={chosen}
      disabled={disabled}
      onClick={onClick}
    >
      {Number(day.slice(8))}
      {mark === '' ? null : <span className={css.mark}>{mark}</span>}
    </button>
  )
}

function Legend() {
  const { t } = useTranslation()
  return (
    <p className={css.legend}>
      <span>
        <b className={css.holiday}>{t('calendar.mark.closed')}</b> {t('calendar.legend.closed')}
      </span>
      <span>
        <b className={css.working}>{t('calendar.mark.open')}</b> {t('calendar.legend.open')}
      </span>
    </p>
  )
}

interface UnknownYearProps {
  year: number
  mayEdit: boolean
  onChanged: () => Promise<unknown>
}

/** An unknown year is reported, never guessed: load what is published, or say that the days entered are all (G6). */
function UnknownYear({ year, mayEdit, onChanged }: UnknownYearProps) {
  const { t } = useTranslation()
  const done = async (text: string) => {
    await onChanged()
    showToast({ text })
  }
  const seed = useMutation({
    mutationFn: () => call(calendarRoutes.seedYear, { params: { year } }),
    onSuccess: () => done(t('calendar.year-seeded')),
  })
  const confirm = useMutation({
    mutationFn: () => call(calendarRoutes.confirmYear, { params: { year } }),
    onSuccess: () => done(t('calendar.year-confirmed')),
  })
  return (
    <div className={css.notice} role="status">
      <span>{t('calendar.unknown', { year })}</span>
      {mayEdit ? (
        <>
          <Button kind="primary" busy={seed.isPending} onClick={() => seed.mutate()}>
            {t('calendar.seed')}
          </Button>
          <Button busy={confirm.isPending} onClick={() => confirm.mutate()}>
            {t('calendar.confirm')}
          </Button>
        </>
      ) : null}
      <ProblemNotice fault={seed.error ?? confirm.error} />
    </div>
  )
}
