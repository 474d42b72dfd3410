import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { useZone } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import { groups } from '../../groups/contract.ts'
import type { GroupState } from '../../groups/rules.ts'
import type { GroupCard } from '../../groups/shapes.ts'
import css from './board-cards.module.css'
import { groupKeys } from './queries.ts'
import { Sought } from './sought.tsx'

/** Who is to be let in comes before who is inside, and both before those whose day here is over. */
const order: readonly GroupState[] = ['arriving', 'planned', 'leaving', 'inside', 'left', 'cancelled']

interface GroupCardsProps {
  base: '/groups' | '/gate/groups'
  size?: 'large'
  /** Searched for above: members are looked through as well. */
  text?: string
  onFound?: (count: number) => void
}

/**
 * Members of a group do not stand on the board one by one: one card says n of m and leads to the counter (V22). A search
 * above does not hide it, for whoever is looked for may be on its list.
 */
export function GroupCards({ base, size, text = '', onFound }: GroupCardsProps) {
  const { t } = useTranslation()
  useLiveInvalidate({ 'visit-group': groupKeys.board, visit: groupKeys.board })
  const board = useQuery({
    queryKey: groupKeys.board,
    queryFn: ({ signal }) => call(groups.board, {}, { signal }),
  })
  const items = [...(board.data?.items ?? [])].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  if (board.error && !board.data)
    return <ProblemNotice fault={board.error} onRetry={() => void board.refetch()} />
  if (items.length === 0) return null
  return (
    <section aria-label={t('groups.board.title')} data-groups>
      {text.trim() === '' || !onFound ? null : <Sought base={base} text={text} onFound={onFound} />}
      <VisuallyHidden>
        <h2>{t('groups.board.title')}</h2>
      </VisuallyHidden>
      <ul className={size === 'large' ? css.large : css.cards}>
        {items.map((group) => (
          <BoardCard key={group.id} group={group} base={base} />
        ))}
      </ul>
    </section>
  )
}

type NextAct = 'checkIn' | 'release' | 'open'

function nextOf({ state, can, counts }: GroupCard): NextAct {
  if (can.checkIn && counts.missing > counts.neverCame && (state === 'planned' || state === 'arriving'))
    return 'checkIn'
  return can.release && counts.inside > 0 ? 'release' : 'open'
}

function BoardCard({ group, base }: { group: GroupCard; base: GroupCardsProps['base'] }) {
  const { t } = useTranslation()
  const zone = useZone()
  const { counts } = group
  return (
    <li className={css.card}>
      <div className={css.head}>
        <h3 className={css.title}>{group.title}</h3>
        <StatusChip tone={counts.held + counts.asking > 0 ? 'waiting' : 'neutral'}>
          {t(`groups.state.${group.state}`)}
        </StatusChip>
      </div>
      <p className={css.facts}>
        {[formatTime(group.expectedAt, zone), group.organiser, group.hostName, group.place]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className={css.head}>
        <span className={css.counts}>
          {t('groups.inOf', { in: counts.in, size: counts.size })}
          {counts.out > 0 ? ` · ${t('groups.outOf', { in: counts.in, out: counts.out })}` : ''}
          {counts.held > 0 ? ` · ${t('groups.count.held')} ${counts.held}` : ''}
          {counts.asking > 0 ? ` · ${t('groups.count.asking')} ${counts.asking}` : ''}
        </span>
        <Link
          to={`${base}/$id`}
          params={{ id: group.id }}
          className={css.act}
          aria-label={t(`groups.board.${nextOf(group)}Label`, { title: group.title })}
        >
          {t(`groups.board.${nextOf(group)}`)}
        </Link>
      </div>
    </li>
  )
}
