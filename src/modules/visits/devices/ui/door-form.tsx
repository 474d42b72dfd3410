import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Combobox } from '../../../../ui-kit/combobox.tsx'
import { onFormKey, onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import css from '../../ui/desk/passes.module.css'
import { type Door, doors } from '../contract.ts'
import { doorDirections } from '../rules.ts'

const fresh = { name: '', area: '', direction: 'both' as Door['direction'], externalId: '', controller: '' }

export function DoorForm(props: {
  door: Door | null
  areas: readonly string[]
  onClose: () => void
  onDone: (door: Door) => void
}) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const { door } = props
  const [words, setWords] = useState(() => {
    if (door === null) return fresh
    const { name, area, direction, externalId, controller } = door
    return { name, area, direction, externalId, controller }
  })
  const [fault, setFault] = useState<unknown>(null)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const patch = (more: Partial<typeof fresh>) => setWords((before) => ({ ...before, ...more }))

  async function send(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (busy || !words.name.trim() || !words.externalId.trim()) return
    setBusy(true)
    try {
      props.onDone(
        door === null
          ? await call(doors.create, { body: words })
          : await call(doors.edit, { params: { id: door.id }, body: { ...words, version: door.version } }),
      )
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
  }

  const errors = fault ? fieldTexts(fault) : {}
  const missing = (text: string) => (tried && !text.trim() ? t('field.required') : undefined)
  return (
    <Panel
      title={t(door ? 'devices.editTitle' : 'devices.new')}
      onClose={props.onClose}
      footer={
        <Button kind="primary" type="submit" form="door" busy={busy}>
          {t('devices.save')}
        </Button>
      }
    >
      <form
        id="door"
        className={css.form}
        noValidate
        onSubmit={(event) => void send(event)}
        onKeyDown={onFormKey}
        onKeyDownCapture={onSendKey}
      >
        {fault ? <ProblemNotice fault={fault} /> : null}
        <Field label={t('devices.name')} required error={missing(words.name) ?? errors.name}>
          <TextInput value={words.name} onChange={(name) => patch({ name })} maxLength={80} autoFocus />
        </Field>
        <Field
          label={t('devices.externalId')}
          hint={t('devices.externalHint')}
          required
          error={missing(words.externalId) ?? errors.externalId}
        >
          <TextInput
            value={words.externalId}
            onChange={(externalId) => patch({ externalId })}
            maxLength={120}
          />
        </Field>
        <Field label={t('devices.direction.label')} group>
          <RadioCards
            value={words.direction}
            onChange={(direction) => patch({ direction })}
            columns={3}
            options={doorDirections.map((value) => ({ value, label: t(`devices.direction.${value}`) }))}
          />
        </Field>
        <Field label={t('devices.area')} hint={t('devices.areaHint')} error={errors.area}>
          <Combobox
            text={words.area}
            onTextChange={(area) => patch({ area })}
            suggest={async (text) =>
              props.areas.filter((area) => area.includes(text)).map((area) => ({ id: area, label: area }))
            }
            minimum={0}
            onPick={({ label }) => patch({ area: label })}
          />
        </Field>
        <Field label={t('devices.controller')} error={errors.controller}>
          <TextInput
            value={words.controller}
            onChange={(controller) => patch({ controller })}
            maxLength={80}
          />
        </Field>
      </form>
    </Panel>
  )
}
