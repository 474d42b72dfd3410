import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../../ui-kit/button.tsx'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSessionIfAny } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { useLiveVisits, useMyVisits, useVisit } from '../queries.ts'
import { VisitCardView } from '../visit-card.tsx'
import { statusTone } from '../visit-status.tsx'
import css from './host.module.css'
import { HostVisit } from './host-visit.tsx'
import { sortMine } from './my-visits.ts'

/** Its own chunk: most who open the page answer a question. */
const Announce = lazy(async () => ({ default: (await import('./announce.tsx')).Announce }))

interface HostSearch {
  visit?: string
  open?: 'announce'
}

export interface HostProps {
  /** What other modules put before the colleague; it comes first, as it waits for them. */
  above?: ReactNode
  below?: ReactNode
}

/** A host's own visitors: who waits for an answer, who is here, what is still owed, who comes (V3, V5, V10). */
export function Host({ above, below }: HostProps) {
  const search: HostSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  useLiveVisits()
  const show = (next: HostSearch) => void navigate({ to: '/host', search: next })
  if (search.open)
    return (
      <Suspense fallback={<Skeleton rows={6} />}>
        <Announce onBack={() => show({})} onSent={() => show({})} />
      </Suspense>
    )
  if (search.visit) return <OneVisit key={search.visit} id={search.visit} onBack={() => show({})} />
  return (
    <MyVisitsPage
      above={above}
      below={below}
      onOpen={(visit) => show({ visit })}
      onAnnounce={() => show({ open: 'announce' })}
    />
  )
}

function OneVisit({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation()
  const visit = useVisit(id)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className={css.page}>
      <header className={css.row}>
        <h1 ref={heading} tabIndex={-1}>
          {visit.data?.number ?? t('visits.host.visit')}
        </h1>
        <IconButton icon="close" size="large" label={t('kit.close')} onClick={onBack} />
      </header>
      <ProblemNotice fault={visit.error} onRetry={() => void visit.refetch()} />
      {visit.data ? (
        <Link to="/host/areas" search={{ visit: id }}>
          {t('visits.host.areas')}
        </Link>
      ) : null}
      {visit.data ? <HostVisit visit={visit.data} /> : visit.isPending ? <Skeleton rows={6} /> : null}
    </div>
  )
}

function MyVisitsPage(props: HostProps & { onOpen: (id: string) => void; onAnnounce: () => void }) {
  const { t } = useTranslation()
  const mine = useMyVisits()
  const groups = mine.data ? sortMine(mine.data.items) : null
  const empty = mine.data?.items.length === 0
  return (
    <div className={css.page}>
      <h1>{t('visits.host.title')}</h1>
      {props.above}
      <ProblemNotice fault={mine.error} onRetry={() => void mine.refetch()} />
      {mine.isPending ? <Skeleton kind="cards" rows={3} /> : null}
      {empty ? (
        <Empty icon="calendar" title={t('visits.host.empty')}>
          {t('visits.host.emptyHelp')}
        </Empty>
      ) : null}
      {groups && groups.answer.length > 0 ? (
        <section className={css.section}>
          <h2>{t('visits.host.group.answer')}</h2>
          {groups.answer.map((card) => (
            <HostVisit key={card.id} visit={card} />
          ))}
        </section>
      ) : null}
      {groups
        ? (['here', 'owed', 'coming', 'over'] as const).map((group) => (
            <Group key={group} group={group} cards={groups[group]} onOpen={props.onOpen} />
          ))
        : null}
      {props.below}
      <div className={css.foot}>
        <Button kind="primary" size="large" icon="plus" wide onClick={props.onAnnounce}>
          {t('visits.host.announce.open')}
        </Button>
        <WarnLink />
      </div>
    </div>
  )
}

function Group(props: {
  group: 'here' | 'owed' | 'coming' | 'over'
  cards: readonly VisitCard[]
  onOpen: (id: string) => void
}) {
  const { t } = useTranslation()
  if (props.cards.length === 0) return null
  return (
    <section className={css.section}>
      <h2>
        {t(`visits.host.group.${props.group}`)} <span className={css.count}>{props.cards.length}</span>
      </h2>
      <ul className={css.list}>
        {props.cards.map((card) => (
          <li key={card.id}>
            <VisitCardView
              card={card}
              look="large"
              status
              tone={card.lateSignature ? 'alarm' : statusTone(card.status)}
              onOpen={() => props.onOpen(card.id)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** V7: executives and whoever works for them; the page itself says for whom one may. */
function WarnLink() {
  const { t } = useTranslation()
  const actions = useSessionIfAny()?.actions ?? []
  const navigate = useNavigate()
  if (!actions.includes('visit.warn')) return null
  return (
    <Button size="large" icon="star" wide onClick={() => void navigate({ to: '/host/warn' })}>
      {t('visits.host.warn')}
    </Button>
  )
}
