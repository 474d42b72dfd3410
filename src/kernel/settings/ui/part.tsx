import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { Checkbox } from '../../../ui-kit/inputs.tsx'
import { errorAt, type PartProps, type ShapeOf, useSettingForm } from './form-context.ts'
import { isObject, type Json } from './json.ts'
import {
  BilingualPart,
  ChoicePart,
  ChoicesPart,
  JsonPart,
  NumberPart,
  TextPart,
  TimePart,
} from './leaves.tsx'
import { ListPart } from './list-part.tsx'
import { MapPart } from './map-part.tsx'
import css from './settings.module.css'
import { emptyOf, isSimple } from './shape.ts'

/** One value of a setting as a form, by its shape. */
export function Part(props: PartProps) {
  const { shape } = props
  switch (shape.kind) {
    case 'object':
      return <ObjectPart {...props} shape={shape} />
    case 'bilingual':
      return <BilingualPart {...props} shape={shape} />
    case 'list':
      return <ListPart {...props} shape={shape} />
    case 'choices':
      return <ChoicesPart {...props} shape={shape} />
    case 'map':
      return <MapPart {...props} shape={shape} />
    case 'choice':
      return <ChoicePart {...props} shape={shape} />
    case 'text':
      return <TextPart {...props} shape={shape} />
    case 'time':
      return <TimePart {...props} shape={shape} />
    case 'number':
      return <NumberPart {...props} shape={shape} />
    case 'boolean':
      return <BooleanPart {...props} shape={shape} />
    case 'nullable':
      return <NullablePart {...props} shape={shape} />
    case 'json':
      return <JsonPart {...props} shape={shape} />
  }
}

function BooleanPart({ value, onChange, place }: PartProps<ShapeOf<'boolean'>>) {
  const { labels } = useSettingForm()
  return (
    <div className={css.tick}>
      <Checkbox checked={value === true} onChange={onChange} hint={labels.hint(place)}>
        {labels.label(place)}
      </Checkbox>
    </div>
  )
}

/** The fields of an object; at the top without a frame, further in with its name above. */
function ObjectPart({ shape, value, onChange, path, place }: PartProps<ShapeOf<'object'>>) {
  const { labels, errors } = useSettingForm()
  const known = isObject(value) ? value : {}
  const fields = shape.fields.map(({ name, shape: inner, optional }) => {
    const set = (next: Json) => onChange({ ...known, [name]: next })
    const unset = () =>
      onChange(Object.fromEntries(Object.entries(known).filter(([other]) => other !== name)))
    const part: PartProps = {
      shape: inner,
      value: known[name],
      onChange: set,
      path: [...path, name],
      place: [...place, name],
      optional,
    }
    return (
      <div key={name} className={isSimple(inner) ? css.cell : css.wide}>
        {optional ? <OptionalPart {...part} unset={unset} /> : <Part {...part} />}
      </div>
    )
  })
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

/** May be left out: plain fields by being empty, the others by taking them out. */
function OptionalPart({ unset, ...part }: PartProps & { readonly unset: () => void }) {
  const { t } = useTranslation()
  const { labels, readOnly } = useSettingForm()
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

/** Nothing is a value of its own, with a meaning its hint explains. */
function NullablePart({ shape, value, onChange, ...rest }: PartProps<ShapeOf<'nullable'>>) {
  const { t } = useTranslation()
  const { labels } = useSettingForm()
  const set = value !== null && value !== undefined
  return (
    <div className={css.optional}>
      <Checkbox
        checked={set}
        onChange={(checked) => onChange(checked ? emptyOf(shape.inner) : null)}
        hint={set ? undefined : labels.hint(rest.place)}
      >
        {t('settings.setPart', { name: labels.label(rest.place) })}
      </Checkbox>
      {set ? <Part {...rest} shape={shape.inner} value={value} onChange={onChange} /> : null}
    </div>
  )
}
