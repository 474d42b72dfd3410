import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call } from '../../../../../ui-kit/client.ts'
import { Field } from '../../../../../ui-kit/field.tsx'
import { Checkbox, DateTimeInput, SelectNative, TextInput } from '../../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { RadioCards } from '../../../../../ui-kit/radio-cards.tsx'
import type { VisitDetail } from '../../../card/contract.ts'
import { documentKinds } from '../../../identity/kinds.ts'
import { kindOfNumber } from '../../../identity/rules.ts'
import { readPlate } from '../../../vehicles/rules.ts'
import { type WatchEntry, watchList } from '../../../watch-list/contract.ts'
import { useRenewWatch } from './queries.ts'
import css from './watch.module.css'

const split = (text: string) =>
  text
    .split(/[,，、;；\n]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '')

export interface EntryFormProps {
  entry: WatchEntry | null
  /** Somebody who came: what is known of them, their numbers taken over by the server unseen. */
  visit?: VisitDetail | undefined
  onDone: (id: string) => void
}

/** Names, numbers and why. Numbers already kept are not shown again; left empty they stay. */
export function EntryForm({ entry, visit, onDone }: EntryFormProps) {
  const { t } = useTranslation()
  const renew = useRenewWatch()
  const { fieldTexts } = useProblemText()
  const [level, setLevel] = useState<'block' | 'alert'>(entry?.level ?? 'block')
  const [kind, setKind] = useState<(typeof documentKinds)[number]>('id-card')
  const [until, setUntil] = useState('')
  const [platesForeign, setForeign] = useState(
    entry?.plates.some((plate) => readPlate(plate) === null) ?? false,
  )
  const [draft, setDraft] = useState({
    name: entry?.name ?? visit?.visitorName ?? '',
    aliases: entry?.aliases.join('、') ?? '',
    organisation: entry?.organisation ?? visit?.organisation ?? '',
    phones: '',
    number: '',
    plates: entry?.plates.join('、') ?? visit?.plate ?? '',
    reason: entry?.reason ?? visit?.refuseReason ?? '',
  })
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState<'draft' | 'active' | null>(null)
  const errors = fieldTexts(fault)
  const errorOf = (name: string) => Object.entries(errors).find(([path]) => path.startsWith(name))?.[1]

  async function send(as: 'draft' | 'active') {
    setBusy(as)
    setFault(null)
    const { phones, number, aliases, plates, ...plain } = draft
    const body = {
      ...plain,
      level,
      aliases: split(aliases),
      plates: split(plates),
      platesForeign,
      ...(entry !== null && phones.trim() === '' ? {} : { phones: split(phones) }),
      ...(number.trim() === '' ? {} : { document: { kind, number } }),
      ...(until === '' ? {} : { validUntil: until }),
    }
    try {
      const saved =
        entry === null
          ? await call(watchList.add, {
              body: { ...body, draft: as === 'draft', ...(visit ? { visitId: visit.id } : {}) },
            })
          : await call(watchList.edit, {
              params: { id: entry.id },
              body: { ...body, version: entry.version },
            })
      await renew()
      onDone(saved.id)
    } catch (problem) {
      setFault(problem)
      setBusy(null)
    }
  }

  const text = (name: keyof typeof draft, path: string, hint?: string, required = false) => (
    <Field label={t(`watch.field.${name}`)} hint={hint} required={required} error={errorOf(path)}>
      <TextInput
        maxLength={200}
        value={draft[name]}
        onChange={(value) => {
          setDraft({ ...draft, [name]: value })
          const found = name === 'number' ? kindOfNumber(value) : null
          const known = documentKinds.find((one) => one === found)
          if (known !== undefined) setKind(known)
        }}
      />
    </Field>
  )
  const kept = (masked: string) =>
    masked === '' ? undefined : t(visit ? 'watch.takenOver' : 'watch.keep', { masked })
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void send('active')
      }}
    >
      {fault ? <ProblemNotice fault={fault} /> : null}
      <Field label={t('watch.column.level')} group>
        <RadioCards
          value={level}
          onChange={(value) => setLevel(value === 'alert' ? 'alert' : 'block')}
          columns={2}
          options={[
            { value: 'block', label: t('watch.level.block'), hint: t('watch.level.blockHint') },
            { value: 'alert', label: t('watch.level.alert'), hint: t('watch.level.alertHint') },
          ]}
        />
      </Field>
      {text('name', 'name')}
      {text('aliases', 'aliases', t('watch.several'))}
      {text('organisation', 'organisation', t('watch.companyHint'))}
      {text(
        'phones',
        'phones',
        kept(entry?.phonesMasked.join('、') ?? visit?.phoneMasked ?? '') ?? t('watch.several'),
      )}
      <Field label={t('visit.document.kind')}>
        <SelectNative
          value={kind}
          onChange={(value) => setKind(documentKinds.find((one) => one === value) ?? 'other')}
          options={documentKinds.map((one) => ({ value: one, label: t(`visit.document.${one}`) }))}
        />
      </Field>
      {text('number', 'document', kept(entry?.documentMasked ?? visit?.documentMasked ?? ''))}
      {text('plates', 'plates', t('watch.several'))}
      {draft.plates.trim() === '' ? null : (
        <Checkbox checked={platesForeign} onChange={setForeign}>
          {t('visit.field.plateForeign')}
        </Checkbox>
      )}
      {text('reason', 'reason', t('watch.reasonHint'), true)}
      <Field label={t('watch.column.until')} hint={t('watch.untilHint')} error={errorOf('validUntil')}>
        <DateTimeInput kind="date" value={until} onChange={setUntil} />
      </Field>
      <div className={css.acts}>
        <Button kind="primary" type="submit" busy={busy === 'active'} disabled={draft.reason.trim() === ''}>
          {t(entry === null ? 'watch.save' : 'watch.saveChange')}
        </Button>
        {entry === null ? (
          <Button
            busy={busy === 'draft'}
            disabled={draft.reason.trim() === ''}
            onClick={() => void send('draft')}
          >
            {t('watch.saveDraft')}
          </Button>
        ) : null}
      </div>
    </form>
  )
}
