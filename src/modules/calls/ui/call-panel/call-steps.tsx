import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { useKeys } from '../../../../ui-kit/keys.ts'
import type { CallDetail } from '../../card/contract.ts'
import { type CallCommands, useCallCommands } from '../call-commands.ts'
import { endings, type Step, sayKeys } from '../call-flow.ts'
import { useCallOptions } from '../queries.ts'
import type { CallForm } from './call-form.ts'
import css from './call-panel.module.css'
import { CallbackForm } from './callback-form.tsx'
import { CallerBlock } from './caller-block.tsx'
import { ClosedStep } from './closed-step.tsx'
import { DetailsForm } from './details-form.tsx'
import { Endings } from './end-step.tsx'
import { Hops } from './hops.tsx'
import { MessageForm } from './message-form.tsx'
import { NoteForm } from './note-form.tsx'
import { RouteChoice } from './route-choice.tsx'
import { Say } from './say.tsx'
import { SpecialForm } from './special.tsx'
import { OtherPerson, TryStep } from './try-step.tsx'
import { useDetails } from './use-details.ts'
import { WaitStep } from './wait-step.tsx'
import { Written } from './written.tsx'

export interface CallStepsProps {
  call: CallDetail
  step: Step
  form: CallForm | null
  onForm: (form: CallForm | null) => void
  onClose: () => void
}

/** What is to be done now, and only that; what was done before stands above it in short. */
export function CallSteps({ call, step, form, onForm, onClose }: CallStepsProps) {
  const commands = useCallCommands()
  const details = useDetails(call, commands)
  const [busy, setBusy] = useState(false)
  const run = (task: () => Promise<unknown>) => {
    if (busy) return
    setBusy(true)
    void task().finally(() => setBusy(false))
  }
  const back = () => onForm(null)
  const acts = { call, commands, details, busy, run, onForm, onClose }

  switch (form) {
    case 'message':
      return <MessageForm {...acts} onDone={back} onBack={back} />
    case 'callback':
      return <CallbackForm {...acts} onDone={back} onBack={back} />
    case 'resolved':
    case 'declined':
      return <NoteForm {...acts} outcome={form} onDone={back} onBack={back} />
    case 'angry':
    case 'dialect':
    case 'line-fault':
    case 'beyond-knowledge':
      return <SpecialForm key={form} {...acts} kind={form} onBack={back} />
    case 'edit':
      return (
        <>
          <Caller {...acts} />
          <DetailsForm call={call} details={details} missing={[]} onDone={back} />
        </>
      )
    case 'route':
      return (
        <>
          <Written call={call} onEdit={undefined} />
          <Route {...acts} focus chosen={call.route} after={back} />
        </>
      )
    default:
      return <Standing {...acts} step={step} />
  }
}

interface Acts {
  call: CallDetail
  commands: CallCommands
  details: ReturnType<typeof useDetails>
  busy: boolean
  run: (task: () => Promise<unknown>) => void
  onForm: (form: CallForm | null) => void
  onClose: () => void
}

function Standing({ step, ...acts }: Acts & { step: Step }) {
  const { call, commands, busy, run, onForm, onClose } = acts
  const say = (
    <Say
      call={call}
      keys={sayKeys(step, call, call.late)}
      facts={step === 'closed' ? promised(call) : undefined}
    />
  )
  switch (step) {
    case 'ringing':
      return (
        <>
          {say}
          <CallerBlock call={call} />
          <Answer {...acts} />
        </>
      )
    case 'ask':
      return (
        <>
          {say}
          <Caller {...acts} />
          <Ask {...acts} />
        </>
      )
    case 'try':
      return (
        <>
          {say}
          <Hops call={call} />
          <TryStep key={`${call.next.target?.step} ${call.hops.length}`} {...acts} />
          <OtherPerson {...acts} />
          <Ends {...acts} only={false} />
          <CallerBlock call={call} />
          <Written call={call} onEdit={() => onForm('edit')} onRoute={() => onForm('route')} />
        </>
      )
    case 'wait':
      return (
        <>
          {say}
          <Hops call={call} />
          <WaitStep key={call.hops.length} {...acts} />
          {call.status === 'open' ? null : <Ends {...acts} only={false} />}
          <Written call={call} onEdit={() => onForm('edit')} />
        </>
      )
    case 'end':
      return (
        <>
          {say}
          <Hops call={call} />
          <AskAnyway {...acts} />
          <Ends key={call.next.first} {...acts} only />
          {call.status === 'open' ? <OtherPerson {...acts} /> : null}
          <CallerBlock call={call} />
          <Written
            call={call}
            onEdit={() => onForm('edit')}
            onRoute={call.status === 'open' ? () => onForm('route') : undefined}
          />
        </>
      )
    case 'closed':
      return (
        <>
          {say}
          <Closed call={call} commands={commands} run={run} busy={busy} onClose={onClose} />
          <Written call={call} onEdit={call.can.edit ? () => onForm('edit') : undefined} />
          <Hops call={call} />
        </>
      )
    case 'elsewhere':
      return (
        <>
          <CallerBlock call={call} />
          <Written call={call} onEdit={undefined} />
          <Hops call={call} />
          <Answer {...acts} />
        </>
      )
  }
}

/** The closing's words speak of the slip and the promise that were written. */
function promised({ callbacks, messages }: CallDetail) {
  const due = callbacks[0]?.dueAt
  return {
    minutes: due ? String(Math.max(1, Math.ceil((Date.parse(due) - serverNow()) / 60_000))) : '',
    target: messages[0]?.toName || callbacks[0]?.ownerName || '',
  }
}

function Answer({ call, commands, busy, run }: Acts) {
  const { t } = useTranslation()
  if (!call.can.answer && !call.can.takeOver) return null
  return (
    <div className={css.buttons}>
      <Button
        kind="primary"
        icon="phone"
        autoFocus
        wide
        busy={busy}
        keyHint="Enter"
        onClick={() => run(() => commands.answer(call, call.can.answer !== true))}
      >
        {t(call.status === 'ringing' ? 'call.answer' : 'call.takeOver')}
      </Button>
    </div>
  )
}

/** The number may belong to several: the one who it is fills in the rest. */
function Caller({ call, details, run }: Acts) {
  return (
    <CallerBlock
      call={call}
      onChoose={(card) =>
        run(() =>
          details.save({
            contactId: card.contactId ?? '',
            customerId: card.customerId ?? '',
            contactName: card.contactName,
            organisation: card.customerName,
          }),
        )
      }
    />
  )
}

/** Three questions, then the way (C8, C9). */
function Ask(acts: Acts) {
  const { call, details } = acts
  const [asked, setAsked] = useState(false)
  const missing = call.route === null ? [] : call.next.missing
  return (
    <>
      <DetailsForm
        call={call}
        details={details}
        missing={missing}
        onDone={() => setAsked(true)}
        autoFocus={!asked}
      />
      <Route {...acts} focus={asked} chosen={call.route} />
    </>
  )
}

function Route({
  details,
  commands,
  call,
  busy,
  run,
  focus,
  chosen,
  after,
}: Acts & {
  focus: boolean
  chosen: string | null
  after?: () => void
}) {
  return (
    <RouteChoice
      reason={details.value.reason}
      typing={details.pending}
      chosen={chosen}
      suggested={call.suggested}
      focus={focus}
      busy={busy}
      onChoose={(key) =>
        run(async () => {
          if (!(await details.save())) return
          const done = await commands.choose(call, key)
          if (done.ok) after?.()
        })
      }
    />
  )
}

/** C8: refused by default, but whoever is responsible for the subject may be asked. */
function AskAnyway({ call, commands, busy, run }: Acts) {
  const { t } = useTranslation()
  const { data: options } = useCallOptions()
  const key = call.route ?? call.suggested
  const route = options?.routes.find((one) => one.key === key)
  const offered =
    call.status === 'open' &&
    route?.refuseByDefault === true &&
    call.hops.length === 0 &&
    call.next.first === 'declined'
  const ask = () => run(() => commands.choose(call, key ?? '', true))
  useKeys({ q: offered ? { label: t('call.askAnyway'), run: ask } : undefined }, { layer: 'panel' })
  if (!offered) return null
  return (
    <Button icon="help" keyHint="q" disabled={busy} onClick={ask}>
      {t('call.askAnyway')}
    </Button>
  )
}

/** Closed at once when nothing is to be asked, else through its form. */
function Ends({ call, details, commands, busy, run, onForm, only }: Acts & { only: boolean }) {
  return (
    <Endings
      outcomes={endings(call)}
      only={only}
      busy={busy}
      onChoose={(outcome) => {
        switch (outcome) {
          case 'message':
          case 'callback':
          case 'resolved':
          case 'declined':
            return onForm(outcome)
          case 'put-through':
          case 'wrong-number':
          case 'private':
            return run(async () => {
              if (await details.save()) await commands.close(call, { outcome })
            })
        }
      }}
    />
  )
}

function Closed({
  call,
  commands,
  run,
  busy,
  onClose,
}: Pick<Acts, 'call' | 'commands' | 'run' | 'busy' | 'onClose'>) {
  const { t } = useTranslation()
  const undo = call.can.undo && !busy ? () => run(() => commands.undo(call)) : undefined
  useKeys({ z: undo && { label: t('call.closed.undo'), run: undo } }, { layer: 'panel' })
  return <ClosedStep call={call} onUndo={undo} onClose={onClose} />
}
