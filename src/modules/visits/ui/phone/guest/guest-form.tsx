import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call } from '../../../../../ui-kit/client.ts'
import { Field } from '../../../../../ui-kit/field.tsx'
import { Checkbox, SelectNative, TextArea, TextInput } from '../../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { invitations, type OwnInvitation } from '../../../invitations/contract.ts'
import { readPlate } from '../../../vehicles/rules.ts'
import css from './guest.module.css'

/** What saves time at the door; nothing here is a must (G5). */
export function GuestForm({ own, cacheKey }: { own: OwnInvitation; cacheKey: readonly string[] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { fieldTexts } = useProblemText()
  const [phone, setPhone] = useState('')
  const [organisation, setOrganisation] = useState(own.organisation)
  const [plate, setPlate] = useState(own.plate)
  const [foreign, setForeign] = useState(own.plate !== '' && readPlate(own.plate) === null)
  const [companions, setCompanions] = useState(own.companions.join('\n'))
  const [kind, setKind] = useState('id-card')
  const [number, setNumber] = useState('')
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function send(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFault(null)
    const names = companions.split(/[\n,,、;;]/).map((name) => name.trim())
    try {
      const body = {
        ...{ phone, organisation, plate, plateForeign: foreign, companions: names.filter(Boolean) },
        ...(number.trim() && (kind === 'id-card' || kind === 'passport')
          ? { document: { kind: kind === 'passport' ? ('passport' as const) : ('id-card' as const), number } }
          : {}),
      }
      client.setQueryData(cacheKey, await call(invitations.complete, { body }))
      setPhone('')
      setNumber('')
      showToast({ text: t('guest.saved') })
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
  }

  const errors = fault ? fieldTexts(fault) : {}
  return (
    <section>
      <h2>{t('guest.yours')}</h2>
      <form className={css.form} noValidate onSubmit={(event) => void send(event)}>
        {fault ? <ProblemNotice fault={fault} /> : null}
        <Field
          label={t('guest.phone')}
          error={errors.phone}
          hint={own.phoneMasked ? t('guest.phoneKept', { masked: own.phoneMasked }) : undefined}
        >
          <TextInput
            size="large"
            inputMode="tel"
            autoComplete="tel"
            name="phone"
            value={phone}
            onChange={setPhone}
            maxLength={30}
          />
        </Field>
        <Field label={t('guest.organisation')} error={errors.organisation}>
          <TextInput
            size="large"
            name="organisation"
            autoComplete="organization"
            value={organisation}
            onChange={setOrganisation}
            maxLength={200}
          />
        </Field>
        <Field label={t('guest.plate')} error={errors.plate}>
          <TextInput size="large" name="plate" value={plate} onChange={setPlate} maxLength={20} />
        </Field>
        {plate.trim() === '' ? null : (
          <Checkbox size="large" checked={foreign} onChange={setForeign}>
            {t('visit.field.plateForeign')}
          </Checkbox>
        )}
        <Field label={t('guest.companions')} hint={t('guest.companionsHint')} error={errors.companions}>
          <TextArea size="large" name="companions" value={companions} onChange={setCompanions} rows={2} />
        </Field>
        <Field label={t('guest.documentKind')}>
          <SelectNative
            size="large"
            name="document-kind"
            value={kind}
            onChange={setKind}
            options={[
              { value: 'id-card', label: t('guest.idCard') },
              { value: 'passport', label: t('guest.passport') },
            ]}
          />
        </Field>
        <Field
          label={t('guest.document')}
          hint={own.documentGiven ? t('guest.documentGiven') : t('guest.documentHint')}
          error={errors['document.number']}
        >
          <TextInput size="large" name="document" value={number} onChange={setNumber} maxLength={30} />
        </Field>
        <Button kind="primary" size="large" type="submit" busy={busy}>
          {t('guest.save')}
        </Button>
      </form>
    </section>
  )
}
