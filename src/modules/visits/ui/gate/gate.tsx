import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { useTold } from '../desk/use-told.ts'
import { useAnswered, useBoard, useDeclined, useLiveVisits, useVisitOptions } from '../queries.ts'
import { useVisitCommands } from '../visit-commands.ts'
import { DayList } from './day-list.tsx'
import type { GateAnswer } from './gate-card.tsx'
import { type GateAct, type GateSearch, useGo } from './gate-search.ts'
import { takeOver } from './handed-code.ts'
import { AskPage, EntryPage, fetchPages, RefusePage, ReleasePage, ScanPage, VisitPage } from './pages.ts'
import { passKeysQuery } from './pass-keys.ts'
import { useWedge } from './use-wedge.ts'

/** The gate: who comes, who is asked for, who goes out; one thing at a time (ui.md §8). */
export function Gate() {
  const { t } = useTranslation()
  const { site } = useSession()
  const search: GateSearch = useSearch({ strict: false })
  const go = useGo()
  const [scanned, setScanned] = useState(takeOver)
  const told = useTold()
  const commands = useVisitCommands()
  useLiveVisits()
  useVisitOptions()
  // Fetched while there is a connection, for when there is none.
  useQuery(passKeysQuery)
  const board = useBoard()
  const declined = useDeclined(site.zone)
  const cards = [...(board.data?.items ?? []), ...(declined.data ?? []).filter((card) => !told.has(card.id))]

  useEffect(fetchPages, [])

  useWedge((code) => {
    if (search.act === 'scan') return
    setScanned(code)
    go({ act: 'scan' })
  })
  useAnswered((visit, action) => {
    if (visit.id === search.visit) return
    showToast({
      text: t(`visits.gate.news.${action}`, {
        name: visit.visitorName,
        host: visit.receiverName || visit.consentByName || visit.askedName || visit.hostName,
      }),
      tone: action === 'declined' ? 'alarm' : 'good',
      seconds: 10,
    })
  })

  function answer(card: VisitCard, given: GateAnswer) {
    switch (given) {
      case 'in':
        if (card.status === 'asking') return go({ visit: card.id, act: 'ask' })
        // Missing papers, steps and the host's answer are seen to on the visit's own page.
        go({ visit: card.id })
        return void commands.checkIn(card)
      case 'ask':
        return go({ visit: card.id, act: 'ask' })
      case 'refuse':
        return go({ visit: card.id, act: 'refuse' })
      case 'release':
        return go({ visit: card.id, act: 'release' })
      case 'remind':
        return void commands.remind(card)
      case 'prepare':
        return go({ visit: card.id })
      case 'told':
        return told.add(card.id)
    }
  }

  const home = () => {
    setScanned(undefined)
    go(search.lane ? { lane: search.lane } : {})
  }
  const page = { id: search.visit ?? '', onBack: home }
  if (search.act && (search.visit || search.act === 'scan' || search.act === 'new')) {
    return (
      <Suspense fallback={<Skeleton rows={6} />}>
        <ActPage act={search.act} scanned={scanned} id={page.id} onBack={home} />
      </Suspense>
    )
  }
  if (search.visit) {
    return (
      <Suspense fallback={<Skeleton rows={6} />}>
        <VisitPage key={search.visit} {...page} onAnswer={answer} />
      </Suspense>
    )
  }
  return (
    <DayList
      board={board}
      cards={cards}
      lane={search.lane}
      onLane={(lane) => go({ lane }, true)}
      onAnswer={answer}
    />
  )
}

interface ActPageProps {
  act: GateAct
  id: string
  scanned: string | undefined
  onBack: () => void
}

function ActPage({ act, id, scanned, onBack }: ActPageProps) {
  const page = { id, onBack }
  switch (act) {
    case 'scan':
      return <ScanPage first={scanned} onBack={onBack} />
    case 'new':
      return <EntryPage onBack={onBack} />
    case 'release':
      return <ReleasePage key={id} {...page} />
    case 'ask':
      return <AskPage key={id} {...page} />
    case 'refuse':
      return <RefusePage key={id} {...page} />
  }
}
