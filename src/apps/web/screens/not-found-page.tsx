import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { BarePage } from './bare-page.tsx'

export function NotFoundPage() {
  const { t } = useTranslation()
  const router = useRouter()
  return (
    <BarePage title={t('web.fault.notFound')}>
      <p>{t('web.fault.notFoundHelp')}</p>
      <Button kind="primary" onClick={() => void router.navigate({ to: '/' })}>
        {t('web.fault.home')}
      </Button>
    </BarePage>
  )
}
