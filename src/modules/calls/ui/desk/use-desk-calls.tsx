import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useSession } from '../../../../ui-kit/session.ts'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import type { CallCard } from '../../card/contract.ts'
import { useCallCommands } from '../call-commands.ts'
import { callerName, inOrder } from '../call-flow.ts'
import { CallPanel } from '../call-panel/call-panel.tsx'
import { MessagePanel } from '../call-panel/message-panel.tsx'
import { NewCallPanel } from '../call-panel/new-call-panel.tsx'
import { useCallsNow, useLiveCalls, useLiveLamps, useMyMessages } from '../queries.ts'
import css from './now-calls.module.css'
import { NowCall } from './now-calls.tsx'
import { WaitingMessage } from './waiting-message.tsx'

export interface DeskCallsProps {
  /** The call whose panel is open. */
  shown: string | undefined
  form: 'call' | 'message' | undefined
  /** Nothing else is open beside the board. */
  sideFree: boolean
  show: (id: string | undefined) => void
  openForm: (form: 'call' | 'message') => void
}

export interface DeskCalls {
  now: { items: ReactNode; count: number; alarms: number }
  panel: ReactNode
  legend: readonly { key: string; text: string }[]
  /** Read out when the telephone begins to ring. */
  alert: string
}

/** Telephone at the desk: what rings stands in the Now column, Enter answers, F2 brings a call back (C1, C15). */
export function useDeskCalls({ shown, form, sideFree, show, openForm }: DeskCallsProps): DeskCalls {
  const { t } = useTranslation()
  const { user, actions } = useSession()
  const sees = actions.includes('call.see')
  const handles = actions.includes('call.handle')
  const writes = actions.includes('message.take')
  useLiveCalls()
  useLiveLamps()
  const { data } = useCallsNow(sees)
  const mine = useMyMessages(actions.includes('message.see'))
  const commands = useCallCommands()
  const items = inOrder(data?.items ?? [])
  const ringing = items.filter(({ status, can }) => status === 'ringing' && can.answer)
  const led = items.filter(({ status, can }) => status !== 'ringing' && can.close)
  const first = ringing[0]
  const other = led.find(({ id }) => id !== shown)
  const waiting = (mine.data?.items ?? []).filter(
    (one) => one.toId === user.employeeId && one.status === 'new' && one.presentedAt !== null,
  )

  const answer = async (call: CallCard) => {
    const done = await commands.answer(call)
    if (done.ok) show(call.id)
  }
  const bringBack = () => {
    if (first) return void answer(first)
    if (other) return show(other.id)
    if (shown) show(undefined)
  }
  useKeys({
    Enter: first && {
      label: t('call.keys.answer', { name: nameOf(first, t) }),
      run: () => void answer(first),
    },
    F2:
      first || other || shown
        ? {
            label: t(first ? 'call.keys.answerTyping' : other ? 'call.keys.back' : 'call.keys.fold'),
            run: bringBack,
            whileTyping: true,
          }
        : undefined,
    c: handles ? { label: t('call.keys.new'), run: () => openForm('call') } : undefined,
    m: writes ? { label: t('call.keys.message'), run: () => openForm('message') } : undefined,
  })
  useOwnAnswer(items, user.employeeId, sideFree, show)

  return {
    now: {
      count: items.length + waiting.length,
      alarms: items.filter(({ status }) => status === 'ringing').length,
      items: (
        <>
          {items.map((call) => (
            <NowCall
              key={call.id}
              call={call}
              shown={call.id === shown}
              // With a panel open Enter belongs to what has the focus there.
              answerKey={call.id === first?.id ? (sideFree ? 'Enter' : 'F2') : undefined}
              back={!first && call.id === other?.id}
              onAnswer={(one) => void answer(one)}
              onOpen={(one) => show(one.id)}
            />
          ))}
          {waiting.map((message) => (
            <WaitingMessage key={message.id} message={message} />
          ))}
          {data && data.missed > 0 ? (
            <li className={css.missed}>
              <Link to="/calls" search={{ status: 'missed' }}>
                <StatusChip tone="alarm" icon="phone">
                  {t('call.missedToday', { count: data.missed })}
                </StatusChip>
              </Link>
            </li>
          ) : null}
        </>
      ),
    },
    panel: shown ? (
      <CallPanel key={shown} id={shown} onClose={() => show(undefined)} />
    ) : form === 'call' && handles ? (
      <NewCallPanel onClose={() => show(undefined)} onStarted={show} />
    ) : form === 'message' && writes ? (
      <MessagePanel onClose={() => show(undefined)} />
    ) : null,
    legend: [
      ...(handles ? [{ key: 'c', text: t('call.short.new') }] : []),
      ...(writes ? [{ key: 'm', text: t('call.short.message') }] : []),
    ],
    alert: first ? t('call.rings', { name: nameOf(first, t) }) : '',
  }
}

const nameOf = (call: CallCard, t: (key: string) => string) =>
  callerName(call) || call.callerMasked || t('call.unknown')

/** Whoever lifts the receiver sees the call's panel, unless the hands are at something else. */
function useOwnAnswer(
  items: readonly CallCard[],
  me: string | null,
  sideFree: boolean,
  show: (id: string) => void,
) {
  const known = useRef<ReadonlyMap<string, CallCard['status']> | null>(null)
  useEffect(() => {
    const before = known.current
    known.current = new Map(items.map(({ id, status }) => [id, status]))
    const lifted = items.find(
      ({ id, status, handlerId }) =>
        status === 'open' && handlerId !== null && handlerId === me && before?.get(id) === 'ringing',
    )
    if (lifted && sideFree && !isTyping()) show(lifted.id)
  }, [items, me, sideFree, show])
}

const isTyping = () =>
  document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement
