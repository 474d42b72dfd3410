import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { emptyOf } from './empty.ts'
import { errorAt, type PartProps, type ShapeOf, useSettingForm } from './form-context.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import css from './settings.module.css'
import { type FieldShape, isSimple } from './shape.ts'

/** The fields of an object; at the top without a frame, further in with its name above. */
export function ObjectPart({ shape, value, onChange, path, place }: PartProps<ShapeOf<'object'>>) {
  const { labels, errors } = useSettingForm()
  const known = isObject(value) ? value : {}
  const fields = <Fields fields={shape.fields} known={known} onChange={onChange} path={path} place={place} />
  const error = errorAt(errors, path)
  if (path.length === 0) return <div className={css.grid}>{fields}</div>
  return (
    <fieldset className={css.group}>
      <legend>{labels.label(place)}</legend>
      {error === undefined ? null : <p className={css.error}>{error}</p>}
      <div className={css.grid}>{fields}</div>
    </fieldset>
  )
}

interface FieldsProps extends Pick<PartProps, 'onChange' | 'path' | 'place'> {
  readonly fields: readonly FieldShape[]
  readonly known: JsonObject
}

/** Cells of a grid, one for each field; what is known besides them stays. */
export function Fields({ fields, known, onChange, path, place }: FieldsProps) {
  const { Part } = useSettingForm()
  return fields.map(({ name, shape, optional }) => {
    const set = (next: Json) => onChange({ ...known, [name]: next })
    const unset = () =>
      onChange(Object.fromEntries(Object.entries(known).filter(([other]) => other !== name)))
    const part: PartProps = {
      shape,
      value: known[name],
      onChange: set,
      path: [...path, name],
      place: [...place, name],
      optional,
    }
    return (
      <div key={name} className={isSimple(shape) ? css.cell : css.wide}>
        {optional ? <OptionalPart {...part} unset={unset} /> : <Part {...part} />}
      </div>
    )
  })
}

/** May be left out: plain fields by being empty, the others by taking them out. */
function OptionalPart({ unset, ...part }: PartProps & { readonly unset: () => void }) {
  const { t } = useTranslation()
  const { labels, readOnly, Part } = useSettingForm()
  const { shape, value, onChange, place } = part
  if (shape.kind === 'text' || shape.kind === 'time' || shape.kind === 'number') {
    return <Part {...part} onChange={(next) => (next === '' || next === null ? unset() : onChange(next))} />
  }
  if (shape.kind === 'boolean') return <Part {...part} />
  if (readOnly) return value === undefined ? null : <Part {...part} />
  if (value === undefined) {
    return (
      <Button icon="plus" onClick={() => onChange(emptyOf(shape))}>
        {t('settings.addPart', { name: labels.label(place) })}
      </Button>
    )
  }
  return (
    <div className={css.optional}>
      <Part {...part} />
      <Button kind="plain" icon="close" onClick={unset}>
        {t('settings.removePart', { name: labels.label(place) })}
      </Button>
    </div>
  )
}
