import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useUiLanguage } from '../../../../ui-kit/language.ts'
import type { CallDetail } from '../../card/contract.ts'
import type { CallCommands } from '../call-commands.ts'
import { Lamp, lampState } from '../lamps/lamp.tsx'
import { useExchange, useLamps } from '../queries.ts'
import css from './call-panel.module.css'
import { PersonField } from './person-field.tsx'

type Dial = 'no' | 'blind' | 'attended'

export interface TryStepProps {
  call: CallDetail
  commands: CallCommands
  busy: boolean
  run: (task: () => Promise<unknown>) => void
}

/** The next one to be tried, with lamp; Enter puts the caller through (C3, C4). */
export function TryStep({ call, commands, busy, run }: TryStepProps) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { data: lamps } = useLamps()
  const orders = useOrders(call)
  const { next } = call
  const { target } = next
  const go = (dial: Dial) => {
    if (target) run(() => commands.tryTarget(call, { step: target.step, ...named(target), dial }))
  }
  useKeys(
    {
      t: orders ? { label: t('call.try.attended'), run: () => go('attended') } : undefined,
      h: orders ? { label: t('call.try.byHand'), run: () => go('no') } : undefined,
    },
    { layer: 'panel', enabled: !busy && target !== null },
  )
  if (!target) return null
  const lamp =
    lamps?.get(target.extension)?.state ??
    lampState(call.targets.find((one) => one.step === target.step)?.line ?? '')
  return (
    <section className={css.section} aria-label={t('call.try.title')}>
      <div className={css.target}>
        <span className={css.targetName}>
          {language === 'en' ? target.nameEn || target.name : target.name}
        </span>
        <span className={css.number}>{target.extension}</span>
        <Lamp state={lamp} />
        {target.instead ? (
          <span className={css.quiet}>{t('call.try.instead', { name: target.instead })}</span>
        ) : null}
        {next.attempt > 1 ? (
          <span className={css.quiet}>{t('call.try.again', { count: next.attempt })}</span>
        ) : null}
      </div>
      <div className={css.buttons}>
        <Button
          kind="primary"
          icon="phone"
          autoFocus
          busy={busy}
          keyHint="Enter"
          onClick={() => go(orders ? 'blind' : 'no')}
        >
          {t(orders ? 'call.try.blind' : 'call.try.run')}
        </Button>
        {orders ? (
          <>
            <Button keyHint="t" disabled={busy} onClick={() => go('attended')}>
              {t('call.try.attended')}
            </Button>
            <Button keyHint="h" disabled={busy} onClick={() => go('no')}>
              {t('call.try.byHand')}
            </Button>
          </>
        ) : null}
      </div>
    </section>
  )
}

/** Somebody the route does not name. */
export function OtherPerson({ call, commands, busy, run }: TryStepProps) {
  const { t } = useTranslation()
  const orders = useOrders(call)
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  useKeys({ p: { label: t('call.try.other'), run: () => setOpen(true) } }, { layer: 'panel', enabled: !busy })
  if (!open)
    return (
      <div className={css.buttons}>
        <Button kind="plain" icon="user" keyHint="p" onClick={() => setOpen(true)}>
          {t('call.try.other')}
        </Button>
      </div>
    )
  return (
    <PersonField
      label={t('call.try.other')}
      value={{ id: '', name: text }}
      onChange={({ name }) => setText(name)}
      onPicked={({ id }) =>
        run(() => commands.tryTarget(call, { step: null, employeeId: id, dial: orders ? 'blind' : 'no' }))
      }
      autoFocus
    />
  )
}

/** Orders go to the exchange only for a call it knows, while it can be heard. */
function useOrders(call: CallDetail) {
  const { up } = useExchange()
  return up && call.can.transfer === true
}

/** A target of the route is named by its place; one chosen by hand by whoever it is. */
function named(target: NonNullable<CallDetail['next']['target']>) {
  if (target.step !== null) return {}
  return target.id ? { employeeId: target.id } : { extension: target.extension }
}
