import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { useNow } from '../../../ui-kit/clock.ts'
import { cx } from '../../../ui-kit/cx.ts'
import { Empty } from '../../../ui-kit/empty.tsx'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../ui-kit/session.ts'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { VisuallyHidden } from '../../../ui-kit/visually-hidden.tsx'
import { dayIn, formatDateTime, formatTime } from '../../../ui-kit/zone-time.ts'
import css from './notifications.module.css'
import { type Notification, useMarkRead, useNotifications } from './queries.ts'
import { useNoticeText } from './use-notice-text.ts'

/** Unread first; opening one marks it as read and goes where it leads. `onOpened`: the bell closes. */
export function NotificationList({ onOpened }: { onOpened?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const list = useNotifications()
  const mark = useMarkRead()
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const unread = list.data?.pages[0]?.unread ?? 0
  if (list.isPending) return <Skeleton kind="lines" rows={4} />
  if (list.data === undefined) return <ProblemNotice fault={list.error} onRetry={list.refetch} />
  if (items.length === 0)
    return (
      <Empty icon="bell" title={t('notifications.empty')}>
        {t('notifications.emptyHint')}
      </Empty>
    )
  return (
    <div className={css.box}>
      <div className={css.head}>
        <span role="status">
          {unread > 0 ? t('notifications.unread', { count: unread }) : t('notifications.allRead')}
        </span>
        {unread > 0 ? (
          <Button
            kind="plain"
            icon="check"
            busy={mark.isPending && mark.variables === 'all'}
            onClick={() => mark.mutate('all')}
          >
            {t('notifications.readAll')}
          </Button>
        ) : null}
      </div>
      <ProblemNotice fault={mark.error} />
      <ul className={css.list}>
        {items.map((item) => (
          <Row key={item.id} item={item} read={(id) => mark.mutate(id)} onOpened={onOpened} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('notifications.older')}
        </Button>
      ) : null}
    </div>
  )
}

interface RowProps {
  readonly item: Notification
  readonly read: (id: string) => void
  readonly onOpened: (() => void) | undefined
}

function Row({ item, read, onOpened }: RowProps) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const navigate = useNavigate()
  const textOf = useNoticeText()
  const now = useNow()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const { subject, text } = textOf(item)
  const isNew = item.readAt === null
  const today = dayIn(site.zone, item.at) === dayIn(site.zone, now)

  function open() {
    if (isNew) read(item.id)
    if (item.link !== null) void navigate({ to: item.link })
    onOpened?.()
  }

  return (
    <li>
      <button type="button" className={cx(css.row, isNew && css.isNew)} onClick={open}>
        <span className={css.subject}>
          {isNew ? <span className={css.dot} aria-hidden="true" /> : null}
          {isNew ? <VisuallyHidden>{t('notifications.new')}</VisuallyHidden> : null}
          {subject}
        </span>
        <time className={css.at} dateTime={item.at}>
          {today ? formatTime(item.at, site.zone, language) : formatDateTime(item.at, site.zone, language)}
        </time>
        <span className={css.text}>{text}</span>
      </button>
    </li>
  )
}
