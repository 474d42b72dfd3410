import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { groupSearch } from '../../groups/seek-contract.ts'
import { VisitStatusChip } from '../visit-status.tsx'
import css from './board-cards.module.css'
import { groupKeys } from './queries.ts'

interface SoughtProps {
  base: '/groups' | '/gate/groups'
  text: string
  onFound: (count: number) => void
}

/** Who is looked for may stand on a group's list: found by name, pinyin or organisation, and opened at its counter (V22). */
export function Sought({ base, text, onFound }: SoughtProps) {
  const { t } = useTranslation()
  const q = text.trim()
  const { data } = useQuery({
    queryKey: [...groupKeys.all, 'sought', q],
    queryFn: ({ signal }) => call(groupSearch.seek, { query: { q } }, { signal }),
    staleTime: 5_000,
  })
  const items = data?.items ?? []
  useEffect(() => {
    onFound(items.length)
    return () => onFound(0)
  }, [items.length, onFound])
  if (items.length === 0) return null
  return (
    <ul className={css.sought} aria-label={t('groups.board.sought')}>
      {items.map((one) => (
        <li key={one.id}>
          <Link to={`${base}/$id`} params={{ id: one.groupId }} search={{ member: one.id }}>
            <strong>{one.visitorName}</strong>
            <span>{[one.organisation, one.groupTitle].filter(Boolean).join(' · ')}</span>
            <VisitStatusChip status={one.status} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
