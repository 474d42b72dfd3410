import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { useMyMessages } from '../queries.ts'
import { MessageSlip } from './message-slip.tsx'
import css from './messages.module.css'

/** On the colleague's phone: what was left for them while they were busy, until it is dealt with (C6, C10). */
export function MyMessages() {
  const { t } = useTranslation()
  const mine = useMyMessages(useCan('message.see'))
  const items = mine.data?.items ?? []
  if (mine.error) return <ProblemNotice fault={mine.error} onRetry={() => void mine.refetch()} />
  if (items.length === 0) return null
  return (
    <section className={css.section} aria-labelledby="my-messages">
      <h2 id="my-messages">
        {t('message.mine')} <span className={css.count}>{items.length}</span>
      </h2>
      <ul className={css.list}>
        {items.map((message) => (
          <li key={message.id}>
            <MessageSlip message={message} level={3} />
          </li>
        ))}
      </ul>
    </section>
  )
}
