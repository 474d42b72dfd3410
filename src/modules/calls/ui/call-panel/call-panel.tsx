import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import type { IconName } from '../../../../ui-kit/icon.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import type { CallDetail } from '../../card/contract.ts'
import type { CallStatus } from '../../rules.ts'
import { useCallCommands } from '../call-commands.ts'
import { callerName, stepOf } from '../call-flow.ts'
import { useCall } from '../queries.ts'
import type { CallForm } from './call-form.ts'
import css from './call-panel.module.css'
import { CallSteps } from './call-steps.tsx'
import { LineState } from './line-state.tsx'
import { RareCallActs } from './rare-acts.tsx'

export interface CallPanelProps {
  id: string
  /** Folds the panel: the call goes on in the Now column. */
  onClose: () => void
}

/** One call from ring to outcome beside the board; hands stay on the keyboard (C1–C9, C11). */
export function CallPanel({ id, onClose }: CallPanelProps) {
  const { t } = useTranslation()
  const call = useCall(id)
  const { data } = call
  const [form, setForm] = useState<CallForm | null>(null)
  const over = data?.status === 'closed'
  return (
    <Panel
      title={data ? callerName(data) || data.callerMasked || t('call.unknown') : t('call.panel')}
      aside={
        data ? (
          <>
            <span className={css.quiet}>{data.number}</span>
            <StatusChip tone={tones[data.status]} icon={icons[data.status]}>
              {t(`call.status.${data.status}`)}
            </StatusChip>
            <RareCallActs call={data} onForm={setForm} />
          </>
        ) : null
      }
      onClose={onClose}
      footer={data && !over && form === null ? <Footer call={data} onFold={onClose} /> : null}
    >
      {call.error && !data ? (
        <ProblemNotice fault={call.error} onRetry={() => void call.refetch()} />
      ) : data ? (
        <Content key={data.id} call={data} form={form} onForm={setForm} onClose={onClose} />
      ) : (
        <Skeleton rows={6} />
      )}
    </Panel>
  )
}

const tones: Record<CallStatus, Tone> = {
  ringing: 'alarm',
  open: 'good',
  after: 'waiting',
  missed: 'alarm',
  closed: 'neutral',
}

const icons: Record<CallStatus, IconName> = {
  ringing: 'bell',
  open: 'phone',
  after: 'clock',
  missed: 'alert',
  closed: 'checkCircle',
}

interface ContentProps {
  call: CallDetail
  form: CallForm | null
  onForm: (form: CallForm | null) => void
  onClose: () => void
}

function Content({ call, ...props }: ContentProps) {
  const step = stepOf(call)
  return (
    <>
      <LineState call={call} step={step} />
      <CallSteps call={call} step={step} {...props} />
    </>
  )
}

/** Fold and hang up: what the hand does with the receiver. */
function Footer({ call, onFold }: { call: CallDetail; onFold: () => void }) {
  const { t } = useTranslation()
  const commands = useCallCommands()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const order = call.source === 'exchange' && call.can.transfer === true
  const hangUp = async () => {
    if (busy) return
    setBusy(true)
    await commands.hangUp(call, order)
    setBusy(false)
    void client.invalidateQueries({ queryKey: ['calls'] })
  }
  const may = call.can.hangUp === true && call.status === 'open'
  useKeys({ g: may ? { label: t('call.hangUp'), run: () => void hangUp() } : undefined }, { layer: 'panel' })
  return (
    <>
      {may ? (
        <Button icon="phone" keyHint="g" busy={busy} onClick={() => void hangUp()}>
          {t('call.hangUp')}
        </Button>
      ) : null}
      <Button kind="plain" keyHint="Escape" onClick={onFold}>
        {t('call.fold')}
      </Button>
    </>
  )
}
