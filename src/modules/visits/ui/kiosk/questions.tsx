import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import type { KioskSelf } from '../../kiosk/contract.ts'
import { readPlate } from '../../vehicles/rules.ts'
import type { Said } from './calls.ts'
import css from './kiosk.module.css'

interface StepProps {
  self: KioskSelf
  said: Said
  patch: (part: Partial<Said>) => void
  onNext: () => void
}

/** V4: who are you, where from. What the chosen kind wants besides is asked with the matter. */
export function WhoStep({ said, patch, onNext }: StepProps) {
  const { t } = useTranslation()
  const [tried, setTried] = useState(false)
  const required = t('kiosk.ask.required')
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (said.visitorName.trim() && said.organisation.trim()) onNext()
  }
  return (
    <form className={css.column} autoComplete="off" noValidate onSubmit={send}>
      <h1>{t('kiosk.ask.who')}</h1>
      <Field
        label={t('kiosk.ask.name')}
        required
        error={tried && !said.visitorName.trim() ? required : undefined}
      >
        <TextInput
          size="large"
          name="visitor"
          autoFocus
          maxLength={80}
          value={said.visitorName}
          onChange={(visitorName) => patch({ visitorName })}
        />
      </Field>
      <Field
        label={t('kiosk.ask.organisation')}
        hint={t('kiosk.ask.from')}
        required
        error={tried && !said.organisation.trim() ? required : undefined}
      >
        <TextInput
          size="large"
          name="visitor-from"
          maxLength={200}
          value={said.organisation}
          onChange={(organisation) => patch({ organisation })}
        />
      </Field>
      <Next />
    </form>
  )
}

export function MatterStep({ self, said, patch, onNext }: StepProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const [tried, setTried] = useState(false)
  const asks = self.kinds.find(({ key }) => key === said.kind)?.asks ?? []
  const required = t('kiosk.ask.required')
  const missing = {
    kind: !said.kind,
    purpose: !said.purpose.trim(),
    phone: asks.includes('phone') && !said.phone.trim(),
    plate: asks.includes('plate') && !said.plate.trim(),
  }
  // Found out here, where it can be put right, not at the end.
  const noPlate = said.plate.trim() !== '' && readPlate(said.plate, said.plateForeign) === null
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!Object.values(missing).some(Boolean) && !noPlate) onNext()
  }
  return (
    <form className={css.column} autoComplete="off" noValidate onSubmit={send}>
      <h1>{t('kiosk.ask.matter')}</h1>
      <Field group label={t('kiosk.ask.kind')} required error={tried && missing.kind ? required : undefined}>
        <RadioCards
          size="large"
          columns={2}
          value={said.kind || null}
          onChange={(kind) => patch({ kind })}
          options={self.kinds.map(({ key, name }) => ({ value: key, label: spoken(name) }))}
        />
      </Field>
      <Field label={t('kiosk.ask.purpose')} required error={tried && missing.purpose ? required : undefined}>
        <TextInput
          size="large"
          name="matter"
          maxLength={200}
          value={said.purpose}
          onChange={(purpose) => patch({ purpose })}
        />
      </Field>
      <Field
        label={t('kiosk.ask.phone')}
        required={asks.includes('phone')}
        error={tried && missing.phone ? required : undefined}
      >
        <TextInput
          size="large"
          name="visitor-number"
          inputMode="tel"
          maxLength={30}
          value={said.phone}
          onChange={(phone) => patch({ phone })}
        />
      </Field>
      {asks.includes('plate') ? (
        <>
          <Field
            label={t('kiosk.ask.plate')}
            required
            error={
              tried && missing.plate ? required : tried && noPlate ? t('kiosk.ask.plateFault') : undefined
            }
          >
            <TextInput
              size="large"
              name="plate"
              maxLength={20}
              value={said.plate}
              onChange={(plate) => patch({ plate: plate.toUpperCase() })}
            />
          </Field>
          {noPlate || said.plateForeign ? (
            <Checkbox
              size="large"
              checked={said.plateForeign}
              onChange={(plateForeign) => patch({ plateForeign })}
            >
              {t('kiosk.ask.plateForeign')}
            </Checkbox>
          ) : null}
        </>
      ) : null}
      <Next />
    </form>
  )
}

interface Hosts {
  items: readonly { id: string; name: string; department: string }[]
  more: boolean
}

/** Looked up when asked for, not as one types: the staff list is nobody's business (G5). */
export function HostStep(props: {
  busy: boolean
  /** Nothing is looked up without a server: the staff list does not lie in the lobby (G5). The desk finds the person. */
  away: boolean
  find: (q: string) => Promise<Hosts | undefined>
  onChosen: (host: Pick<Said, 'hostId' | 'hostName'>) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [hosts, setHosts] = useState<Hosts | null>(null)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (props.busy || [...typed.trim()].length < 2) return
    if (props.away) return props.onChosen({ hostId: null, hostName: typed.trim() })
    void props.find(typed.trim()).then((found) => setHosts(found ?? null))
  }
  return (
    <form className={css.column} autoComplete="off" noValidate onSubmit={send}>
      <h1>{t('kiosk.ask.host')}</h1>
      <Field
        label={t('kiosk.ask.name')}
        hint={t(props.away ? 'kiosk.offline.host' : 'kiosk.ask.hostHint')}
        required
      >
        <TextInput
          size="large"
          name="whom"
          autoFocus
          maxLength={60}
          value={typed}
          onChange={(text) => {
            setTyped(text)
            setHosts(null)
          }}
        />
      </Field>
      {props.away ? (
        <Next />
      ) : (
        <Button kind={hosts ? 'quiet' : 'primary'} size="large" icon="search" type="submit" busy={props.busy}>
          {t('kiosk.ask.hostFind')}
        </Button>
      )}
      <div role="status" className={css.stack}>
        {hosts?.items.map((host) => (
          <button
            key={host.id}
            type="button"
            className={css.host}
            onClick={() => props.onChosen({ hostId: host.id, hostName: host.name })}
          >
            <strong>{host.name}</strong>
            <span className={css.hint}>{host.department}</span>
          </button>
        ))}
        {hosts && hosts.items.length === 0 ? (
          <>
            <p className={css.lead}>{t(hosts.more ? 'kiosk.ask.hostMore' : 'kiosk.ask.hostNone')}</p>
            {hosts.more ? null : (
              <Button size="large" onClick={() => props.onChosen({ hostId: null, hostName: typed.trim() })}>
                {t('kiosk.ask.hostDesk', { name: typed.trim() })}
              </Button>
            )}
          </>
        ) : null}
      </div>
    </form>
  )
}

function Next() {
  const { t } = useTranslation()
  return (
    <Button kind="primary" size="large" icon="arrowRight" type="submit">
      {t('kiosk.next')}
    </Button>
  )
}
