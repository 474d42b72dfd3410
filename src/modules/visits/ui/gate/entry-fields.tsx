import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, NumberInput, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import { type DocumentDraft, DocumentFields } from '../document-fields.tsx'
import { HostField } from '../host-field.tsx'
import { KnownField } from '../known-field.tsx'
import type { CategoryOption, VisitOptions } from '../options.ts'
import { PlateForeign } from '../plate-foreign.tsx'
import { fromKnown, requiredOf, type VisitDraft } from '../visit-draft.ts'
import css from './gate.module.css'

export interface EntryDraft extends VisitDraft {
  /** The host has agreed on the phone. */
  agreed: boolean
  takePass: boolean
  /** Empty: the lowest free one. */
  passNumber: string
  despiteDefault: string
}

export interface EntryPartProps {
  draft: EntryDraft
  patch: (part: Partial<EntryDraft>) => void
  category: CategoryOption | undefined
  errors: Readonly<Record<string, string>>
  /** V4: nobody known, of a kind that asks the three questions. */
  stranger: boolean
}

/** From where, what name, what matter — before anybody is disturbed (V4). */
export function ThreeQuestions({ draft, patch, category, errors, stranger }: EntryPartProps) {
  const { t } = useTranslation()
  const required = requiredOf(category, stranger)
  return (
    <section className={css.block} aria-label={t('visits.gate.entry.three')}>
      <h2>{t('visits.gate.entry.three')}</h2>
      <KnownField
        size="large"
        text={draft.visitorName}
        error={errors.visitorName}
        hint={draft.visitorId ? t('visit.known.filled') : t('visits.gate.entry.nameHint')}
        onTextChange={(visitorName) => patch({ visitorName, visitorId: '', phoneMasked: '' })}
        onPick={(known) => patch(fromKnown(known))}
      />
      <Field
        label={t('visits.gate.entry.from')}
        required={required.has('organisation')}
        error={errors.organisation}
      >
        <TextInput
          size="large"
          name="organisation"
          maxLength={200}
          value={draft.organisation}
          onChange={(organisation) => patch({ organisation })}
        />
      </Field>
      <Field label={t('visits.gate.entry.matter')} required={required.has('purpose')} error={errors.purpose}>
        <TextInput
          size="large"
          name="purpose"
          maxLength={200}
          value={draft.purpose}
          onChange={(purpose) => patch({ purpose })}
        />
      </Field>
    </section>
  )
}

export function KindField(props: EntryPartProps & { options: VisitOptions | undefined }) {
  const { draft, patch, category, errors, options } = props
  const { t } = useTranslation()
  const spoken = useSpoken()
  const topics = options?.kinds.find(({ key }) => key === draft.kind)?.topics ?? []
  return (
    <>
      <div className={css.kinds}>
        <Field group label={t('visit.field.kind')} required error={errors.kind}>
          <RadioCards
            size="large"
            columns={3}
            value={draft.kind || null}
            onChange={(kind) => patch({ kind, category: '', topic: '' })}
            options={(options?.kinds ?? []).map((kind) => ({ value: kind.key, label: spoken(kind.name) }))}
          />
        </Field>
      </div>
      {topics.length > 0 ? (
        <div className={css.kinds}>
          <Field group label={t('visit.field.topic')} error={errors.topic}>
            <RadioCards
              size="large"
              columns={3}
              value={draft.topic || null}
              onChange={(topic) => patch({ topic })}
              options={topics.map((topic) => ({ value: topic.key, label: spoken(topic.name) }))}
            />
          </Field>
        </div>
      ) : null}
      {category?.refuseByDefault ? (
        <section className={`${css.block} ${css.todo}`} aria-label={t('visits.gate.entry.refuseFirst')}>
          <h2>{t('visits.gate.entry.refuseFirst')}</h2>
          <p className={css.say}>{spoken(options?.wording.refused)}</p>
          <Field
            label={t('visits.gate.entry.despite')}
            hint={t('visits.gate.entry.despiteHint')}
            error={errors.despiteDefault}
          >
            <TextInput
              size="large"
              maxLength={200}
              value={draft.despiteDefault}
              onChange={(despiteDefault) => patch({ despiteDefault })}
            />
          </Field>
        </section>
      ) : null}
    </>
  )
}

/** Host, people, phone, plate, document: in the measure of the category. */
export function DetailFields(
  props: EntryPartProps & {
    document: DocumentDraft
    onDocument: (document: DocumentDraft) => void
    hostFree: boolean
  },
) {
  const { draft, patch, category, errors } = props
  const { t } = useTranslation()
  const required = requiredOf(category, props.stranger, props.hostFree)
  const size = draft.partySize ?? 1
  return (
    <section className={css.block} aria-label={t('visits.gate.entry.details')}>
      <HostField
        size="large"
        label={t('visit.field.host')}
        required={required.has('hostName')}
        error={errors.hostName ?? errors.hostId ?? errors['consent.byId']}
        value={{ id: draft.hostId, name: draft.hostName, place: draft.hostPlace }}
        onChange={({ id, name, place }) => patch({ hostId: id, hostName: name, hostPlace: place })}
      />
      <div className={css.pair}>
        <Field label={t('visit.field.partySize')} error={errors.partySize}>
          <PartySize value={size} onChange={(partySize) => patch({ partySize })} />
        </Field>
        <Field
          label={t('visit.field.phone')}
          required={required.has('phone')}
          error={errors.phone}
          hint={draft.phoneMasked ? t('visit.known.phone', { phone: draft.phoneMasked }) : undefined}
        >
          <TextInput
            size="large"
            type="tel"
            inputMode="tel"
            name="phone"
            maxLength={30}
            value={draft.phone}
            onChange={(phone) => patch({ phone })}
          />
        </Field>
        <Field label={t('visit.field.plate')} required={required.has('plate')} error={errors.plate}>
          <TextInput
            size="large"
            name="plate"
            maxLength={15}
            value={draft.plate}
            onChange={(plate) => patch({ plate: plate.toUpperCase() })}
          />
        </Field>
        <PlateForeign size="large" draft={draft} patch={patch} />
      </div>
      {category?.idCheck ? (
        <DocumentFields
          size="large"
          value={props.document}
          onChange={props.onDocument}
          error={errors['document.number']}
          expiryError={errors['document.expiresOn']}
          onName={(visitorName) => {
            if (draft.visitorName.trim() === '') patch({ visitorName })
          }}
        />
      ) : null}
    </section>
  )
}

/** One more, one less: no keyboard needed for the usual two or three. */
function PartySize({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { t } = useTranslation()
  return (
    <div className={css.number}>
      <IconButton
        icon="minus"
        size="large"
        label={t('visits.gate.entry.fewer')}
        disabled={value <= 1}
        onClick={() => onChange(Math.max(1, value - 1))}
      />
      <NumberInput
        size="large"
        name="partySize"
        min={1}
        max={2000}
        value={value}
        onChange={(next) => onChange(next ?? 1)}
      />
      <IconButton
        icon="plus"
        size="large"
        label={t('visits.gate.entry.more')}
        onClick={() => onChange(Math.min(2000, value + 1))}
      />
    </div>
  )
}

/** Ask now, or the guard has phoned already; the pass goes out once the way is free. */
export function ConsentBlock(props: EntryPartProps & { asks: boolean; goesIn: boolean }) {
  const { draft, patch, category, errors, asks, goesIn } = props
  const { t } = useTranslation()
  const spoken = useSpoken()
  if (!category) return null
  return (
    <section className={css.block} aria-label={t('visits.gate.entry.consent')}>
      {asks ? (
        <Field group label={t('visits.gate.entry.consent')}>
          <RadioCards
            size="large"
            columns={2}
            value={draft.agreed ? 'agreed' : 'ask'}
            onChange={(choice) => patch({ agreed: choice === 'agreed' })}
            options={[
              { value: 'ask', label: t('visits.gate.entry.askNow'), hint: t('visits.gate.entry.askNowHint') },
              {
                value: 'agreed',
                label: t('visits.gate.entry.agreed'),
                hint: t('visits.gate.entry.agreedHint'),
              },
            ]}
          />
        </Field>
      ) : (
        <p className={css.note}>
          {t('visits.gate.entry.noConsent', { place: spoken(category.waitingPlace) })}
        </p>
      )}
      {category.pass && goesIn ? (
        <>
          <Checkbox size="large" checked={draft.takePass} onChange={(takePass) => patch({ takePass })}>
            {t('visits.gate.entry.takePass')}
          </Checkbox>
          {draft.takePass ? (
            <Field
              label={t('visits.gate.passNumber')}
              hint={t('visits.gate.passNumberHint')}
              error={errors.passNumber}
            >
              <TextInput
                size="large"
                maxLength={20}
                value={draft.passNumber}
                onChange={(passNumber) => patch({ passNumber })}
              />
            </Field>
          ) : null}
        </>
      ) : category.pass ? (
        <p className={css.note}>{t('visits.gate.entry.passLater')}</p>
      ) : null}
    </section>
  )
}
