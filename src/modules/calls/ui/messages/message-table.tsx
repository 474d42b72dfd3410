import { useTranslation } from 'react-i18next'
import { cx } from '../../../../ui-kit/cx.ts'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import type { MessageCard } from '../../messages/contract.ts'
import css from '../log/log.module.css'

const columns = ['number', 'at', 'from', 'to', 'matter', 'takenBy', 'state'] as const
const tones: Record<MessageCard['status'], Tone> = {
  new: 'alarm',
  seen: 'waiting',
  done: 'waiting',
  reported: 'good',
  withdrawn: 'neutral',
}

export function MessageStatusChip({ message }: { message: Pick<MessageCard, 'status' | 'reportBack'> }) {
  const { t } = useTranslation()
  const { status, reportBack } = message
  // Done without a promise to report is as good as reported.
  const tone = status === 'done' && !reportBack ? 'good' : tones[status]
  const word = status === 'done' && reportBack ? 'toReport' : status
  return <StatusChip tone={tone}>{t(`messages.state.${word}`)}</StatusChip>
}

export function MessageTable({
  rows,
  opened,
  stale,
  onOpen,
}: {
  rows: readonly MessageCard[]
  opened: string | undefined
  stale: boolean
  onOpen: (id: string) => void
}) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={cx(css.scroll, stale && css.stale)} tabIndex={0} aria-label={t('messages.list')}>
      <table className={css.table} aria-busy={stale}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`messages.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((message) => (
            <tr key={message.id} className={message.id === opened ? css.chosen : undefined}>
              <td className={css.figure}>{message.number}</td>
              <td className={css.figure}>{formatDateTime(message.takenAt, zone, language)}</td>
              <th scope="row">
                <button type="button" className={css.name} onClick={() => onOpen(message.id)}>
                  {message.urgent ? <Icon name="alert" size={16} label={t('messages.urgent')} /> : null}
                  {message.callerName || message.organisation || message.phoneMasked}
                </button>
                <span className={css.quiet}>{message.organisation}</span>
              </th>
              <td>{message.toName}</td>
              <td className={css.matter}>{message.matter}</td>
              <td>{message.takenByName}</td>
              <td>
                <span className={css.chips}>
                  <MessageStatusChip message={message} />
                  {message.status === 'new' ? (
                    <RunningTime since={message.takenAt} warnAfter={300} alarmAfter={900} />
                  ) : null}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
