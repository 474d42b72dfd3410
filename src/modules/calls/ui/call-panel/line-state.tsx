import { useTranslation } from 'react-i18next'
import { useNow } from '../../../../ui-kit/clock.ts'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import type { CallDetail } from '../../card/contract.ts'
import { revealCall } from '../call-commands.ts'
import { outcomeDue, ringingFor, type Step } from '../call-flow.ts'
import { useCallOptions } from '../queries.ts'
import css from './call-panel.module.css'

/** On top of the panel: the number, and the time that runs: ringing, speaking, or until the outcome is owed. */
export function LineState({ call, step }: { call: CallDetail; step: Step }) {
  const { t } = useTranslation()
  const { data: options } = useCallOptions()
  const due = call.status === 'after' ? outcomeDue(call, options?.outcomeMinutes ?? 5) : null
  const alarm = call.status === 'ringing' || (call.status === 'after' && due !== null)
  return (
    <section className={alarm ? css.lineAlarm : css.line} aria-label={t('call.line')}>
      <div className={css.figure}>
        {call.callerMasked ? (
          <Masked
            key={call.id}
            masked={call.callerMasked}
            label={t('call.field.number')}
            onReveal={call.can.reveal ? () => revealCall(call.id, 'caller') : undefined}
          />
        ) : (
          <span>{t('call.noNumber')}</span>
        )}
        <Time call={call} due={due} />
      </div>
      <p role="status" className={css.lineText}>
        {t(`call.stateNow.${step === 'elsewhere' ? 'elsewhere' : call.status}`, { name: call.handlerName })}
        {call.late && call.status !== 'ringing' ? ` · ${t('call.wasLate', { count: call.rings ?? 0 })}` : ''}
      </p>
      {call.status === 'ringing' ? <Rings call={call} /> : null}
    </section>
  )
}

function Time({ call, due }: { call: CallDetail; due: string | null }) {
  const { t } = useTranslation()
  const { data: options } = useCallOptions()
  if (call.status === 'ringing')
    return (
      <RunningTime
        since={call.ringingAt ?? call.startedAt}
        alarmAfter={(options?.ringCadenceSeconds ?? 5) * (options?.answerRings ?? 3)}
        size="figure"
      />
    )
  if (call.status === 'open') return <RunningTime since={call.answeredAt ?? call.startedAt} size="figure" />
  if (due) return <RunningTime until={due} warnBefore={120} size="figure" label={t('call.owed')} />
  return <span className={css.quiet}>{t('call.talked', { time: clock(call.talkSeconds) })}</span>
}

function Rings({ call }: { call: CallDetail }) {
  const { t } = useTranslation()
  const now = useNow()
  const { data: options } = useCallOptions()
  const { rings } = ringingFor(
    call.ringingAt ?? call.startedAt,
    now,
    options?.ringCadenceSeconds ?? 5,
    options?.answerRings ?? 3,
  )
  return <p>{t('call.ringing', { count: rings })}</p>
}

/** 1:05 */
export function clock(seconds: number) {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
