import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import css from './channels.module.css'

/** A webhook's secret, the one time it can be read. */
export function Secret({ secret, onKept }: { secret: string; onKept: () => void }) {
  const { t } = useTranslation()
  async function copy() {
    await navigator.clipboard.writeText(secret)
    showToast({ text: t('channels.secret.copied') })
  }
  return (
    <div className={css.form}>
      <p role="status">{t('channels.secret.once')}</p>
      <code className={css.secret}>{secret}</code>
      <div className={css.row}>
        <Button kind="primary" icon="copy" onClick={() => void copy()}>
          {t('channels.secret.copy')}
        </Button>
        <Button onClick={onKept}>{t('channels.secret.kept')}</Button>
      </div>
    </div>
  )
}
