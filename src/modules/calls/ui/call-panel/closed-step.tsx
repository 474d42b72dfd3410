import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import type { CallDetail } from '../../card/contract.ts'
import css from './call-panel.module.css'

export interface ClosedStepProps {
  call: CallDetail
  onUndo: (() => void) | undefined
  onClose: () => void
}

/** What came of it, with the slip and the promise that were written; one key takes it back, one closes. */
export function ClosedStep({ call, onUndo, onClose }: ClosedStepProps) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const zone = useZone()
  return (
    <section className={css.section} aria-label={t('call.end.title')}>
      <div className={css.target}>
        <StatusChip tone={call.outcome === 'missed' ? 'alarm' : 'good'}>
          {call.outcome ? t(`call.outcome.${call.outcome}`) : t('call.status.closed')}
        </StatusChip>
        {call.outcomeNote ? <span>{call.outcomeNote}</span> : null}
      </div>
      <ul className={css.written}>
        {call.messages.map((one) => (
          <li key={one.id}>
            {t('call.closed.message', { number: one.number, to: one.toName })}
            <span className={css.quiet}> {one.matter}</span>
          </li>
        ))}
        {call.callbacks.map((one) => (
          <li key={one.id}>
            {t('call.closed.callback', {
              number: one.number,
              owner: one.ownerName,
              time: formatTime(one.dueAt, zone, language),
            })}
          </li>
        ))}
      </ul>
      <div className={css.buttons}>
        <Button kind="primary" autoFocus keyHint="Enter" onClick={onClose}>
          {t('call.closed.done')}
        </Button>
        {onUndo ? (
          <Button icon="back" keyHint="z" onClick={onUndo}>
            {t('call.closed.undo')}
          </Button>
        ) : null}
      </div>
    </section>
  )
}
