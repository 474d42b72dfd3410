import { useTranslation } from 'react-i18next'
import { useLiveInvalidate } from '../../../ui-kit/live.ts'
import { NotificationList } from './notification-list.tsx'
import css from './notifications.module.css'

/** The whole list as a page. */
export function Notifications() {
  const { t } = useTranslation()
  useLiveInvalidate({ notification: ['notifications'] })
  return (
    <div className={css.page}>
      <h1>{t('notifications.title')}</h1>
      <NotificationList />
    </div>
  )
}
