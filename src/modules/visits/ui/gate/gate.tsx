import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../../ui-kit/session.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { useTold } from '../desk/use-told.ts'
import { useAnswered, useBoard, useDeclined, useLiveVisits, useVisitOptions } from '../queries.ts'
import { useVisitCommands } from '../visit-commands.ts'
import { AskPage } from './ask-page.tsx'
import { DayList } from './day-list.tsx'
import { EntryPage } from './entry-page.tsx'
import type { GateAnswer } from './gate-card.tsx'
import { type GateSearch, useGo } from './gate-search.ts'
import { passKeysQuery } from './pass-keys.ts'
import { RefusePage } from './refuse-page.tsx'
import { ReleasePage } from './release-page.tsx'
import { ScanPage } from './scan-page.tsx'
import { useWedge } from './use-wedge.ts'
import { VisitPage } from './visit-page.tsx'

/** The gate: who comes, who is asked for, who goes out; one thing at a time (ui.md §8). */
export function Gate() {
  const { t } = useTranslation()
  const { site } = useSession()
  const search: GateSearch = useSearch({ strict: false })
  const go = useGo()
  const [scanned, setScanned] = useState<string>()
  const told = useTold()
  const commands = useVisitCommands()
  useLiveVisits()
  useVisitOptions()
  // Fetched while there is a connection, for when there is none.
  useQuery(passKeysQuery)
  const board = useBoard()
  const declined = useDeclined(site.zone)
  const cards = [...(board.data?.items ?? []), ...(declined.data ?? []).filter((card) => !told.has(card.id))]

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

  const home = () => go(search.lane ? { lane: search.lane } : {})
  const page = { id: search.visit ?? '', onBack: home }
  if (search.act === 'scan') {
    return (
      <ScanPage
        first={scanned}
        onBack={() => {
          setScanned(undefined)
          home()
        }}
      />
    )
  }
  if (search.act === 'new') return <EntryPage onBack={home} />
  if (search.visit && search.act === 'release') return <ReleasePage key={search.visit} {...page} />
  if (search.visit && search.act === 'ask') return <AskPage key={search.visit} {...page} />
  if (search.visit && search.act === 'refuse') return <RefusePage key={search.visit} {...page} />
  if (search.visit) return <VisitPage key={search.visit} {...page} onAnswer={answer} />
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
