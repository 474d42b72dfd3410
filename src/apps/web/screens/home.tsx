import { useTranslation } from 'react-i18next'
import { Empty } from '../../../ui-kit/empty.tsx'

/** Stands in until the desk's board is there. */
export function Home() {
  const { t } = useTranslation()
  return (
    <>
      <h1>{t('nav.desk')}</h1>
      <Empty icon="desk" title={t('web.home.title')}>
        {t('web.home.help')}
      </Empty>
    </>
  )
}
