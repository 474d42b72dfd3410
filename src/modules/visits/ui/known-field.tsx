import { useTranslation } from 'react-i18next'
import { Combobox, type ComboboxOption } from '../../../ui-kit/combobox.tsx'
import { Field } from '../../../ui-kit/field.tsx'
import { useUiLanguage, useZone } from '../../../ui-kit/language.ts'
import { formatDay } from '../../../ui-kit/zone-time.ts'
import { findKnown, type KnownVisitor } from './queries.ts'

export interface KnownFieldProps {
  text: string
  onTextChange: (text: string) => void
  onPick: (known: KnownVisitor) => void
  onEnter?: (() => void) | undefined
  error?: string | undefined
  hint?: string | undefined
  /** Others who may be meant by this name and have a way in of their own. */
  also?: ((q: string, signal: AbortSignal) => Promise<readonly Also[]>) | undefined
  size?: 'normal' | 'large' | undefined
  autoFocus?: boolean | undefined
}

export interface Also extends ComboboxOption {
  run: () => void
}

type Option = Also | (ComboboxOption & { known: KnownVisitor })

/** Initials or the end of a phone number: the hit is meant. A written-out name may be somebody new with that name. */
const isShorthand = (text: string) => /^([a-z]{1,8}|\d{3,})$/i.test(text.trim())

/** The visitor's name; whoever has been here before fills in the rest. */
export function KnownField(props: KnownFieldProps) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()

  async function suggest(q: string, signal: AbortSignal): Promise<Option[]> {
    const [others, found] = await Promise.all([props.also?.(q, signal) ?? [], findKnown(q, signal)])
    const known = found.map((known) => ({
      id: known.id,
      label: known.name,
      hint: [known.organisation, known.phoneMasked].filter(Boolean).join(' · '),
      meta: t('visit.known.last', {
        count: known.visits,
        day: formatDay(known.lastVisitAt, zone, language),
      }),
      known,
    }))
    // Behind those who have been here: initials and Enter still take the first of them.
    return [...known, ...others]
  }

  return (
    <Field label={t('visit.field.visitorName')} required error={props.error} hint={props.hint}>
      <Combobox<Option>
        name="visitorName"
        text={props.text}
        onTextChange={props.onTextChange}
        suggest={suggest}
        onPick={(option) => ('run' in option ? option.run() : props.onPick(option.known))}
        onEnter={props.onEnter}
        markFirst={isShorthand(props.text)}
        placeholder={t('visit.known.placeholder')}
        size={props.size}
        autoFocus={props.autoFocus}
      />
    </Field>
  )
}
