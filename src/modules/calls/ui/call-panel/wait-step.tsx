import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import type { IconName } from '../../../../ui-kit/icon.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import type { CallDetail } from '../../card/contract.ts'
import type { CallCommands } from '../call-commands.ts'
import { type HopAnswer, hopAnswers, resultKeys } from '../call-flow.ts'
import { Lamp } from '../lamps/lamp.tsx'
import { useLamps } from '../queries.ts'
import css from './call-panel.module.css'

const icons: Record<HopAnswer, IconName> = {
  answered: 'checkCircle',
  busy: 'phone',
  'no-answer': 'bell',
  refused: 'close',
  'not-in': 'door',
  callback: 'back',
  cancelled: 'minus',
}

export interface WaitStepProps {
  call: CallDetail
  commands: CallCommands
  busy: boolean
  run: (task: () => Promise<unknown>) => void
}

/** It rings at the colleague's: what became of it, one key each (C4). A connected exchange says it by itself. */
export function WaitStep({ call, commands, busy, run }: WaitStepProps) {
  const { t } = useTranslation()
  const { data: lamps } = useLamps()
  const [note, setNote] = useState('')
  const hop = call.hops.findLast((one) => one.result === 'trying')
  const answer = (result: HopAnswer) => {
    if (hop) run(() => commands.hopResult(call, hop.id, { result, note: note.trim() }))
  }
  useKeys(
    Object.fromEntries(
      hopAnswers.map((result) => [
        resultKeys[result],
        { label: t(`call.result.${result}`), run: () => answer(result) },
      ]),
    ),
    { layer: 'panel', enabled: !busy && hop !== undefined },
  )
  if (!hop) return null
  const lamp = lamps?.get(hop.extension)
  return (
    <section className={css.section} aria-label={t('call.wait.title')}>
      <div className={css.target}>
        <span className={css.targetName}>{t('call.wait.with', { name: hop.name })}</span>
        <span className={css.number}>{hop.extension}</span>
        {lamp ? <Lamp state={lamp.state} /> : null}
        <RunningTime since={hop.startedAt} warnAfter={20} size="title" />
      </div>
      <div className={css.answers}>
        {hopAnswers.map((result) => (
          <Button
            key={result}
            kind={result === 'answered' ? 'primary' : 'quiet'}
            icon={icons[result]}
            keyHint={resultKeys[result]}
            autoFocus={result === 'answered'}
            disabled={busy}
            onClick={() => answer(result)}
          >
            {t(`call.result.${result}`)}
          </Button>
        ))}
      </div>
      <Field label={t('call.wait.note')} hint={t('call.wait.noteHint')}>
        <TextInput name="hopNote" maxLength={200} value={note} onChange={setNote} />
      </Field>
    </section>
  )
}
