import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import css from './kiosk.module.css'

/** Registered without a server: nobody could be called, so the visitor is told where somebody is. */
export function Noted({ name, onFinish }: { name: string; onFinish: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={css.center} role="status">
      <Icon name="checkCircle" size={32} />
      <h1>{t('kiosk.offline.noted', { name })}</h1>
      <p className={css.lead}>{t('kiosk.offline.notedHelp')}</p>
      <Button kind="primary" size="large" onClick={onFinish}>
        {t('kiosk.finish')}
      </Button>
    </div>
  )
}
