import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../../ui-kit/button.tsx'
import { Combobox, type ComboboxOption } from '../../../../ui-kit/combobox.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import css from './areas.module.css'
import { matchingAreas } from './areas-search.ts'
import { useAreas } from './queries.ts'

interface AreasFieldProps {
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
  /** Places that stand in no tree; shown and taken away, never added here. */
  readonly places?: readonly string[] | undefined
  readonly onPlaces?: ((places: string[]) => void) | undefined
  /** What it allows by itself is said. */
  readonly category?: object | undefined
  readonly error?: string | undefined
  readonly size?: 'normal' | 'large' | undefined
}

/** Where the visitor may go, chosen by name from the tree; of a restricted one its head is asked (V9). */
export function AreasField(props: AreasFieldProps) {
  const { value, onChange, places = [], category, size } = props
  const { t } = useTranslation()
  const spoken = useSpoken()
  const [text, setText] = useState('')
  const tree = useAreas()
  const all = tree.data?.items ?? []
  const besides = allowedBy(category).map((name) => {
    const area = all.find((one) => one.name.zh === name || one.name.en === name)
    return area ? spoken(area.name) : name
  })
  if (all.length === 0 && places.length === 0) return null
  const byId = new Map(all.map((area) => [area.id, area]))
  const chosen = value.flatMap((id) => byId.get(id) ?? [])
  const asks = chosen.some((area) => area.restricted)
  const hint = [
    besides.length > 0 ? t('area.field.besides', { list: besides.join(t('area.field.comma')) }) : '',
    asks ? t('area.field.asks') : '',
  ]

  async function suggest(typed: string): Promise<ComboboxOption[]> {
    return matchingAreas(all, typed, value).map(({ area, path }) => ({
      id: area.id,
      label: spoken(area.name),
      hint: path.map((one) => spoken(one.name)).join(' › '),
      meta: area.restricted ? <StatusChip tone="waiting">{t('area.restricted')}</StatusChip> : null,
    }))
  }
  return (
    <div className={css.field}>
      <Field label={t('area.field.label')} hint={hint.filter(Boolean).join(' ')} error={props.error}>
        <Combobox
          name="areas"
          size={size}
          text={text}
          onTextChange={setText}
          suggest={suggest}
          minimum={0}
          markFirst={text.trim() !== ''}
          placeholder={t('area.field.placeholder')}
          onPick={({ id }) => {
            onChange([...value, id])
            setText('')
          }}
        />
      </Field>
      {chosen.length + places.length === 0 ? null : (
        <ul className={css.chosen} aria-label={t('area.field.chosen')}>
          {chosen.map((area) => (
            <li key={area.id}>
              <span>{spoken(area.name)}</span>
              {area.restricted ? <StatusChip tone="waiting">{t('area.restricted')}</StatusChip> : null}
              <IconButton
                icon="close"
                size={size}
                label={t('area.field.remove', { name: spoken(area.name) })}
                onClick={() => onChange(value.filter((id) => id !== area.id))}
              />
            </li>
          ))}
          {places.map((place) => (
            <li key={place}>
              <span>{place}</span>
              <IconButton
                icon="close"
                size={size}
                label={t('area.field.remove', { name: place })}
                onClick={() => props.onPlaces?.(places.filter((one) => one !== place))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function allowedBy(category: object | undefined): readonly string[] {
  if (category === undefined || !('areas' in category) || !Array.isArray(category.areas)) return []
  return category.areas.map(String)
}
