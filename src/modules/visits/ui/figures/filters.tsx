import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, SelectNative } from '../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { departments } from '../../../directory/contract.ts'
import { type Grain, grains } from '../../figures/rules.ts'
import { useVisitOptions } from '../queries.ts'
import css from './figures.module.css'
import { type FigureSearch, spanNames, spanOf } from './search.ts'

export interface FigureFiltersProps {
  search: FigureSearch & { from: string; to: string }
  grain: Grain
  today: string
  hostName: string | undefined
  onChange: (search: FigureSearch) => void
}

/** Span, kind, category, department and step, all in the address. */
export function FigureFilters({ search, grain, today, hostName, onChange }: FigureFiltersProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const tree = useQuery({
    queryKey: ['departments'],
    queryFn: ({ signal }) => call(departments.list, {}, { signal }),
    staleTime: 5 * 60_000,
  })
  const change = (part: { readonly [K in keyof FigureSearch]?: string | undefined }) => {
    const filled = Object.entries({ ...search, ...part }).filter(
      ([, value]) => value !== '' && value !== undefined,
    )
    onChange(Object.fromEntries(filled))
  }
  const select = (
    name: 'kind' | 'category' | 'departmentId',
    choices: { value: string; label: string }[],
  ) => (
    <Field label={t(`visits.figures.filter.${name}`)}>
      <SelectNative
        value={search[name] ?? ''}
        placeholder={t('visits.figures.filter.all')}
        options={choices}
        onChange={(value) => change({ [name]: value })}
      />
    </Field>
  )
  return (
    <search className={css.span} aria-label={t('visits.figures.filters')}>
      <Field label={t('visits.figures.from')}>
        <DateTimeInput
          kind="date"
          value={search.from}
          max={search.to}
          onChange={(from) => change({ from: from || search.from })}
        />
      </Field>
      <Field label={t('visits.figures.to')}>
        <DateTimeInput
          kind="date"
          value={search.to}
          min={search.from}
          onChange={(to) => change({ to: to || search.to })}
        />
      </Field>
      {select(
        'kind',
        (options?.kinds ?? []).map((one) => ({ value: one.key, label: spoken(one.name) })),
      )}
      {select(
        'category',
        (options?.categories ?? []).map((one) => ({ value: one.key, label: spoken(one.name) })),
      )}
      {select(
        'departmentId',
        (tree.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
      )}
      <Field label={t('visits.figures.filter.grain')}>
        <SelectNative
          value={grain}
          options={grains.map((value) => ({ value, label: t(`visits.figures.grain.${value}`) }))}
          onChange={(value) => change({ grain: value })}
        />
      </Field>
      <div className={css.quick}>
        {spanNames.map((name) => {
          const wanted = spanOf(name, today)
          const { grain: _, ...rest } = search
          return (
            <Button
              key={name}
              pressed={search.from === wanted.from && search.to === wanted.to}
              onClick={() => onChange({ ...rest, ...wanted })}
            >
              {t(`visits.figures.spans.${name}`)}
            </Button>
          )
        })}
        {search.hostId === undefined ? null : (
          <Button icon="close" onClick={() => change({ hostId: undefined })}>
            {t('visits.figures.onlyOne', { name: hostName ?? '' })}
          </Button>
        )}
      </div>
    </search>
  )
}
