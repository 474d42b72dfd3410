import { useTranslation } from 'react-i18next'
import { cx } from '../../../../ui-kit/cx.ts'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import type { CallbackCard } from '../../callbacks/contract.ts'
import css from '../log/log.module.css'

const columns = ['number', 'due', 'who', 'phone', 'matter', 'kind', 'owner', 'attempts', 'state'] as const
const tones: Record<CallbackCard['status'], Tone> = {
  promised: 'waiting',
  taken: 'waiting',
  kept: 'good',
  unreachable: 'alarm',
  withdrawn: 'neutral',
}

export function CallbackStatusChip({ callback }: { callback: Pick<CallbackCard, 'status' | 'inTime'> }) {
  const { t } = useTranslation()
  const late = callback.status === 'kept' && callback.inTime === false
  return (
    <StatusChip tone={late ? 'waiting' : tones[callback.status]}>
      {t(late ? 'callbacks.state.keptLate' : `callbacks.state.${callback.status}`)}
    </StatusChip>
  )
}

export const isOpen = ({ status }: Pick<CallbackCard, 'status'>) =>
  status === 'promised' || status === 'taken'

export function CallbackTable({
  rows,
  opened,
  stale,
  onOpen,
}: {
  rows: readonly CallbackCard[]
  opened: string | undefined
  stale: boolean
  onOpen: (id: string) => void
}) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={cx(css.scroll, stale && css.stale)} tabIndex={0} aria-label={t('callbacks.title')}>
      <table className={css.table} aria-busy={stale}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`callbacks.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((callback) => (
            <tr key={callback.id} className={callback.id === opened ? css.chosen : undefined}>
              <td className={css.figure}>{callback.number}</td>
              <td className={css.figure}>
                {formatDateTime(callback.dueAt, zone, language)}
                {isOpen(callback) ? (
                  <span className={css.quiet}>
                    <RunningTime until={callback.dueAt} warnBefore={300} />
                  </span>
                ) : null}
              </td>
              <th scope="row">
                <button type="button" className={css.name} onClick={() => onOpen(callback.id)}>
                  {callback.callerName || callback.organisation || callback.phoneMasked}
                </button>
                <span className={css.quiet}>{callback.organisation}</span>
              </th>
              <td className={css.figure}>{callback.phoneMasked}</td>
              <td className={css.matter}>{callback.matter}</td>
              <td>{t(`callbacks.kind.${callback.kind}`)}</td>
              <td>
                {callback.takenByName || callback.ownerName}
                {callback.takenByName && callback.ownerKind === 'post' ? (
                  <span className={css.quiet}>{callback.ownerName}</span>
                ) : null}
              </td>
              <td className={css.figure}>{callback.attempts}</td>
              <td>
                <CallbackStatusChip callback={callback} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
