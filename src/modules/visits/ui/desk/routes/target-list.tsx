import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../../../ui-kit/button.tsx'
import { call } from '../../../../../ui-kit/client.ts'
import { Combobox, type ComboboxOption } from '../../../../../ui-kit/combobox.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../../../ui-kit/inputs.tsx'
import { departments, employees } from '../../../../directory/contract.ts'
import type { VisitTarget } from '../../../routes/contract.ts'
import css from './routes.module.css'
import type { TableCheck } from './use-table.ts'

const kinds = [
  'host',
  'host-head',
  'owner',
  'owner-head',
  'duty',
  'extension',
  'person',
  'department',
  'department-head',
] as const

export interface TargetListProps {
  row: string
  targets: readonly VisitTarget[]
  check: TableCheck
  onChange: (targets: VisitTarget[]) => void
}

/** Whom to ask, in order: each with its picker over the real directory, and who is behind it now. */
export function TargetList({ row, targets, check, onChange }: TargetListProps) {
  const { t } = useTranslation()
  const put = (at: number, target: VisitTarget) =>
    onChange(targets.map((one, index) => (index === at ? target : one)))
  const move = (at: number, by: -1 | 1) => {
    const next = [...targets]
    const [one] = next.splice(at, 1)
    if (one) next.splice(at + by, 0, one)
    onChange(next)
  }
  return (
    <fieldset className={css.targets}>
      <legend>{t('visitRoutes.targets')}</legend>
      <ol className={css.targetList}>
        {targets.map((target, at) => {
          const place = check.places.find((one) => one.row === row && one.index === at)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: targets have no name of their own, their place is it
            <li key={at} className={css.target}>
              <Field label={t('visitRoutes.targetNumber', { number: at + 1 })}>
                <SelectNative
                  value={target.kind}
                  options={kinds.map((kind) => ({ value: kind, label: t(`visitRoutes.target.${kind}`) }))}
                  onChange={(kind) => put(at, emptyTarget(kinds.find((one) => one === kind) ?? 'host'))}
                />
              </Field>
              <Place target={target} posts={check.posts} onChange={(next) => put(at, next)} />
              {place ? (
                <p className={place.found ? css.quiet : css.warn}>
                  {place.found
                    ? [place.found.name, place.found.department, place.found.extension]
                        .filter(Boolean)
                        .join(' · ')
                    : t('visitRoutes.nobody')}
                </p>
              ) : null}
              <span className={css.tools}>
                <IconButton
                  icon="chevronUp"
                  label={t('visitRoutes.targetUp', { number: at + 1 })}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                />
                <IconButton
                  icon="chevronDown"
                  label={t('visitRoutes.targetDown', { number: at + 1 })}
                  disabled={at === targets.length - 1}
                  onClick={() => move(at, 1)}
                />
                <IconButton
                  icon="trash"
                  label={t('visitRoutes.targetRemove', { number: at + 1 })}
                  onClick={() => onChange(targets.filter((_, index) => index !== at))}
                />
              </span>
            </li>
          )
        })}
      </ol>
      {targets.length < 12 ? (
        <Button icon="plus" onClick={() => onChange([...targets, { kind: 'host' }])}>
          {t('visitRoutes.targetAdd')}
        </Button>
      ) : null}
    </fieldset>
  )
}

function emptyTarget(kind: VisitTarget['kind']): VisitTarget {
  switch (kind) {
    case 'duty':
      return { kind, post: '' }
    case 'extension':
      return { kind, extension: '', name: { zh: '', en: '' } }
    case 'person':
      return { kind, staffNumber: '' }
    case 'department':
    case 'department-head':
      return { kind, department: '' }
    default:
      return { kind }
  }
}

interface PlaceProps {
  target: VisitTarget
  posts: TableCheck['posts']
  onChange: (target: VisitTarget) => void
}

interface Found extends ComboboxOption {
  text: string
  name: string
}

/** By name, pinyin or number; what is written counts, so that a number nobody has yet can be entered, too. */
async function colleagues(q: string, signal: AbortSignal, part: 'number' | 'extension'): Promise<Found[]> {
  const { items } = await call(employees.list, { query: { q } }, { signal })
  return items.flatMap((one): Found[] => {
    const text = one[part]
    if (!text) return []
    return [{ id: one.id, label: one.name, hint: one.departmentName ?? '', meta: text, text, name: one.name }]
  })
}

function Place({ target, posts, onChange }: PlaceProps) {
  const { t } = useTranslation()
  switch (target.kind) {
    case 'extension':
      return (
        <>
          <Field label={t('visitRoutes.extension')}>
            <Combobox<Found>
              text={target.extension}
              onTextChange={(extension) => onChange({ ...target, extension: extension.trim() })}
              suggest={(q, signal) => colleagues(q, signal, 'extension')}
              onPick={({ text, name }) =>
                onChange({
                  ...target,
                  extension: text,
                  name: target.name.zh ? target.name : { zh: name, en: name },
                })
              }
            />
          </Field>
          <Field label={t('visitRoutes.nameZh')}>
            <TextInput
              value={target.name.zh}
              maxLength={100}
              onChange={(zh) => onChange({ ...target, name: { ...target.name, zh } })}
            />
          </Field>
          <Field label={t('visitRoutes.nameEn')}>
            <TextInput
              value={target.name.en}
              maxLength={100}
              onChange={(en) => onChange({ ...target, name: { ...target.name, en } })}
            />
          </Field>
        </>
      )
    case 'person':
      return (
        <Field label={t('visitRoutes.staffNumber')}>
          <Combobox<Found>
            text={target.staffNumber}
            onTextChange={(staffNumber) => onChange({ ...target, staffNumber: staffNumber.trim() })}
            suggest={(q, signal) => colleagues(q, signal, 'number')}
            onPick={({ text }) => onChange({ ...target, staffNumber: text })}
          />
        </Field>
      )
    case 'department':
    case 'department-head':
      return <DepartmentField target={target} onChange={onChange} />
    case 'duty':
      return (
        <Field label={t('visitRoutes.post')}>
          <SelectNative
            value={target.post}
            placeholder={t('visitRoutes.choose')}
            options={withOwn(
              target.post,
              posts.map(({ key, name, today }) => ({
                value: key,
                label: today ? `${name} · ${today}` : name,
              })),
            )}
            onChange={(post) => onChange({ ...target, post })}
          />
        </Field>
      )
    default:
      return null
  }
}

/** What stands in the table stays choosable though it is gone from the house; the warning says so. */
function withOwn(value: string, options: { value: string; label: string }[]) {
  return value === '' || options.some((one) => one.value === value)
    ? options
    : [{ value, label: value }, ...options]
}

function DepartmentField({
  target,
  onChange,
}: {
  target: Extract<VisitTarget, { kind: 'department' | 'department-head' }>
  onChange: (target: VisitTarget) => void
}) {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['directory', 'departments'],
    queryFn: ({ signal }) => call(departments.list, {}, { signal }),
    staleTime: 60_000,
  })
  const names = [...new Set((data?.items ?? []).filter(({ active }) => active).map(({ name }) => name))]
  return (
    <Field label={t('visitRoutes.department')}>
      <SelectNative
        value={target.department}
        placeholder={t('visitRoutes.choose')}
        options={withOwn(
          target.department,
          names.map((name) => ({ value: name, label: name })),
        )}
        onChange={(department) => onChange({ ...target, department })}
      />
    </Field>
  )
}
