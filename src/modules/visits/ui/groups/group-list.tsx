import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { dayIn, formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { groups } from '../../groups/contract.ts'
import type { GroupCard } from '../../groups/shapes.ts'
import { GroupForm } from './group-form.tsx'
import css from './groups.module.css'
import { groupKeys } from './queries.ts'

type Base = '/groups' | '/gate/groups' | '/host/groups'
const DeskGroups = () => <GroupList base="/groups" />
const GateGroups = () => <GroupList base="/gate/groups" />
const HostGroups = () => <GroupList base="/host/groups" />

export { DeskGroups, GateGroups, HostGroups }

/** Groups and tours; at the gate those of today come first (V22). */
function GroupList({ base }: { base: Base }) {
  const { t } = useTranslation()
  const zone = useZone()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [today, setToday] = useState(base === '/gate/groups')
  const [making, setMaking] = useState(false)
  useLiveInvalidate({ 'visit-group': groupKeys.all, visit: groupKeys.all })
  const day = dayIn(zone, serverNow())
  const list = useInfiniteQuery({
    queryKey: [...groupKeys.all, 'list', text, today, day],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      call(
        groups.list,
        {
          query: {
            ...(text === '' ? {} : { q: text }),
            ...(today ? { from: day, to: day } : {}),
            ...(pageParam === '' ? {} : { cursor: pageParam }),
            limit: 50,
          },
        },
        { signal },
      ),
    getNextPageParam: (page) => page.next,
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('groups.title')}</h1>
        <Button
          kind="primary"
          icon="plus"
          size={base === '/groups' ? 'normal' : 'large'}
          onClick={() => setMaking(!making)}
        >
          {t('groups.new')}
        </Button>
      </header>
      {making ? (
        <GroupForm
          onSaved={({ id }) => void navigate({ to: `${base}/$id`, params: { id } })}
          onCancel={() => setMaking(false)}
        />
      ) : null}
      <div className={css.seek}>
        <SearchText
          label={t('groups.search')}
          hint={t('groups.searchHint')}
          value={text}
          onChange={setText}
        />
        <Button onClick={() => setToday(!today)}>{t(today ? 'groups.all' : 'groups.today')}</Button>
      </div>
      <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
      {list.isPending ? <Skeleton kind="cards" rows={3} /> : null}
      {list.data && items.length === 0 ? (
        <Empty icon="group" title={t('groups.none')}>
          {t('groups.noneHelp')}
        </Empty>
      ) : null}
      <ul className={css.list}>
        {items.map((group) => (
          <GroupItem key={group.id} group={group} base={base} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('groups.more')}
        </Button>
      ) : null}
    </div>
  )
}

function GroupItem({ group, base }: { group: GroupCard; base: Base }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <li>
      <Link to={`${base}/$id`} params={{ id: group.id }}>
        {group.title}
      </Link>{' '}
      <StatusChip tone={group.state === 'cancelled' ? 'alarm' : 'neutral'}>
        {t(`groups.state.${group.state}`)}
      </StatusChip>
      <div className={css.quiet}>
        {[
          formatDateTime(group.expectedAt, zone, language),
          group.organiser,
          group.hostName,
          t('groups.inOf', { in: group.counts.in, size: group.counts.size }),
          t('groups.outOf', { in: group.counts.in, out: group.counts.out }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
    </li>
  )
}
