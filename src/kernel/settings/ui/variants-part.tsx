import { useRef } from 'react'
import { Field } from '../../../ui-kit/field.tsx'
import { SelectNative } from '../../../ui-kit/inputs.tsx'
import { asVariant } from './empty.ts'
import { errorAt, type PartProps, type ShapeOf, useSettingForm } from './form-context.ts'
import { isObject, type JsonObject } from './json.ts'
import { Fields } from './object-part.tsx'
import css from './settings.module.css'

/** Which kind, and the fields of that kind alone. */
export function VariantsPart({ shape, value, onChange, path, place }: PartProps<ShapeOf<'variants'>>) {
  const { labels, errors } = useSettingForm()
  const known = isObject(value) ? value : {}
  // Arrow keys pass through the kinds between: what was typed for another kind comes back with it.
  const typed = useRef<JsonObject>({})
  const kindPlace = [...place, shape.by]
  const inList = path.at(-1) !== place.at(-1)
  const chosen = shape.variants.find((one) => one.value === known[shape.by])

  function choose(kind: string) {
    typed.current = { ...typed.current, ...known }
    onChange(asVariant(shape, typed.current, kind))
  }

  return (
    <fieldset className={css.group} aria-label={labels.label(place)}>
      <div className={css.grid}>
        <div className={css.cell}>
          <Field
            // A list has said its name already.
            label={labels.label(inList ? kindPlace : place)}
            hint={inList ? undefined : labels.hint(place)}
            error={errorAt(errors, [...path, shape.by]) ?? errorAt(errors, path)}
          >
            <SelectNative
              value={chosen?.value ?? ''}
              onChange={choose}
              options={shape.variants.map((one) => ({
                value: one.value,
                label: labels.option(kindPlace, one.value),
              }))}
            />
          </Field>
        </div>
        <Fields
          // New fields, not the old ones renamed: nothing begun in one stays in the other.
          key={chosen?.value}
          fields={chosen?.fields ?? []}
          known={known}
          onChange={onChange}
          path={path}
          place={place}
        />
      </div>
    </fieldset>
  )
}
