import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../../ui-kit/button.tsx'
import { cx } from '../../../../ui-kit/cx.ts'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useCan } from '../../../../ui-kit/session.ts'
import { Receptions } from './receptions.tsx'
import css from './special.module.css'
import { WarnForm } from './warn-form.tsx'

export function ImportantDesk() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const warns = useCan('visit.warn')
  const open = () => void navigate({ to: '/important/new' })
  useKeys({ a: warns ? { label: t('important.warn.open'), run: open } : undefined })
  return warns ? <Receptions onWarn={open} /> : <Receptions />
}

export function WarnDesk() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const back = () => void navigate({ to: '/important' })
  useKeys({ Escape: { label: t('kit.close'), run: back } })
  return (
    <div className={cx(css.page, css.narrow)}>
      <header className={css.head}>
        <h1>{t('important.warn.title')}</h1>
        <IconButton icon="close" label={t('kit.close')} onClick={back} />
      </header>
      <WarnForm size="normal" onDone={back} />
    </div>
  )
}

export function ImportantGate() {
  return <Receptions size="large" />
}

/** On the phone of an executive or their secretary. */
export function WarnPhone() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <div className={cx(css.page, css.narrow)}>
      <header className={css.head}>
        <h1>{t('important.warn.title')}</h1>
        <IconButton
          icon="close"
          size="large"
          label={t('kit.close')}
          onClick={() => void navigate({ to: '/host' })}
        />
      </header>
      <WarnForm />
    </div>
  )
}
