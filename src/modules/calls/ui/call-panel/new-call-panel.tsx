import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { serverNow, useNow } from '../../../../ui-kit/clock.ts'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useUiLanguage } from '../../../../ui-kit/language.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { useCallCommands } from '../call-commands.ts'
import { ringingFor, speak } from '../call-flow.ts'
import { useCallOptions } from '../queries.ts'
import css from './call-panel.module.css'

export interface NewCallPanelProps {
  onClose: () => void
  onStarted: (id: string) => void
}

/** Ready to be read aloud as the receiver is lifted; after the site's rings it apologises (C1, G7). */
function Greeting({ since }: { since: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const language = useUiLanguage()
  const { site, user } = useSession()
  const { data: options } = useCallOptions()
  const { late } = ringingFor(since, now, options?.ringCadenceSeconds ?? 5, options?.answerRings ?? 3)
  const words = options?.words.find(({ key }) => key === (late ? 'greeting-late' : 'greeting'))
  if (!words) return null
  return (
    <section className={css.say} aria-label={t('call.say.title')}>
      <p className={css.words} aria-live="polite">
        <q>{speak(words[language], { site: site.name, agent: user.name })}</q>
      </p>
      {words.note[language] ? <p className={css.quiet}>{words.note[language]}</p> : null}
    </section>
  )
}

/** Without an exchange: the stopwatch starts as the telephone rings, Enter answers (C1, C15). */
export function NewCallPanel({ onClose, onStarted }: NewCallPanelProps) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const { data: options } = useCallOptions()
  const commands = useCallCommands()
  const [initial] = useState(() => ({
    id: v7(),
    ringingAt: new Date(serverNow()).toISOString(),
    direction: 'in' as 'in' | 'out',
    number: '',
  }))
  const draft = useDraft('call.new', initial)
  const { value, patch } = draft
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const incoming = value.direction === 'in'

  async function start(how: 'answered' | 'already' | 'gave-up') {
    if (busy) return
    setBusy(true)
    setFault(null)
    const timed = incoming && how !== 'already'
    const done = await commands.start({
      id: value.id,
      direction: value.direction,
      number: value.number.trim(),
      ringingAt: timed ? value.ringingAt : null,
      answered: how !== 'gave-up',
    })
    // The caller hung up before anybody answered: the record stays, with what is owed to them.
    const over = done.ok && how === 'gave-up' ? await commands.hangUp(done.call, false) : done
    setBusy(false)
    if (!over.ok) return setFault(over.fault)
    draft.clear()
    onStarted(over.call.id)
  }

  useKeys(
    {
      Enter: { label: t('call.new.answered'), run: () => void start('answered') },
      Escape: {
        label: t('call.new.forget'),
        run: () => {
          draft.clear()
          onClose()
        },
      },
    },
    { layer: 'panel' },
  )
  const ring = (options?.ringCadenceSeconds ?? 5) * (options?.answerRings ?? 3)
  return (
    <Panel
      title={t('call.new.title')}
      onClose={() => {
        draft.clear()
        onClose()
      }}
    >
      <form
        className={css.block}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void start('answered')
        }}
        onKeyDownCapture={onSendKey}
      >
        <div className={css.line}>
          <div className={css.figure}>
            <span>{t(incoming ? 'call.new.ringing' : 'call.new.dialling')}</span>
            <RunningTime since={value.ringingAt} alarmAfter={incoming ? ring : undefined} size="figure" />
          </div>
        </div>
        {incoming ? <Greeting since={value.ringingAt} /> : null}
        {fault ? <ProblemNotice fault={fault} /> : null}
        <Field
          label={t('call.field.number')}
          hint={t('call.new.numberHint')}
          error={fieldTexts(fault).number}
        >
          <TextInput
            autoFocus
            name="number"
            type="tel"
            inputMode="tel"
            maxLength={40}
            value={value.number}
            onChange={(number) => patch({ number })}
          />
        </Field>
        <Field label={t('call.new.direction')} group>
          <RadioCards
            columns={2}
            value={value.direction}
            onChange={(direction) => patch({ direction })}
            options={[
              { value: 'in', label: t('call.direction.in') },
              { value: 'out', label: t('call.direction.out') },
            ]}
          />
        </Field>
        <div className={css.buttons}>
          <Button kind="primary" type="submit" icon="phone" busy={busy} keyHint="Enter">
            {t(incoming ? 'call.new.answered' : 'call.new.connected')}
          </Button>
          {incoming ? (
            <>
              <Button disabled={busy} onClick={() => void start('already')}>
                {t('call.new.already')}
              </Button>
              <Button disabled={busy} onClick={() => void start('gave-up')}>
                {t('call.new.gaveUp')}
              </Button>
            </>
          ) : null}
        </div>
      </form>
    </Panel>
  )
}
