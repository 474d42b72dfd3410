import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import css from './masked.module.css'

export interface MaskedProps {
  /** As the server sent it: 139****5678. */
  masked: string
  /** What it is, for the button's name: 电话. */
  label: string
  /** Fetches the full value (the server records the look); absent without the permission. */
  onReveal?: (() => Promise<string>) | undefined
}

/** Personal data, shown in full only on demand and forgotten when the component goes. */
export function Masked({ masked, label, onReveal }: MaskedProps) {
  const { t } = useTranslation()
  const [full, setFull] = useState<string | null>(null)
  const [state, setState] = useState<'still' | 'busy' | 'failed'>('still')
  async function reveal() {
    if (!onReveal || state === 'busy') return
    setState('busy')
    try {
      setFull(await onReveal())
      setState('still')
    } catch {
      setState('failed')
    }
  }
  return (
    <span className={css.masked}>
      <span className={css.value}>{full ?? masked}</span>
      {onReveal && full === null ? (
        <IconButton
          icon="eye"
          label={t('kit.masked.reveal', { label })}
          disabled={state === 'busy'}
          onClick={() => void reveal()}
        />
      ) : null}
      {state === 'failed' ? (
        <span role="alert" className={css.failed}>
          {t('kit.masked.failed')}
        </span>
      ) : null}
    </span>
  )
}
