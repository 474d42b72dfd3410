import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { ErrorNotice } from '../../../../../ui-kit/error-notice.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../../ui-kit/keys.ts'
import { useSpoken } from '../../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import type { VisitRoute } from '../../../routes/contract.ts'
import css from './routes.module.css'
import { RowForm } from './row-form.tsx'
import { AddRow, RowList } from './row-list.tsx'
import { TryBox } from './try-box.tsx'
import { newRow, useRouteTable, useTableCheck } from './use-table.ts'

/** V6: the house's decision table of whom to ask: rows in order, what is wrong with them, and a box to try it. */
export function VisitRoutes() {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const table = useRouteTable()
  const { rows } = table
  const check = useTableCheck(rows)
  const { fieldTexts } = useProblemText()
  const [selected, setSelected] = useState<string | null>(null)
  const [hit, setHit] = useState<string | null>(null)
  const onHit = useCallback((key: string | null) => setHit(key), [])
  const editable = table.stored.data?.can.edit ?? false
  const row = rows.find(({ key }) => key === selected)
  const place = rows.findIndex(({ key }) => key === selected)
  const texts = Object.entries(fieldTexts(table.fault))
  const own = Object.fromEntries(
    texts.flatMap(([path, text]) =>
      path.startsWith(`value.${place}.`) ? [[path.slice(`value.${place}.`.length), text]] : [],
    ),
  )

  function move(key: string, by: -1 | 1) {
    const at = rows.findIndex((one) => one.key === key)
    const to = at + by
    if (at < 0 || to < 0 || to >= rows.length) return
    const next = [...rows]
    const [one] = next.splice(at, 1)
    if (one) next.splice(to, 0, one)
    table.change(next)
  }
  function remove(key: string) {
    const before = rows
    const one = rows.find((two) => two.key === key)
    table.change(rows.filter((two) => two.key !== key))
    if (selected === key) setSelected(null)
    showToast({
      text: t('visitRoutes.removed', { name: spoken(one?.name) || t('visitRoutes.unnamed') }),
      undo: () => table.change([...before]),
    })
  }
  function add() {
    const one = newRow(rows)
    // Before the row that takes everybody: behind it nobody would get to the new one.
    const everybody = rows.findIndex(({ when }) => takesAll(when))
    const at = everybody < 0 ? rows.length : everybody
    table.change([...rows.slice(0, at), one, ...rows.slice(at)])
    setSelected(one.key)
  }
  useKeys(
    {
      'Ctrl+s': { label: t('visitRoutes.save'), run: table.save },
      '+': { label: t('visitRoutes.add'), run: add },
    },
    { enabled: editable },
  )

  return (
    <div className={css.page}>
      <header className={css.top}>
        <div>
          <h1>{t('visitRoutes.title')}</h1>
          <p className={css.quiet}>{t('visitRoutes.hint')}</p>
        </div>
        {editable ? (
          <div className={css.actions}>
            <AddRow onAdd={add} />
            {table.changed ? <Button onClick={table.discard}>{t('visitRoutes.discard')}</Button> : null}
            <Button
              kind="primary"
              keyHint="Ctrl+S"
              busy={table.saving}
              disabled={!table.changed || table.outdated}
              onClick={table.save}
            >
              {t('visitRoutes.save')}
            </Button>
          </div>
        ) : null}
      </header>
      {table.outdated ? (
        <ErrorNotice tone="waiting" title={t('visitRoutes.outdated', { version: table.version })}>
          <span className={css.actions}>
            <Button onClick={table.keepMine}>{t('visitRoutes.keepMine')}</Button>
            <Button onClick={table.discard}>{t('visitRoutes.takeTheirs')}</Button>
          </span>
        </ErrorNotice>
      ) : null}
      {table.fault ? <ProblemNotice fault={table.fault} /> : null}
      {texts.length > 0 ? (
        <ul className={css.faults}>
          {texts.map(([path, text]) => (
            <li key={path}>
              {faultPlace(path, rows, spoken)} {text}
            </li>
          ))}
        </ul>
      ) : null}
      <ProblemNotice fault={table.stored.error} onRetry={table.stored.refetch} />
      {table.stored.isPending ? <Skeleton kind="cards" rows={4} /> : null}
      {table.stored.isSuccess ? (
        <div className={css.columns}>
          <div className={css.table}>
            {table.changed ? (
              <Field label={t('visitRoutes.why')}>
                <TextInput value={table.note} maxLength={200} onChange={table.setNote} />
              </Field>
            ) : null}
            {rows.length === 0 ? (
              <Empty title={t('visitRoutes.empty')}>{t('visitRoutes.emptyHint')}</Empty>
            ) : null}
            <RowList
              rows={rows}
              check={check}
              selected={selected}
              hit={hit}
              editable={editable}
              onOpen={setSelected}
              onMove={move}
              onRemove={remove}
            />
          </div>
          <div className={css.side}>
            {row && editable ? (
              <RowForm
                key={row.key}
                row={row}
                check={check}
                errors={own}
                onChange={(next) => table.change(rows.map((one) => (one.key === next.key ? next : one)))}
                onClose={() => setSelected(null)}
              />
            ) : null}
            <TryBox rows={rows} check={check} onHit={onHit} />
          </div>
        </div>
      ) : null}
    </div>
  )
}

const takesAll = (when: VisitRoute['when']) =>
  when.kinds.length + when.topics.length + when.words.length === 0 &&
  when.appointment === 'any' &&
  when.person === 'any' &&
  when.hours === 'any'

/** `value.3.targets.0.extension` → the row it is about, by name and number. */
function faultPlace(
  path: string,
  rows: readonly VisitRoute[],
  spoken: (text: { zh: string; en: string } | undefined) => string,
): string {
  const at = Number(/^value\.(\d+)/.exec(path)?.[1] ?? Number.NaN)
  if (Number.isNaN(at)) return ''
  return `${at + 1}. ${spoken(rows[at]?.name)}`
}
