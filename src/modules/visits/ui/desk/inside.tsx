import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { useNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import type { VisitCard } from '../../card/contract.ts'
import { matches } from '../board.ts'
import { useInside, useLiveVisits } from '../queries.ts'
import { useVisitActs } from '../use-visit-acts.ts'
import { type ActName, acts, offers } from '../visit-acts.ts'
import { VisitFlags, VisitStatusChip } from '../visit-status.tsx'
import { At } from '../visit-time.tsx'
import css from './inside.module.css'
import { printVisit } from './print.ts'
import { VisitPanel } from './visit-panel.tsx'

/** Who is still inside, since when, with whom (V18): the end-of-day list, the list for an evacuation, on paper too. */
export function Inside() {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const [text, setText] = useState('')
  const [opened, setOpened] = useState<string | null>(null)
  const [form, setForm] = useState<ActName | null>(null)
  const inside = useInside()
  useLiveVisits()
  const act = useVisitActs({
    openForm: (card, name) => {
      setOpened(card.id)
      setForm(name)
    },
    print: printVisit,
  })
  const { data } = inside
  const rows = (data?.items ?? []).filter((card) => matches(card, text))
  const open = (id: string | null) => {
    setForm(null)
    setOpened(id)
  }
  useKeys({ p: { label: t('visit.inside.print'), run: () => window.print() } })
  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('visit.inside.title')}</h1>
          {data ? (
            <p className={css.count} role="status">
              {t('visit.inside.people', { count: data.people })}
              {t('visit.policy.comma')}
              {t('visit.inside.visits', { count: data.items.length })}
            </p>
          ) : null}
          {data ? (
            <p className={css.asOf}>
              {t('visit.inside.asOf', { at: formatDateTime(data.now, zone, language) })}
            </p>
          ) : null}
          <div className={css.tools}>
            <TextInput
              type="search"
              label={t('visit.console.search')}
              placeholder={t('visit.console.searchHint')}
              value={text}
              onChange={setText}
            />
            <Button icon="print" keyHint="p" onClick={() => window.print()}>
              {t('visit.inside.print')}
            </Button>
            <Link to="/print/evacuation">{t('visit.inside.evacuation')}</Link>
          </div>
        </header>
        {inside.error ? <ProblemNotice fault={inside.error} onRetry={() => void inside.refetch()} /> : null}
        {inside.isPending ? <Skeleton rows={8} /> : null}
        {data && rows.length === 0 ? (
          <Empty icon="checkCircle" title={t(text ? 'visit.lane.noHit' : 'visit.inside.nobody')}>
            {text ? null : t('visit.inside.nobodyHelp')}
          </Empty>
        ) : null}
        {rows.length > 0 ? <InsideTable rows={rows} opened={opened} onOpen={open} act={act} /> : null}
      </div>
      {opened ? (
        <div className={css.panel}>
          <VisitPanel
            key={opened}
            id={opened}
            form={form}
            onForm={setForm}
            act={act}
            onClose={() => open(null)}
          />
        </div>
      ) : null}
    </div>
  )
}

interface InsideTableProps {
  rows: readonly VisitCard[]
  opened: string | null
  onOpen: (id: string) => void
  act: (card: VisitCard, act: ActName) => void
}

function InsideTable({ rows, opened, onOpen, act }: InsideTableProps) {
  const { t } = useTranslation()
  const heads = ['visitor', 'people', 'host', 'since', 'state', 'until', 'pass'] as const
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('visit.inside.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`visit.inside.column.${head}`)}
              </th>
            ))}
            <th scope="col" className={css.screenOnly}>
              {t('visit.inside.column.acts')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((card) => (
            <tr key={card.id} className={card.id === opened ? css.chosen : undefined}>
              <th scope="row">
                <button type="button" className={css.name} onClick={() => onOpen(card.id)}>
                  {card.visitorName}
                </button>
                <span className={css.quiet}>{card.organisation}</span>
              </th>
              <td className={css.figure}>{card.partySize}</td>
              <td>
                {card.receiverName || card.hostName}
                <span className={css.quiet}>
                  {[card.hostDepartment, card.hostExtension].filter(Boolean).join(' ')}
                </span>
              </td>
              <td className={css.figure}>
                <At instant={card.arrivedAt} />
              </td>
              <td>
                <span className={css.chips}>
                  <VisitStatusChip status={card.status} />
                  <VisitFlags card={card} />
                </span>
              </td>
              <td className={css.figure}>
                <Until instant={card.validUntil} />
              </td>
              <td className={css.figure}>{card.passNumber ?? '—'}</td>
              <td className={css.screenOnly}>
                {offers(card, 'release') ? (
                  <Button icon={acts.release.icon} onClick={() => act(card, 'release')}>
                    {t('visit.act.release')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Until({ instant }: { instant: string | null }) {
  const { t } = useTranslation()
  const now = useNow()
  if (instant && Date.parse(instant) < now)
    return <RunningTime since={instant} alarmAfter={0} label={t('visit.time.over')} />
  return <At instant={instant} />
}
