import { useMutation, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteCall } from '../../../../kernel/contract.ts'
import { Button, IconButton } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { exchange } from '../../intake/contract.ts'
import { useExchange } from '../queries.ts'

type Whom = Omit<RouteCall<typeof exchange.dial>['body'], 'id'>

export interface DialButtonProps {
  /** Exactly one; the server knows the number behind a masked one. */
  whom: Whom
  /** For the screen reader and the note: 拨打 王芳. */
  name: string
  /** Only the icon, in tables. */
  brief?: boolean | undefined
  size?: 'normal' | 'large' | undefined
  keyHint?: string | undefined
  /** The exchange has put it through to one's own phone. */
  onDialled?: (() => void) | undefined
}

/** Rings one's own phone, then dials (C15). Not there in a house without an exchange: one dials by hand. */
export function DialButton({ whom, name, brief = false, size, keyHint, onDialled }: DialButtonProps) {
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const { up, dial: may } = useExchange()
  const dialled = useRef(onDialled)
  dialled.current = onDialled
  const order = useMutation({
    mutationFn: () => call(exchange.dial, { body: whom }),
    onError: (fault) => showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 }),
  })
  const id = order.data?.id
  const { data } = useQuery({
    queryKey: ['exchange', 'order', id],
    queryFn: ({ signal }) => call(exchange.order, { params: { id: id ?? '' } }, { signal }),
    enabled: id !== undefined,
    // The exchange answers within seconds or says why not; afterwards nothing is asked any more.
    refetchInterval: ({ state }) => (isOver(state.data?.status) ? false : 1000),
  })
  const status = data?.status ?? order.data?.status
  const result = data?.result ?? order.data?.result ?? null
  useEffect(() => {
    if (status === 'done') dialled.current?.()
    if (status === 'failed') showToast({ text: orderText(t, result, name), tone: 'alarm', seconds: 8 })
  }, [status, result, name, t])
  if (!up || !may) return null
  const busy = order.isPending || (id !== undefined && !isOver(status))
  const run = () => (busy ? undefined : order.mutate())
  return brief ? (
    <IconButton icon="phone" label={t('line.dial.to', { name })} disabled={busy} onClick={run} />
  ) : (
    <Button icon="phone" size={size} busy={busy} keyHint={keyHint} onClick={run}>
      {busy ? t('line.dial.busy') : t('line.dial.run')}
    </Button>
  )
}

const isOver = (status: string | undefined) => status === 'done' || status === 'failed'

const reasons = [
  'busy',
  'no-answer',
  'rejected',
  'unknown-extension',
  'not-allowed',
  'not-connected',
  'no-such-call',
  'timeout',
]

/** Why the exchange did not do it, in words; what it says besides is for the log. */
function orderText(t: TFunction, reason: string | null, name: string) {
  const key = reason && reasons.includes(reason) ? reason : 'failed'
  return t(`line.order.${key}`, { name })
}
