import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { dayIn } from '../../../../ui-kit/zone-time.ts'
import { lines } from '../../lines/contract.ts'
import { PersonField } from '../call-panel/person-field.tsx'
import css from './duty.module.css'

const daysShown = 14
const after = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** 值班表 of the posts somebody stands in for each day: the duty salesperson (C5, C13). */
export function Duty() {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const { problemText } = useProblemText()
  const client = useQueryClient()
  const today = dayIn(zone, serverNow())
  const [from, setFrom] = useState(today)
  const to = after(from, daysShown - 1)
  useLiveInvalidate({ line: ['duty-days'] })
  const query = useQuery({
    queryKey: ['duty-days', from],
    queryFn: ({ signal }) => call(lines.duty, { query: { from, to } }, { signal }),
    placeholderData: (before) => before,
  })
  const set = useMutation({
    mutationFn: (items: { day: string; post: string; employeeId: string | null }[]) =>
      call(lines.setDuty, { body: { items } }),
    onError: (fault) => showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 }),
    onSettled: () => client.invalidateQueries({ queryKey: ['duty-days'] }),
  })
  const { data } = query
  const change = (day: string, post: string, person: { id: string; name: string } | null) => {
    const before = data?.items.find((one) => one.day === day && one.post === post)?.employeeId ?? null
    set.mutate([{ day, post, employeeId: person?.id ?? null }], {
      onSuccess: () =>
        showToast({
          text: person === null ? t('duty.cleared', { day }) : t('duty.set', { day, name: person.name }),
          undo: () => set.mutate([{ day, post, employeeId: before }]),
        }),
    })
  }
  useKeys({
    '[': { label: t('duty.earlier'), run: () => setFrom(after(from, -daysShown)) },
    ']': { label: t('duty.later'), run: () => setFrom(after(from, daysShown)) },
    p: { label: t('duty.print'), run: () => window.print() },
  })
  const days = Array.from({ length: daysShown }, (_, index) => after(from, index))
  const dayName = (day: string) =>
    new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: 'UTC',
      month: 'short',
      day: 'numeric',
      weekday: 'short',
    }).format(new Date(`${day}T00:00:00Z`))
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('duty.title')}</h1>
        <div className={css.tools}>
          <Button keyHint="[" onClick={() => setFrom(after(from, -daysShown))}>
            {t('duty.earlier')}
          </Button>
          <Button pressed={from === today} onClick={() => setFrom(today)}>
            {t('duty.today')}
          </Button>
          <Button keyHint="]" onClick={() => setFrom(after(from, daysShown))}>
            {t('duty.later')}
          </Button>
          <Button icon="print" keyHint="p" onClick={() => window.print()}>
            {t('duty.print')}
          </Button>
        </div>
      </header>
      <ProblemNotice fault={query.error} onRetry={() => void query.refetch()} />
      {query.isPending ? <Skeleton rows={8} /> : null}
      {data && data.posts.length === 0 ? (
        <Empty icon="calendar" title={t('duty.noPosts')}>
          {t('duty.noPostsHelp')}
        </Empty>
      ) : null}
      {data && data.posts.length > 0 ? (
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('duty.day')}</th>
              {data.posts.map((post) => (
                <th key={post.key} scope="col">
                  {spoken(post.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day} className={day === today ? css.today : undefined}>
                <th scope="row">{dayName(day)}</th>
                {data.posts.map((post) => {
                  const one = data.items.find((item) => item.day === day && item.post === post.key)
                  const label = `${dayName(day)} ${spoken(post.name)}`
                  return (
                    <td key={post.key}>
                      {data.can.set ? (
                        <Stand
                          key={one?.employeeId ?? 'nobody'}
                          label={label}
                          person={one ? { id: one.employeeId, name: one.employeeName } : null}
                          onChange={(person) => change(day, post.key, person)}
                        />
                      ) : (
                        (one?.employeeName ?? t('duty.nobody'))
                      )}
                      {one?.extension ? <span className={css.quiet}>{one.extension}</span> : null}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  )
}

interface Person {
  id: string
  name: string
}

/** Picking sends; an emptied name clears the day, text that picked nobody changes nothing. */
function Stand({
  label,
  person,
  onChange,
}: {
  label: string
  person: Person | null
  onChange: (person: Person | null) => void
}) {
  const [value, setValue] = useState<Person>(person ?? { id: '', name: '' })
  return (
    <PersonField
      label={label}
      value={value}
      onChange={(next) => {
        setValue(next)
        if (next.name.trim() === '' && person !== null) onChange(null)
      }}
      onPicked={onChange}
    />
  )
}
