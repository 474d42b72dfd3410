import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../ui-kit/field.tsx'
import { Checkbox, NumberInput, SelectNative, TextArea, TextInput } from '../../../ui-kit/inputs.tsx'
import { errorAt, type PartProps, type ShapeOf, useSettingForm } from './form-context.ts'
import { asJson, isList, isObject } from './json.ts'
import css from './settings.module.css'

/** What the Field around a leaf needs; the unit stands behind the name. */
function useField({ path, place, bare = false }: PartProps) {
  const { labels, errors } = useSettingForm()
  const { t } = useTranslation()
  const [name, unit] = [labels.label(place), labels.unit(place)]
  return {
    label: unit === undefined ? name : t('settings.withUnit', { name, unit }),
    hint: bare ? undefined : labels.hint(place),
    error: errorAt(errors, path),
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** As high as what is written in it, within reason. */
function rowsFor(written: string): number {
  // A Chinese character is two wide.
  const width = (line: string) => line.length + (line.match(/\p{Script=Han}/gu)?.length ?? 0)
  const lines = written.split('\n').reduce((sum, line) => sum + 1 + Math.floor(width(line) / 36), 0)
  return Math.min(lines, 8)
}

export function TextPart(props: PartProps<ShapeOf<'text'>>) {
  const { shape, value, onChange } = props
  const common = { value: text(value), onChange, maxLength: shape.most }
  return (
    <Field {...useField(props)}>
      {shape.long ? <TextArea {...common} rows={rowsFor(common.value)} /> : <TextInput {...common} />}
    </Field>
  )
}

/** Typed, as HH:MM: a browser's time field shows its own country's clock, and cannot hold 24:00. */
export function TimePart(props: PartProps<ShapeOf<'time'>>) {
  const { shape, value, onChange } = props
  return (
    <Field {...useField(props)}>
      <TextInput
        value={text(value)}
        onChange={(next) => onChange(next.replace('：', ':'))}
        onBlur={() => onChange(clockText(text(value)))}
        placeholder={shape.late ? '18:00' : '09:00'}
        maxLength={5}
      />
    </Field>
  )
}

/** 9:30, 930 and 0930 are what people type. */
function clockText(typed: string): string {
  const [, hours, minutes] = /^(\d{1,2}):?(\d{2})$/.exec(typed.trim()) ?? []
  return hours === undefined || minutes === undefined ? typed : `${hours.padStart(2, '0')}:${minutes}`
}

export function NumberPart(props: PartProps<ShapeOf<'number'>>) {
  const { shape, value, onChange } = props
  const { t } = useTranslation()
  const field = useField(props)
  const range =
    shape.min === undefined || shape.max === undefined
      ? undefined
      : t('settings.range', { min: shape.min, max: shape.max })
  const hint = [field.hint, range].filter((part) => part !== undefined).join(' · ')
  return (
    <Field {...field} hint={hint === '' ? undefined : hint}>
      <NumberInput
        value={typeof value === 'number' ? value : null}
        onChange={onChange}
        min={shape.min}
        max={shape.max}
        step={shape.integer ? 1 : undefined}
      />
    </Field>
  )
}

export function ChoicePart(props: PartProps<ShapeOf<'choice'>>) {
  const { shape, value, onChange, place, optional } = props
  const { labels } = useSettingForm()
  return (
    <Field {...useField(props)}>
      <SelectNative
        value={text(value)}
        onChange={onChange}
        placeholder={optional ? '—' : undefined}
        options={shape.options.map((option) => ({ value: option, label: labels.option(place, option) }))}
      />
    </Field>
  )
}

export function ChoicesPart(props: PartProps<ShapeOf<'choices'>>) {
  const { shape, value, onChange, place } = props
  const { labels } = useSettingForm()
  const chosen = isList(value) ? value : []
  return (
    <Field {...useField(props)} group>
      <div className={css.ticks}>
        {shape.options.map((option) => (
          <Checkbox
            key={option}
            checked={chosen.includes(option)}
            // In the schema's order, so that ticking twice leaves no trace.
            onChange={(on) =>
              onChange(shape.options.filter((one) => (one === option ? on : chosen.includes(one))))
            }
          >
            {labels.option(place, option)}
          </Checkbox>
        ))}
      </div>
    </Field>
  )
}

const languages = ['zh', 'en'] as const

/** One text in both languages side by side, so that nobody forgets the other. */
export function BilingualPart({
  shape,
  value,
  onChange,
  path,
  place,
  bare = false,
}: PartProps<ShapeOf<'bilingual'>>) {
  const { t } = useTranslation()
  const { labels, errors } = useSettingForm()
  const known = isObject(value) ? value : {}
  const whole = errorAt(errors, path)
  return (
    <fieldset className={css.bilingual}>
      <legend>{labels.label(place)}</legend>
      {bare || labels.hint(place) === undefined ? null : <p className={css.hint}>{labels.hint(place)}</p>}
      {languages.map((language) => {
        const common = {
          value: text(known[language]),
          onChange: (next: string) => onChange({ ...known, [language]: next }),
          maxLength: shape.most,
        }
        return (
          <div key={language} lang={language === 'zh' ? 'zh-CN' : 'en'}>
            <Field
              label={t(`settings.language.${language}`)}
              error={errorAt(errors, [...path, language]) ?? whole}
            >
              {shape.long ? <TextArea {...common} rows={rowsFor(common.value)} /> : <TextInput {...common} />}
            </Field>
          </div>
        )
      })}
    </fieldset>
  )
}

/** The last resort: the value as it is written. What is not JSON stays in the field until it is. */
export function JsonPart(props: PartProps<ShapeOf<'json'>>) {
  const { value, onChange } = props
  const { t } = useTranslation()
  const [draft, setDraft] = useState<string | null>(null)
  const field = useField(props)
  return (
    <Field {...field} error={draft === null ? field.error : t('settings.notJson')}>
      <TextArea
        rows={6}
        value={draft ?? JSON.stringify(value ?? null, null, 2)}
        onChange={(next) => {
          try {
            onChange(asJson(JSON.parse(next)))
            setDraft(null)
          } catch {
            setDraft(next)
          }
        }}
      />
    </Field>
  )
}
