import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, DateTimeInput, SelectNative, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { toWall } from '../../../../ui-kit/zone-time.ts'
import { HostField, type PickedPerson } from '../../ui/host-field.tsx'
import { PlateForeign } from '../../ui/plate-foreign.tsx'
import { useVisitOptions } from '../../ui/queries.ts'
import { readPlate } from '../../vehicles/rules.ts'
import { type PermitCard, permits } from '../contract.ts'
import { type PaperDraft, PaperFields } from './paper-fields.tsx'
import css from './permits.module.css'
import { useRenewPermits } from './queries.ts'
import { clockOf } from './words.ts'

const documentKinds = ['id-card', 'passport', 'travel-permit', 'driving-licence', 'other'] as const
const plain = ['organisation', 'phone', 'documentNumber', 'plate', 'purpose', 'areas'] as const

/** 08:30 → 510; midnight at the end of the day is 1440. */
const minutesOf = (clock: string, end: boolean) => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  const total = hour * 60 + minute
  return end && total === 0 ? 1440 : total
}

function draftOf(permit: PermitCard | null, today: string) {
  return {
    id: v7(),
    holderName: permit?.holderName ?? '',
    organisation: permit?.organisation ?? '',
    // Numbers already kept are not shown again; left empty they stay (G5).
    phone: '',
    documentNumber: '',
    plate: permit?.plate ?? '',
    plateForeign: permit !== null && permit.plate !== '' && readPlate(permit.plate) === null,
    kind: permit?.kind ?? '',
    purpose: permit?.purpose ?? '',
    areas: permit?.areas.join('、') ?? '',
    validFrom: permit?.validFrom ?? today,
    validTo: permit?.validTo ?? `${today.slice(0, 4)}-12-31`,
    weekdays: permit?.weekdays ?? [1, 2, 3, 4, 5],
    from: clockOf(permit?.fromMinute ?? 480),
    to: clockOf((permit?.toMinute ?? 1080) % 1440),
    note: permit?.note ?? '',
  }
}

/** Who, to whom, when, where, and the papers it rests on. */
export function PermitForm({ permit, onDone }: { permit: PermitCard | null; onDone: (id: string) => void }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const renew = useRenewPermits()
  const { fieldTexts } = useProblemText()
  const { data: options } = useVisitOptions()
  const [draft, setDraft] = useState(() =>
    draftOf(permit, toWall(new Date(serverNow()).toISOString(), zone).slice(0, 10)),
  )
  const [documentKind, setDocumentKind] = useState<(typeof documentKinds)[number]>('id-card')
  const [host, setHost] = useState<PickedPerson>({
    id: permit?.hostId ?? '',
    name: permit?.hostName ?? '',
    place: permit?.hostDepartment ?? '',
  })
  const [papers, setPapers] = useState<readonly PaperDraft[]>(permit?.papers ?? [])
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const errors = fieldTexts(fault)
  const errorOf = (path: string) => Object.entries(errors).find(([name]) => name.startsWith(path))?.[1]
  const kinds = options?.kinds ?? []
  const kind = draft.kind || (kinds[0]?.key ?? '')
  const ready =
    draft.holderName.trim() !== '' && kind !== '' && draft.weekdays.length > 0 && draft.validTo !== ''

  async function save() {
    setBusy(true)
    setFault(null)
    const { id, phone, documentNumber, areas, from, to, ...rest } = draft
    const body = {
      ...rest,
      kind,
      hostId: host.id === '' ? null : host.id,
      fromMinute: minutesOf(from, false),
      toMinute: minutesOf(to, true),
      areas: areas
        .split(/[,，、;；]+/)
        .map((one) => one.trim())
        .filter(Boolean),
      papers: papers
        .filter((one) => one.kind.trim() !== '')
        .map((one) => ({
          kind: one.kind.trim(),
          number: one.number.trim(),
          expiresOn: one.expiresOn || null,
          blocks: one.blocks,
        })),
      ...(phone.trim() === '' ? {} : { phone }),
      ...(documentNumber.trim() === '' ? {} : { document: { kind: documentKind, number: documentNumber } }),
    }
    try {
      const saved =
        permit === null
          ? await call(permits.create, { body: { ...body, id } })
          : await call(permits.edit, {
              params: { id: permit.id },
              body: { ...body, version: permit.version },
            })
      await renew()
      onDone(saved.id)
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }

  const kept = { phone: permit?.phoneMasked, documentNumber: permit?.documentMasked } as const
  const hints: Partial<Record<(typeof plain)[number], string>> = {
    ...(kept.phone ? { phone: t('permits.keep', { masked: kept.phone }) } : {}),
    ...(kept.documentNumber ? { documentNumber: t('permits.keep', { masked: kept.documentNumber }) } : {}),
    areas: t('permits.areasHint'),
  }
  const paths: Partial<Record<(typeof plain)[number], string>> = { documentNumber: 'document' }
  const input = (name: (typeof plain)[number]) => (
    <Field label={t(`permits.field.${name}`)} hint={hints[name]} error={errorOf(paths[name] ?? name)}>
      <TextInput
        maxLength={200}
        name={name}
        value={draft[name]}
        onChange={(value) => setDraft({ ...draft, [name]: value })}
      />
    </Field>
  )
  const time = (name: 'validFrom' | 'validTo' | 'from' | 'to', path: string) => (
    <Field label={t(`permits.field.${name}`)} required error={errorOf(path)}>
      <DateTimeInput
        kind={name === 'from' || name === 'to' ? 'time' : 'date'}
        value={draft[name]}
        onChange={(value) => setDraft({ ...draft, [name]: value })}
      />
    </Field>
  )
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        if (ready && !busy) void save()
      }}
    >
      <ProblemNotice fault={fault} />
      <Field label={t('permits.field.holder')} required error={errorOf('holderName')}>
        <TextInput
          autoFocus
          maxLength={80}
          name="holderName"
          value={draft.holderName}
          onChange={(holderName) => setDraft({ ...draft, holderName })}
        />
      </Field>
      {input('organisation')}
      <div className={css.pair}>
        {input('phone')}
        {input('plate')}
      </div>
      <PlateForeign draft={draft} patch={(part) => setDraft({ ...draft, ...part })} />
      <div className={css.pair}>
        <Field label={t('visit.document.kind')}>
          <SelectNative
            value={documentKind}
            onChange={(value) => setDocumentKind(documentKinds.find((one) => one === value) ?? 'other')}
            options={documentKinds.map((one) => ({ value: one, label: t(`permits.document.${one}`) }))}
          />
        </Field>
        {input('documentNumber')}
      </div>
      <div className={css.pair}>
        <Field label={t('permits.field.kind')} required error={errorOf('kind')}>
          <SelectNative
            value={kind}
            onChange={(value) => setDraft({ ...draft, kind: value })}
            options={kinds.map((one) => ({ value: one.key, label: spoken(one.name) }))}
          />
        </Field>
        {input('purpose')}
      </div>
      <HostField
        label={t('permits.field.host')}
        value={host}
        onChange={setHost}
        error={errorOf('hostId') ?? errorOf('host')}
        hint={t('permits.hostHint')}
      />
      <div className={css.pair}>
        {time('validFrom', 'validFrom')}
        {time('validTo', 'validTo')}
      </div>
      <Field label={t('permits.field.weekdays')} group error={errorOf('weekdays')}>
        <div className={css.days}>
          {[1, 2, 3, 4, 5, 6, 7].map((day) => (
            <Checkbox
              key={day}
              checked={draft.weekdays.includes(day)}
              onChange={(checked) =>
                setDraft({
                  ...draft,
                  weekdays: checked
                    ? [...draft.weekdays, day].sort()
                    : draft.weekdays.filter((one) => one !== day),
                })
              }
            >
              {t(`permits.weekday.${day}`)}
            </Checkbox>
          ))}
        </div>
      </Field>
      <div className={css.pair}>
        {time('from', 'fromMinute')}
        {time('to', 'toMinute')}
      </div>
      {input('areas')}
      <PaperFields papers={papers} onChange={setPapers} />
      <Field label={t('permits.field.note')}>
        <TextArea maxLength={2000} value={draft.note} onChange={(note) => setDraft({ ...draft, note })} />
      </Field>
      <div className={css.acts}>
        <Button kind="primary" type="submit" busy={busy} disabled={!ready}>
          {t(permit === null ? 'permits.saveDraft' : 'permits.save')}
        </Button>
        {permit === null ? null : <Button onClick={() => onDone(permit.id)}>{t('permits.leave')}</Button>}
      </div>
    </form>
  )
}
