import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../../ui-kit/inputs.tsx'
import { emptyOf } from './empty.ts'
import { type PartProps, type ShapeOf, useSettingForm } from './form-context.ts'
import type { Json } from './json.ts'
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
import { ObjectPart } from './object-part.tsx'
import css from './settings.module.css'
import { VariantsPart } from './variants-part.tsx'

/** One value of a setting as a form, by its shape. */
export function Part(props: PartProps) {
  const { shape } = props
  switch (shape.kind) {
    case 'object':
      return <ObjectPart {...props} shape={shape} />
    case 'variants':
      return <VariantsPart {...props} shape={shape} />
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

/** Nothing is a value of its own, with a meaning its hint explains. */
function NullablePart({ shape, value, onChange, ...rest }: PartProps<ShapeOf<'nullable'>>) {
  const { t } = useTranslation()
  const { labels } = useSettingForm()
  if (shape.inner.kind === 'choice') {
    const put = (next: Json) => onChange(next === '' ? null : next)
    return <ChoicePart {...rest} shape={shape.inner} value={value} onChange={put} optional />
  }
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
