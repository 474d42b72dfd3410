import { type ReactNode, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { goOn, goToOpen } from '../../../../ui-kit/enter-goes-on.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { NumberInput, SelectNative, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { usePermitHolders } from '../../permits/ui/holders.ts'
import { HostField } from '../host-field.tsx'
import { KnownField } from '../known-field.tsx'
import { asksThree, type CategoryOption, categoryFor, hostFree, type VisitOptions } from '../options.ts'
import { PlateForeign } from '../plate-foreign.tsx'
import { fromKnown, missingOf, type RequiredName, requiredOf, type VisitDraft } from '../visit-draft.ts'
import css from './forms.module.css'

export interface VisitFieldsProps {
  draft: VisitDraft
  patch: (part: Partial<VisitDraft>) => void
  options: VisitOptions | undefined
  category: CategoryOption | undefined
  errors: Readonly<Record<string, string>>
  form: RefObject<HTMLFormElement | null>
  /** Right below the name: this person has an appointment, or is inside already. */
  afterName?: ReactNode
  /** Between the kind and the rest: refusal, what this category needs. */
  afterKind?: ReactNode
  autoFocus?: boolean | undefined
  /** V4: stands here and may be a stranger; the three questions come first, with their wording. */
  atCounter?: boolean | undefined
}

type Words = 'organisation' | 'phone' | 'purpose' | 'plate'

/** Name → kind and whom to see → what this kind needs; the rest waits behind one button. */
export function VisitFields(props: VisitFieldsProps) {
  const { draft, patch, options, category, errors, form } = props
  const { t } = useTranslation()
  const spoken = useSpoken()
  const holders = usePermitHolders(() => patch({ visitorName: '', visitorId: '', phoneMasked: '' }))
  const stranger = props.atCounter === true && asksThree(options, draft)
  const required = requiredOf(category, stranger, props.atCounter === true && hostFree(options, draft))
  // Nobody known yet: from where and what matter before anybody is thought of to disturb.
  const first = props.atCounter === true && draft.visitorId === '' && category?.important !== true
  const [opened, setOpened] = useState(false)
  const more = opened || draft.companions !== '' || draft.note !== '' || (draft.partySize ?? 1) > 1
  const next = () => goOn(form.current)
  // An important visitor is asked for nothing that is not required (V7).
  const brief = category?.important === true && !more
  const shows = (name: Words) => {
    if (required.has(name)) return true
    if (name === 'plate') return more || draft.plate !== '' || category?.important === true
    return !brief || draft[name] !== ''
  }
  const text = (name: Words) =>
    shows(name) ? (
      <TextField name={name} draft={draft} patch={patch} errors={errors} required={required} />
    ) : null

  const said = (
    <div key="said" className={css.block}>
      <div className={css.wideAndNarrow}>
        {text('organisation')}
        {text('phone')}
      </div>
      {text('purpose')}
    </div>
  )
  const kindAndHost = (
    <KindAndHost key="kind" {...props} required={required} onHost={() => setTimeout(next)} />
  )

  return (
    <>
      {first && options ? (
        <p className={css.words}>
          <q>{spoken(options.wording.askThree)}</q>
        </p>
      ) : null}
      <KnownField
        text={draft.visitorName}
        also={props.atCounter === true ? holders : undefined}
        error={errors.visitorName}
        hint={props.afterName && draft.visitorId ? t('visit.known.filled') : undefined}
        autoFocus={props.autoFocus}
        onTextChange={(visitorName) => patch({ visitorName, visitorId: '', phoneMasked: '' })}
        onEnter={next}
        onPick={(known) => {
          const filledIn = fromKnown(known)
          patch(filledIn)
          const then = { ...draft, ...filledIn }
          const free = props.atCounter === true && hostFree(options, then)
          const missing = missingOf(then, categoryFor(options, then.kind, then.category), false, free)
          // After the fields the kind brings along have been drawn.
          setTimeout(() => goToOpen(form.current, missing))
        }}
      />
      {props.afterName}
      {first ? (
        <>
          {said}
          {kindAndHost}
          {props.afterKind}
        </>
      ) : (
        <>
          {kindAndHost}
          {props.afterKind}
          {said}
        </>
      )}
      {shows('plate') || more ? (
        <div className={css.row}>
          <div className={css.block}>
            {text('plate')}
            <PlateForeign draft={draft} patch={patch} />
          </div>
          {more ? (
            <Field label={t('visit.field.partySize')} error={errors.partySize}>
              <NumberInput
                name="partySize"
                min={1}
                max={2000}
                value={draft.partySize}
                onChange={(partySize) => patch({ partySize })}
              />
            </Field>
          ) : null}
        </div>
      ) : null}
      {more ? (
        <>
          <Field
            label={t('visit.field.companions')}
            hint={t('visit.field.companionsHint')}
            error={errors.companions}
          >
            <TextArea
              name="companions"
              rows={2}
              value={draft.companions}
              onChange={(companions) => patch({ companions })}
            />
          </Field>
          <Field label={t('visit.field.note')} error={errors.note}>
            <TextArea
              name="note"
              rows={2}
              maxLength={4000}
              value={draft.note}
              onChange={(note) => patch({ note })}
            />
          </Field>
        </>
      ) : (
        <div>
          <Button kind="plain" icon="plus" onClick={() => setOpened(true)}>
            {t('visit.field.more')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Kind, what exactly within it, and whom they want to see; the table may know better whom to ask (V6). */
function KindAndHost(props: VisitFieldsProps & { required: ReadonlySet<RequiredName>; onHost: () => void }) {
  const { draft, patch, options, errors, required } = props
  const { t } = useTranslation()
  const spoken = useSpoken()
  const topics = options?.kinds.find(({ key }) => key === draft.kind)?.topics ?? []
  return (
    <>
      <div className={css.kindAndHost}>
        <Field label={t('visit.field.kind')} required error={errors.kind}>
          <SelectNative
            name="kind"
            value={draft.kind}
            placeholder={t('visit.field.kindHint')}
            options={(options?.kinds ?? []).map((kind) => ({ value: kind.key, label: spoken(kind.name) }))}
            onChange={(kind) => patch({ kind, category: '', topic: '' })}
          />
        </Field>
        <HostField
          label={t('visit.field.host')}
          required={required.has('hostName')}
          error={errors.hostName ?? errors.hostId}
          value={{ id: draft.hostId, name: draft.hostName, place: draft.hostPlace }}
          onChange={({ id, name, place }) => patch({ hostId: id, hostName: name, hostPlace: place })}
          onDone={props.onHost}
        />
      </div>
      {topics.length > 0 ? (
        <Field label={t('visit.field.topic')} error={errors.topic}>
          <SelectNative
            name="topic"
            value={draft.topic}
            placeholder={t('visit.field.topicNone')}
            options={topics.map((topic) => ({ value: topic.key, label: spoken(topic.name) }))}
            onChange={(topic) => patch({ topic })}
          />
        </Field>
      ) : null}
    </>
  )
}

interface TextFieldProps {
  name: Words
  draft: VisitDraft
  patch: (part: Partial<VisitDraft>) => void
  errors: Readonly<Record<string, string>>
  required: ReadonlySet<RequiredName>
}

function TextField({ name, draft, patch, errors, required }: TextFieldProps) {
  const { t } = useTranslation()
  const phone = name === 'phone'
  return (
    <Field label={t(`visit.field.${name}`)} required={required.has(name)} error={errors[name]}>
      <TextInput
        name={name}
        type={phone ? 'tel' : 'text'}
        inputMode={phone ? 'tel' : 'text'}
        maxLength={phone ? 30 : name === 'plate' ? 15 : 200}
        placeholder={phone ? draft.phoneMasked.replace(/^\+86/, '') : undefined}
        value={draft[name]}
        onChange={(value) => patch({ [name]: name === 'plate' ? value.toUpperCase() : value })}
      />
    </Field>
  )
}

/** What the category wants before, during and after, said in advance (ui.md §3). */
export function NeedsLine({ category }: { category: CategoryOption }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const needs = (['slip', 'idCheck', 'pass', 'escort', 'signOff'] as const).filter((need) => category[need])
  return (
    <p className={css.needs}>
      <strong>{spoken(category.name)}</strong>{' '}
      {needs.length > 0
        ? t('visit.policy.needs', {
            list: needs.map((need) => t(`visit.policy.${need}`)).join(t('visit.policy.comma')),
          })
        : t('visit.policy.nothing')}
    </p>
  )
}
