import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../ui-kit/button.tsx'
import { cx } from '../../../ui-kit/cx.ts'
import { Field } from '../../../ui-kit/field.tsx'
import { TextInput } from '../../../ui-kit/inputs.tsx'
import { showToast } from '../../../ui-kit/toast.tsx'
import { emptyOf } from './empty.ts'
import { errorAt, type PartProps, type ShapeOf, useSettingForm } from './form-context.ts'
import { isObject } from './json.ts'
import css from './settings.module.css'

/** Values by names the house chooses; a name is given once, when the entry is added. */
export function MapPart({ shape, value, onChange, path, place }: PartProps<ShapeOf<'map'>>) {
  const { t } = useTranslation()
  const { labels, errors, Part, readOnly } = useSettingForm()
  const [name, setName] = useState('')
  const known = isObject(value) ? value : {}
  const taken = Object.hasOwn(known, name.trim())
  const error = errorAt(errors, path)

  function add() {
    if (name.trim() === '' || taken) return
    onChange({ ...known, [name.trim()]: emptyOf(shape.value) })
    setName('')
  }
  function remove(key: string) {
    onChange(Object.fromEntries(Object.entries(known).filter(([other]) => other !== key)))
    showToast({ text: t('settings.removed', { name: key }), undo: () => onChange(known) })
  }

  return (
    <fieldset className={cx(css.group, path.length === 0 && css.root)}>
      <legend>{labels.label(place)}</legend>
      {path.length === 0 || labels.hint(place) === undefined ? null : (
        <p className={css.hint}>{labels.hint(place)}</p>
      )}
      {error === undefined ? null : <p className={css.error}>{error}</p>}
      {Object.entries(known).map(([key, part]) => (
        <div key={key} className={css.line}>
          <div className={css.lineValue}>
            <Part
              shape={shape.value}
              value={part}
              onChange={(next) => onChange({ ...known, [key]: next })}
              path={[...path, key]}
              place={[...place, key]}
            />
          </div>
          {readOnly ? null : (
            <IconButton
              icon="trash"
              label={t('settings.remove', { name: key })}
              onClick={() => remove(key)}
            />
          )}
        </div>
      ))}
      {readOnly ? null : (
        <div className={css.line}>
          <div className={css.lineValue}>
            <Field label={t('settings.newName')} error={taken ? t('settings.nameTaken') : undefined}>
              <TextInput
                value={name}
                onChange={setName}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return
                  event.preventDefault()
                  add()
                }}
              />
            </Field>
          </div>
          <Button icon="plus" disabled={name.trim() === '' || taken} onClick={add}>
            {t('settings.addEntry')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
