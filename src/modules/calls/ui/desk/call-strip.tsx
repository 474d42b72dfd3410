import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useLive } from '../../../../ui-kit/live.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import type { CallCard } from '../../card/contract.ts'
import { messages } from '../../messages/contract.ts'
import { useCallCommands } from '../call-commands.ts'
import { callerName, inOrder } from '../call-flow.ts'
import { callKeys, useCallsNow, useLiveCalls } from '../queries.ts'
import css from './now-calls.module.css'

/** On every other screen of the desk: what rings or waits stays in sight, and one key leads to it. */
export function CallStrip() {
  const { actions } = useSession()
  const atHome = useRouterState({ select: ({ location }) => location.pathname === '/' })
  return (
    <>
      <MessageNews />
      {atHome || !actions.includes('call.handle') ? null : <Strip />}
    </>
  )
}

function Strip() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const commands = useCallCommands()
  useLiveCalls()
  const { data } = useCallsNow()
  const items = inOrder(data?.items ?? []).filter(
    ({ status, can }) => (status === 'ringing' && can.answer) || (status !== 'ringing' && can.close),
  )
  const first = items[0]
  const go = async (one: CallCard) => {
    if (one.status === 'ringing' && !(await commands.answer(one)).ok) return
    await navigate({ to: '/', search: { call: one.id } })
  }
  useKeys({
    F2: first && {
      label: t(first.status === 'ringing' ? 'call.keys.answerTyping' : 'call.keys.back'),
      run: () => void go(first),
      whileTyping: true,
    },
  })
  if (!first) return null
  return (
    <section className={css.strip} aria-label={t('call.strip')} aria-live="polite">
      {items.slice(0, 3).map((one) => {
        const name = callerName(one) || one.callerMasked || t('call.unknown')
        return (
          <span key={one.id} className={css.stripCall}>
            <span className={one.status === 'ringing' ? css.late : undefined}>
              {t(`call.status.${one.status}`)} · {name}
            </span>
            <RunningTime
              since={
                one.status === 'ringing'
                  ? (one.ringingAt ?? one.startedAt)
                  : (one.answeredAt ?? one.startedAt)
              }
            />
            <Button
              icon="phone"
              keyHint={one.id === first.id ? 'F2' : undefined}
              onClick={() => void go(one)}
            >
              {t(one.status === 'ringing' ? 'call.answer' : 'call.back')}
            </Button>
          </span>
        )
      })}
    </section>
  )
}

/** The line became free: the waiting message is put before the colleague wherever they are (C6). */
function MessageNews() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { user } = useSession()
  useLive(['message'], (news) => {
    if (news.kind === 'reset') return
    for (const { id, action } of news.changes) {
      if (action !== 'message.presented') continue
      void call(messages.get, { params: { id } })
        .then((message) => {
          if (message.toKind !== 'person' || message.toId !== user.employeeId) return
          void client.invalidateQueries({ queryKey: callKeys.messages })
          showToast({
            text: t('message.news', {
              name: message.callerName || message.organisation || message.number,
              matter: message.matter,
            }),
            seconds: 12,
          })
        })
        // Not everybody who hears of it may read it.
        .catch(() => undefined)
    }
  })
  return null
}
