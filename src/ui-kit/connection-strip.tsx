import { useTranslation } from 'react-i18next'
import css from './connection-strip.module.css'
import { Icon } from './icon.tsx'

export interface ConnectionStripProps {
  /** `connecting` shows nothing on the first load; `lost` and `offline` are said. */
  state: 'connecting' | 'open' | 'lost' | 'offline'
  /** Entries that wait to be sent. */
  waiting?: number | undefined
}

/** A strip across the top only while something is wrong or waits: what still works, how many entries wait. */
export function ConnectionStrip({ state, waiting = 0 }: ConnectionStripProps) {
  const { t } = useTranslation()
  const bad = state === 'lost' || state === 'offline'
  return (
    <div role="status" className={bad || waiting > 0 ? css.strip : undefined}>
      {bad || waiting > 0 ? (
        <>
          <Icon name={bad ? 'offline' : 'refresh'} size={16} />
          <span>
            {bad ? t(`kit.connection.${state}`) : null}
            {bad && waiting > 0 ? ' · ' : null}
            {waiting > 0 ? t('kit.connection.waiting', { count: waiting }) : null}
          </span>
        </>
      ) : null}
    </div>
  )
}
