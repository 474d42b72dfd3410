import { useTranslation } from 'react-i18next'
import { useNow } from './clock.ts'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import css from './running-time.module.css'

/** 0:07, 8:21, 1:08:21; from a day on, days are said apart. */
function clockFigure(seconds: number) {
  const rest = Math.abs(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor((rest % 86_400) / 3600)
  const minutes = Math.floor((rest % 3600) / 60)
  return hours > 0 || rest >= 86_400
    ? `${hours}:${two(minutes)}:${two(rest % 60)}`
    : `${minutes}:${two(rest % 60)}`
}

interface Shared {
  /** `figure` is the 28 px running figure of a card. */
  size?: 'base' | 'title' | 'figure' | undefined
  /** Word before the figure, also read aloud: 已等, 还有. */
  label?: string | undefined
}

export type RunningTimeProps = Shared &
  (
    | {
        /** Counts up from here. */
        since: string | number
        /** Seconds after which it is amber, then vermilion. */
        warnAfter?: number | undefined
        alarmAfter?: number | undefined
        until?: never
      }
    | {
        /** Counts down to here, then up as overdue (−0:04). */
        until: string | number
        /** Seconds before the end from which it is amber; overdue is vermilion. */
        warnBefore?: number | undefined
        since?: never
      }
  )

/** Live elapsed time or countdown; colour never alone: amber gets a clock, vermilion an alert mark. */
export function RunningTime(props: RunningTimeProps) {
  const now = useNow()
  const { t } = useTranslation()
  const at = new Date(props.since ?? props.until).getTime()
  const seconds =
    props.since === undefined ? Math.ceil((at - now) / 1000) : Math.max(0, Math.floor((now - at) / 1000))
  const tone = toneOf(props, seconds)
  const days = Math.floor(Math.abs(seconds) / 86_400)
  const { size = 'base' } = props
  return (
    <span className={cx(css.time, css[size], css[tone])} role="timer" aria-live="off">
      {tone === 'calm' ? null : (
        <Icon
          name={tone === 'alarm' ? 'alert' : 'clock'}
          size={size === 'base' ? 16 : 20}
          label={t(`kit.time.${props.since === undefined ? 'due' : 'long'}.${tone}`)}
        />
      )}
      {props.label ? <span className={css.label}>{props.label}</span> : null}
      <span className={css.figure}>
        {seconds < 0 ? '−' : ''}
        {days > 0 ? `${t('kit.time.days', { count: days })} ` : ''}
        {clockFigure(seconds)}
      </span>
    </span>
  )
}

function toneOf(props: RunningTimeProps, seconds: number): 'calm' | 'waiting' | 'alarm' {
  if (props.since === undefined) {
    if (seconds < 0) return 'alarm'
    return props.warnBefore !== undefined && seconds <= props.warnBefore ? 'waiting' : 'calm'
  }
  if (props.alarmAfter !== undefined && seconds >= props.alarmAfter) return 'alarm'
  return props.warnAfter !== undefined && seconds >= props.warnAfter ? 'waiting' : 'calm'
}
