import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import type { IconName } from '../../../../ui-kit/icon.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import type { Outcome } from '../../rules.ts'
import css from './call-panel.module.css'

const icons: Partial<Record<Outcome, IconName>> = {
  'put-through': 'checkCircle',
  message: 'message',
  callback: 'phone',
  resolved: 'check',
  declined: 'close',
}

export interface EndingsProps {
  outcomes: readonly Outcome[]
  /** Only an outcome is left: the proposed one stands under the finger. */
  only: boolean
  busy: boolean
  onChoose: (outcome: Outcome) => void
}

/** How the call may end; at every moment of every route there is a way (C4). */
export function Endings({ outcomes, only, busy, onChoose }: EndingsProps) {
  const { t } = useTranslation()
  useKeys(
    {
      ...Object.fromEntries(
        outcomes.map((outcome, index) => [
          String(index + 1),
          { label: t(`call.end.${outcome}`), run: () => onChoose(outcome) },
        ]),
      ),
      m: { label: t('call.end.message'), run: () => onChoose('message') },
    },
    { layer: 'panel', enabled: !busy },
  )
  return (
    <section className={css.section} aria-label={t('call.end.title')}>
      <h3>{t(only ? 'call.end.title' : 'call.end.instead')}</h3>
      <div className={css.chipButtons}>
        {outcomes.map((outcome, index) => (
          <Button
            key={outcome}
            kind={only && index === 0 ? 'primary' : 'quiet'}
            icon={icons[outcome]}
            keyHint={String(index + 1)}
            autoFocus={only && index === 0}
            disabled={busy}
            onClick={() => onChoose(outcome)}
          >
            {t(`call.end.${outcome}`)}
          </Button>
        ))}
      </div>
    </section>
  )
}
