import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../ui-kit/button.tsx'
import { cx } from '../../../ui-kit/cx.ts'
import { Icon } from '../../../ui-kit/icon.tsx'
import { Menu } from '../../../ui-kit/menu.tsx'
import { showToast } from '../../../ui-kit/toast.tsx'
import { VisuallyHidden } from '../../../ui-kit/visually-hidden.tsx'
import { nextEntry } from './empty.ts'
import { errorAt, hasErrorBelow, type PartProps, type ShapeOf, useSettingForm } from './form-context.ts'
import { isList, type Json } from './json.ts'
import css from './settings.module.css'
import { isSimple, type Shape } from './shape.ts'
import { titleOf } from './title.ts'

let lastId = 0
const newKey = () => ++lastId

/** Add, remove, reorder. Entries with fields of their own fold up to one line; an entry with an error opens. */
export function ListPart({ shape, value, onChange, path, place }: PartProps<ShapeOf<'list'>>) {
  const { t } = useTranslation()
  const { labels, errors, Part, readOnly } = useSettingForm()
  const items = isList(value) ? value : []
  const words = { language: t('settings.language.code'), option: labels.option }
  // An entry keeps its key while it moves, so that what is open stays open and the focus stays where it was.
  const [keys, setKeys] = useState<readonly number[]>(() => items.map(newKey))
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const own = keys.length === items.length ? keys : items.map((_, n) => keys[n] ?? -n - 1)

  function put(next: readonly Json[], nextKeys: readonly number[]) {
    setKeys(nextKeys)
    onChange(next)
  }
  function move(from: number, to: number) {
    put(moved(items, from, to), moved(own, from, to))
  }
  function remove(at: number) {
    put(items.toSpliced(at, 1), own.toSpliced(at, 1))
    showToast({ text: t('settings.removed', { name: nameOf(items[at], at) }), undo: () => put(items, own) })
  }
  function add(item: Json, at: number) {
    const key = newKey()
    put(items.toSpliced(at, 0, item), own.toSpliced(at, 0, key))
    setOpen(new Set([...open, key]))
  }
  function toggle(key: number) {
    setOpen(new Set(open.has(key) ? [...open].filter((one) => one !== key) : [...open, key]))
  }
  function nameOf(item: Json | undefined, at: number): string {
    return titleOf(item, shape.item, place, words) ?? t('settings.entry', { number: at + 1 })
  }

  const full = shape.most !== undefined && items.length >= shape.most
  const simple = isSimple(shape.item) || isShort(shape.item)
  const bare = ['text', 'time', 'number', 'choice'].includes(shape.item.kind)
  const error = errorAt(errors, path)
  const name = labels.label(place)
  return (
    <fieldset className={cx(css.group, path.length === 0 && css.root)}>
      <legend>{name}</legend>
      {path.length === 0 || labels.hint(place) === undefined ? null : (
        <p className={css.hint}>{labels.hint(place)}</p>
      )}
      {error === undefined ? null : <p className={css.error}>{error}</p>}
      {items.length === 0 ? <p className={css.hint}>{t('settings.none')}</p> : null}
      <ol className={css.entries}>
        {items.map((item, n) => {
          const key = own[n] ?? n
          const wrong = hasErrorBelow(errors, [...path, String(n)])
          const shown = simple || wrong || readOnly || open.has(key)
          const part = (
            <Part
              shape={shape.item}
              value={item}
              onChange={(next) => onChange(items.with(n, next))}
              path={[...path, String(n)]}
              place={place}
              bare={simple}
            />
          )
          const acts = readOnly ? null : (
            <Menu label={t('settings.acts', { name: nameOf(item, n) })} align="end" items={actsOf(n)}>
              <Icon name="more" />
            </Menu>
          )
          return (
            <li key={key} className={cx(simple ? css.line : css.entry, wrong && css.wrong)}>
              {simple ? (
                <>
                  <div className={cx(css.lineValue, bare && css.bare)}>{part}</div>
                  {readOnly ? null : (
                    <IconButton
                      icon="trash"
                      label={t('settings.remove', { name: nameOf(item, n) })}
                      onClick={() => remove(n)}
                    />
                  )}
                  {acts}
                </>
              ) : (
                <>
                  <div className={css.entryHead}>
                    <button
                      type="button"
                      className={css.fold}
                      aria-expanded={shown}
                      onClick={() => toggle(key)}
                    >
                      <Icon name={shown ? 'chevronDown' : 'chevronRight'} size={16} />
                      <span className={css.entryTitle}>{nameOf(item, n)}</span>
                    </button>
                    {acts}
                  </div>
                  {shown ? <div className={css.entryBody}>{part}</div> : null}
                </>
              )}
            </li>
          )
        })}
      </ol>
      {readOnly ? null : (
        <div>
          <Button icon="plus" disabled={full} onClick={() => add(nextEntry(shape.item, items), items.length)}>
            {full ? t('settings.full', { most: shape.most }) : t('settings.addEntry')}
            <VisuallyHidden>{name}</VisuallyHidden>
          </Button>
        </div>
      )}
    </fieldset>
  )

  function actsOf(n: number) {
    const item = items[n]
    return [
      ...(n > 0 ? [{ id: 'up', label: t('settings.up'), run: () => move(n, n - 1) }] : []),
      ...(n < items.length - 1 ? [{ id: 'down', label: t('settings.down'), run: () => move(n, n + 1) }] : []),
      ...(full || item === undefined
        ? []
        : [{ id: 'copy', label: t('settings.copy'), icon: 'copy' as const, run: () => add(item, n + 1) }]),
      {
        id: 'remove',
        label: t('settings.removeEntry'),
        icon: 'trash' as const,
        apart: true,
        run: () => remove(n),
      },
    ]
  }
}

/** From and to, name and value: fits one line. */
function isShort(shape: Shape): boolean {
  return (
    shape.kind === 'object' &&
    shape.fields.length <= 2 &&
    shape.fields.every((field) => isSimple(field.shape) && field.shape.kind !== 'bilingual')
  )
}

function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from]
  return item === undefined ? list : list.toSpliced(from, 1).toSpliced(to, 0, item)
}
