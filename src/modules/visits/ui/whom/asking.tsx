import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import type { IconName } from '../../../../ui-kit/icon.tsx'
import { NumberInput, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { HopList } from './hop-list.tsx'
import { Person } from './proposal.tsx'
import { type Heard, useHeard, useWhom } from './queries.ts'
import './texts.ts'
import css from './whom.module.css'

/** Digits, because the letters are taken by the acts of the card; in the order in which they happen most. */
const keysOf: readonly { result: Heard; key: string; icon: IconName }[] = [
  { result: 'agreed', key: '1', icon: 'checkCircle' },
  { result: 'no-answer', key: '2', icon: 'phone' },
  { result: 'busy', key: '3', icon: 'minus' },
  { result: 'wait', key: '4', icon: 'clock' },
  { result: 'declined', key: '5', icon: 'close' },
]

export interface AskingProps {
  visit: Pick<VisitCard, 'id' | 'visitorName' | 'status'>
  size?: 'normal' | 'large' | undefined
  /** Told and settled: the gate goes back to the card. */
  onDone?: (() => void) | undefined
}

/** V5, V6: who is asked now, one key for what was heard, the next follows by itself; those before with their answers. */
export function Asking({ visit, size, onDone }: AskingProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const whom = useWhom(visit.id)
  const { heard, busy } = useHeard(visit)
  const [form, setForm] = useState<'wait' | 'declined' | null>(null)
  const [minutes, setMinutes] = useState<number | null>(10)
  const [note, setNote] = useState('')
  const open = whom.data?.hops.find((hop) => hop.result === null)
  const asks = visit.status === 'asking' && open !== undefined

  async function tell(result: Heard) {
    if (!open) return
    const more =
      result === 'wait' ? { minutes: minutes ?? 10 } : result === 'declined' ? { note: note.trim() } : {}
    const sent = await heard(open.n, result, more)
    if (!sent) return
    setForm(null)
    setNote('')
    if (result === 'agreed' || result === 'wait' || result === 'declined') onDone?.()
  }
  const press = (result: Heard) => {
    if (result === 'wait' || result === 'declined') setForm(form === result ? null : result)
    else void tell(result)
  }
  useKeys(
    Object.fromEntries(
      keysOf.map(({ result, key }) => [
        key,
        { label: t(`visit.whom.heard.${result}`), run: () => press(result) },
      ]),
    ),
    { layer: 'panel', enabled: asks && !busy },
  )

  if (whom.error && !whom.data)
    return <ProblemNotice fault={whom.error} onRetry={() => void whom.refetch()} />
  if (!whom.data) return <Skeleton rows={3} />
  const { route, hops, next, last } = whom.data
  const before = hops.filter((hop) => hop.result !== null)
  const say = spoken(route?.say)
  // A sheet of the gate stands under the page's h1, the desk's panel under its own h2.
  const [Title, Subtitle] = size === 'large' ? (['h2', 'h3'] as const) : (['h3', 'h4'] as const)
  return (
    <section className={css.whom} aria-label={t('visit.whom.title')}>
      <div className={css.head}>
        <Title>{t('visit.whom.title')}</Title>
        {route ? <span className={css.quiet}>{spoken(route.name)}</span> : null}
      </div>
      {say ? (
        <p className={css.say}>
          <q>{say}</q>
        </p>
      ) : null}
      {before.length > 0 ? <HopList hops={before} /> : null}
      {open ? (
        <div className={css.now} role="status">
          <Person who={{ ...open, target: open.target as 'host' }} place={open.n} />
        </div>
      ) : null}
      {asks ? (
        <fieldset className={css.results}>
          <legend>{t('visit.whom.heard.title')}</legend>
          {keysOf.map(({ result, key, icon }) => (
            <Button
              key={result}
              size={size}
              icon={icon}
              keyHint={size === 'large' ? undefined : key}
              kind={result === 'agreed' ? 'primary' : 'quiet'}
              disabled={busy}
              onClick={() => press(result)}
            >
              {t(`visit.whom.heard.${result}`)}
            </Button>
          ))}
        </fieldset>
      ) : null}
      {asks && form ? (
        <form
          className={css.more}
          onSubmit={(event) => {
            event.preventDefault()
            void tell(form)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            setForm(null)
          }}
        >
          {form === 'wait' ? (
            <Field label={t('visit.whom.minutes')}>
              <NumberInput size={size} min={1} max={480} value={minutes} onChange={setMinutes} autoFocus />
            </Field>
          ) : (
            <Field label={t('visit.whom.reason')} hint={t('visit.whom.reasonHint')}>
              <TextInput size={size} maxLength={200} value={note} onChange={setNote} autoFocus />
            </Field>
          )}
          <Button kind="primary" type="submit" size={size} busy={busy}>
            {t(`visit.whom.heard.${form}`)}
          </Button>
        </form>
      ) : null}
      {next.length > 0 && visit.status === 'asking' ? (
        <>
          <Subtitle className={css.quiet}>{t('visit.whom.then')}</Subtitle>
          <ol className={css.list}>
            {next.map((one, index) => (
              <li key={one.id} className={css.later}>
                <Person who={one} place={hops.length + index + 1} />
              </li>
            ))}
          </ol>
        </>
      ) : null}
      {visit.status === 'asking' ? <p className={css.quiet}>{t(`visit.whom.last.${last}`)}</p> : null}
    </section>
  )
}
