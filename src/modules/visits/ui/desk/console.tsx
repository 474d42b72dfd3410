import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TodoColumn } from '../../../../kernel/tasks/ui/todo-column.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { useAnswered, useBoard, useDeclined, useLiveVisits } from '../queries.ts'
import { useVisitActs } from '../use-visit-acts.ts'
import { type ActName, nextAct } from '../visit-acts.ts'
import { AnnouncePanel } from './announce-panel.tsx'
import css from './console.module.css'
import { NewVisitPanel } from './new-visit-panel.tsx'
import { NowColumn } from './now-column.tsx'
import { printVisit } from './print.ts'
import { ScriptStrip } from './script-strip.tsx'
import { TodayColumn } from './today-column.tsx'
import { useCardFocus } from './use-card-focus.ts'
import { useConsoleKeys } from './use-console-keys.ts'
import { useReader } from './use-reader.ts'
import { useStable } from './use-stable.ts'
import { useTold } from './use-told.ts'
import { VisitPanel } from './visit-panel.tsx'

export interface ConsoleSearch {
  visit?: string
  open?: string
}

/** What other modules put on the desk; modules do not know each other, so the app hands it in. */
export interface ConsoleProps {
  /** On top of the Now column, as `<li>`: ringing calls come before people who wait. */
  now?: { items: ReactNode; count: number; alarms: number } | undefined
  /** Beside the board instead of a visit's panel. */
  panel?: ReactNode
  /** What to say stands in that panel, so the strip keeps quiet about visitors. */
  quiet?: boolean | undefined
  /** Keys of the other modules, for the strip. */
  legend?: readonly { key: string; text: string }[] | undefined
  /** A task's subject opened beside the board; true when it did. */
  openSubject?: ((subject: { entity: string; id: string }) => boolean) | undefined
}

/** The desk's home: now, today, to do; a panel beside the board for what is being done (ui.md §1). */
export function Console({ now, panel: given, quiet, legend, openSubject: openOther }: ConsoleProps) {
  const { t } = useTranslation()
  const { site, actions } = useSession()
  const reads = actions.includes('visit.read')
  const search: ConsoleSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [form, setForm] = useState<ActName | null>(null)
  const box = useRef<HTMLInputElement>(null)
  const columns = useRef<HTMLDivElement>(null)
  const told = useTold()
  useLiveVisits()
  const board = useBoard(reads)
  const declined = useDeclined(site.zone, reads)
  const items = board.data?.items ?? []
  const refused = (declined.data ?? []).filter((card) => !told.has(card.id))
  const focus = useCardFocus(columns, items)
  const selected = [...items, ...refused].find((card) => card.id === (search.visit ?? focus.selected))

  const show = (next: ConsoleSearch) => void navigate({ to: '/', search: next })
  const open = useStable((card: Pick<VisitCard, 'id'>) => {
    setForm(null)
    focus.select(card.id)
    show({ visit: card.id })
  })
  const openSubject = ({ subject }: { subject: { entity: string; id: string } }) => {
    if (subject.entity !== 'visit') return openOther?.(subject) ?? false
    open(subject)
    return true
  }
  const close = () => {
    setForm(null)
    show({})
  }
  const run = useVisitActs({
    openForm: (card, name) => {
      open(card)
      setForm(name)
    },
    print: printVisit,
  })
  const act = useStable(run)
  const addTold = useStable(told.add)
  useAnswered((visit, action) => {
    if (visit.id === search.visit) return
    const who = visit.receiverName || visit.consentByName || visit.hostName
    showToast({
      text: t(`visit.news.${action}`, { name: visit.visitorName, host: who }),
      tone: action === 'declined' ? 'alarm' : 'good',
    })
  })
  const canRegister = actions.includes('visit.register')
  const canAnnounce = actions.includes('visit.announce')
  useReader({ enabled: actions.includes('visit.release'), layer: 'page', open, search: setText })
  useConsoleKeys({
    selected,
    act,
    busyElsewhere: focus.elsewhere,
    startAtCards: focus.start,
    focusSearch: () => box.current?.focus(),
    newVisit: canRegister ? () => show({ open: 'new' }) : undefined,
    announce: canAnnounce ? () => show({ open: 'announce' }) : undefined,
  })

  const panel = given ? (
    given
  ) : search.visit ? (
    <VisitPanel key={search.visit} id={search.visit} form={form} onForm={setForm} act={act} onClose={close} />
  ) : search.open === 'new' && canRegister ? (
    <NewVisitPanel onClose={close} onSent={open} />
  ) : search.open === 'announce' && canAnnounce ? (
    <AnnouncePanel onClose={close} onSent={open} />
  ) : null

  return (
    <div className={css.console}>
      <VisuallyHidden>
        <h1>{t('visit.console.title')}</h1>
      </VisuallyHidden>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens for the arrows of the cards inside */}
      <div
        ref={columns}
        className={panel ? css.columnsWithPanel : css.columns}
        onKeyDown={focus.onKeyDown}
        onFocus={focus.onFocus}
      >
        <NowColumn
          before={now}
          items={items}
          declined={refused}
          state={reads ? board : { ...board, isPending: false }}
          selected={focus.place === 'now' ? focus.selected : undefined}
          onOpen={open}
          act={act}
          onTold={addTold}
        />
        <TodayColumn
          board={board}
          text={text}
          onText={setText}
          box={box}
          selected={focus.selected}
          onOpen={open}
          act={act}
          onNew={canRegister ? () => show({ open: 'new' }) : undefined}
          onAnnounce={canAnnounce ? () => show({ open: 'announce' }) : undefined}
          focusFirst={focus.start}
          reads={reads}
        />
        <div className={css.side} data-elsewhere>
          {panel ?? <TodoColumn onOpen={openSubject} />}
        </div>
      </div>
      <ScriptStrip
        card={selected}
        opened={search.open}
        next={selected ? nextAct(selected) : null}
        quiet={quiet}
        legend={legend}
      />
    </div>
  )
}
