import { useTranslation } from 'react-i18next'
import css from './connection-strip.module.css'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'

export interface ConnectionStripProps {
  /** `connecting` shows nothing on the first load; `lost` and `offline` are said. */
  state: 'connecting' | 'open' | 'lost' | 'offline'
  /** Entries that wait to be sent. */
  waiting?: number | undefined
  /** Entries somebody has to decide on. */
  conflicts?: number | undefined
  /** Opens the list of both. */
  onOpen?: (() => void) | undefined
  /** A new version is there; reloads with it. */
  onUpdate?: (() => void) | null | undefined
}

/** A strip across the top only while something is wrong or waits: what still works, how many entries wait. */
export function ConnectionStrip(props: ConnectionStripProps) {
  const { state, waiting = 0, conflicts = 0, onOpen, onUpdate } = props
  const { t } = useTranslation()
  const bad = state === 'lost' || state === 'offline'
  const words = [
    bad ? t(`kit.connection.${state}`) : '',
    waiting > 0 ? t('kit.connection.waiting', { count: waiting }) : '',
    conflicts > 0 ? t('kit.connection.conflicts', { count: conflicts }) : '',
    !bad && onUpdate ? t('kit.connection.update') : '',
  ].filter(Boolean)
  const shown = words.length > 0
  return (
    <div role="status" className={shown ? cx(css.strip, conflicts > 0 && css.conflict) : undefined}>
      {shown ? (
        <>
          <Icon name={bad ? 'offline' : conflicts > 0 ? 'alert' : 'refresh'} size={16} />
          <span>{words.join(' · ')}</span>
          {onOpen && waiting + conflicts > 0 ? (
            <button type="button" className={css.open} onClick={onOpen}>
              {t('kit.connection.show')}
            </button>
          ) : null}
          {!bad && onUpdate ? (
            <button type="button" className={css.open} onClick={onUpdate}>
              {t('kit.connection.reload')}
            </button>
          ) : null}
        </>
      ) : null}
    </div>
  )
}
