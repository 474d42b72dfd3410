import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { onFormKey, onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import { ErrorNotice } from '../../../../ui-kit/error-notice.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useZone } from '../../../../ui-kit/language.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { fromWall, toWall } from '../../../../ui-kit/zone-time.ts'
import { AreasField } from '../../areas/ui/areas-field.tsx'
import { useVisitAreas } from '../../areas/ui/queries.ts'
import type { VisitDetail } from '../../card/contract.ts'
import { HostField } from '../host-field.tsx'
import { categoryFor } from '../options.ts'
import { useVisitOptions } from '../queries.ts'
import { useVisitCommands } from '../visit-commands.ts'
import { detailsOf, fromDetail, missingOf, type VisitDraft } from '../visit-draft.ts'
import { VisitFields } from './visit-fields.tsx'
import css from './visit-panel.module.css'

interface EditDraft extends VisitDraft {
  /** The version the draft was begun on. */
  version: number
  validUntil: string
  expectedAt: string
  escortId: string
  escortName: string
  /** null: left as they are (V9). */
  areaIds: string[] | null
  places: string[] | null
}

function begin(visit: VisitDetail, zone: string): EditDraft {
  return {
    ...fromDetail(visit),
    version: visit.version,
    validUntil: visit.validUntil ? toWall(visit.validUntil, zone) : '',
    expectedAt: visit.expectedAt ? toWall(visit.expectedAt, zone) : '',
    escortId: visit.escortId ?? '',
    escortName: visit.escortName,
    areaIds: null,
    places: null,
  }
}

const compared = [
  'visitorName',
  'organisation',
  'purpose',
  'kind',
  'hostName',
  'plate',
  'note',
  'partySize',
  'companions',
  'validUntil',
  'expectedAt',
  'escortName',
] as const

/** Correct a visit (G4). Somebody else was faster: what they changed is shown, what was typed here stays. */
export function EditForm({ visit, onDone }: { visit: VisitDetail; onDone: () => void }) {
  const { t } = useTranslation()
  const zone = useZone()
  const { fieldTexts } = useProblemText()
  const { data: options } = useVisitOptions()
  const commands = useVisitCommands()
  // What the record was when the editing began: only what differs from it is sent.
  const [base, setBase] = useState(() => begin(visit, zone))
  const draft = useDraft<EditDraft>(`visit.edit.${visit.id}`, base)
  const [fault, setFault] = useState<unknown>(null)
  const [theirs, setTheirs] = useState<string[]>([])
  const [own, setOwn] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { value } = draft
  const there = useVisitAreas(visit.id).data?.items ?? []
  const areaIds = value.areaIds ?? there.flatMap(({ areaId }) => areaId ?? [])
  const places = value.places ?? there.flatMap(({ areaId, name }) => (areaId === null ? name.zh : []))
  const category = categoryFor(options, value.kind, value.category)
  const stale = fault instanceof ApiProblem && fault.code === 'edit.stale'

  /** Takes the newest record as base; fields not touched here follow it. */
  function catchUp() {
    const now = begin(visit, zone)
    const changed = compared.filter((name) => now[name] !== base[name])
    setTheirs(
      changed.map((name) =>
        t('visit.edit.change', {
          field: t(`visit.field.${labels[name] ?? name}`),
          from: base[name] || '—',
          to: now[name] || '—',
        }),
      ),
    )
    draft.set((mine) => {
      const untouched = Object.entries(now).filter(
        ([name]) => name === 'version' || mine[name as keyof EditDraft] === base[name as keyof EditDraft],
      )
      return { ...mine, ...Object.fromEntries(untouched) }
    })
    setBase(now)
  }

  async function send(event?: FormEvent) {
    event?.preventDefault()
    if (busy) return
    const missing = missingOf(value, category)
    const known = new Set(missingOf(base, category))
    // What was empty before may stay empty: a correction of the name must not fail on an old record's missing purpose.
    const found = Object.fromEntries(
      missing.filter((name) => !known.has(name)).map((name) => [name, t('field.required')]),
    )
    setOwn(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    setFault(null)
    const outcome = await commands.edit(visit, { version: value.version, ...changes(value, base, zone) })
    setBusy(false)
    if (!outcome.ok) return setFault(outcome.fault)
    draft.clear()
    onDone()
  }

  const errors = { ...fieldTexts(fault), ...own }
  useKeys(
    {
      Escape: { label: t('visit.form.back'), run: onDone },
      'Ctrl+Enter': { label: t('visit.edit.save'), run: () => void send() },
    },
    { layer: 'panel' },
  )
  return (
    <form
      ref={form}
      className={css.form}
      noValidate
      onSubmit={(event) => void send(event)}
      onKeyDown={onFormKey}
      onKeyDownCapture={onSendKey}
    >
      <h3>{t('visit.form.edit')}</h3>
      {stale || value.version < visit.version ? (
        <ErrorNotice title={t('error.edit.stale')} tone="waiting">
          <div className={css.buttons}>
            <Button onClick={catchUp}>{t('visit.edit.catchUp')}</Button>
          </div>
        </ErrorNotice>
      ) : fault ? (
        <ProblemNotice fault={fault} />
      ) : null}
      {theirs.length > 0 ? (
        <ul className={css.changes} aria-label={t('visit.edit.theirs')}>
          {theirs.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      <VisitFields
        draft={value}
        patch={draft.patch}
        options={options}
        category={category}
        errors={errors}
        form={form}
        autoFocus
      />
      <AreasField
        value={areaIds}
        onChange={(next) => draft.patch({ areaIds: next })}
        places={places}
        onPlaces={(next) => draft.patch({ places: next, areaIds })}
        error={errors.areaIds ?? errors.areas}
      />
      {(category?.escort ?? false) || visit.can.nameEscort === true ? (
        <HostField
          label={t('visit.field.escort')}
          name="escortName"
          value={{ id: value.escortId, name: value.escortName, place: '' }}
          error={errors.escortId}
          onChange={({ id, name }) => draft.patch({ escortId: id, escortName: name })}
        />
      ) : null}
      {visit.status === 'expected' ? (
        <Field label={t('visit.field.expectedAt')} error={errors.expectedAt}>
          <DateTimeInput value={value.expectedAt} onChange={(expectedAt) => draft.patch({ expectedAt })} />
        </Field>
      ) : null}
      <Field label={t('visit.field.validUntil')} error={errors.validUntil}>
        <DateTimeInput value={value.validUntil} onChange={(validUntil) => draft.patch({ validUntil })} />
      </Field>
      <div className={css.buttons}>
        <Button kind="primary" type="submit" busy={busy} keyHint="Ctrl+Enter">
          {t('visit.edit.save')}
        </Button>
        <Button onClick={onDone} keyHint="Escape">
          {t('visit.form.back')}
        </Button>
      </div>
    </form>
  )
}

const labels: Partial<Record<(typeof compared)[number], string>> = { hostName: 'host', escortName: 'escort' }

/** Only what differs, so that two people correcting different things do not undo each other. */
function changes(value: EditDraft, base: EditDraft, zone: string) {
  const now = detailsOf(value)
  const before = detailsOf(base)
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  const differing = Object.fromEntries(
    Object.entries(now).filter(([name, part]) => !same(part, before[name as keyof typeof before])),
  ) as Partial<typeof now>
  const instant = (name: 'validUntil' | 'expectedAt') =>
    value[name] && value[name] !== base[name] ? { [name]: fromWall(value[name], zone) } : {}
  return {
    ...differing,
    ...instant('validUntil'),
    ...instant('expectedAt'),
    ...(value.areaIds === null ? {} : { areaIds: value.areaIds }),
    ...(value.places === null ? {} : { areas: value.places }),
    ...(value.escortId !== base.escortId ? { escortId: value.escortId || null } : {}),
  }
}
