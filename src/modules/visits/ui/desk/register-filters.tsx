import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, SelectNative } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useZone } from '../../../../ui-kit/language.ts'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { dayIn } from '../../../../ui-kit/zone-time.ts'
import { departments } from '../../../directory/contract.ts'
import { useSliceWords } from '../figures/slice-words.ts'
import { HostField } from '../host-field.tsx'
import { useVisitOptions } from '../queries.ts'
import { behindFigure, isFiltered, type RegisterSearch, registerStatuses } from '../register-search.ts'
import css from './register.module.css'

export interface RegisterFiltersProps {
  search: RegisterSearch
  onChange: (search: RegisterSearch) => void
}

type Changeable = 'from' | 'to' | 'status' | 'category' | 'kind' | 'departmentId' | 'q'

/** Every filter at once in the address; empty ones leave it. */
export function RegisterFilters({ search, onChange }: RegisterFiltersProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const tree = useQuery({
    queryKey: ['departments'],
    queryFn: ({ signal }) => call(departments.list, {}, { signal }),
    staleTime: 5 * 60_000,
  })

  function change(part: { readonly [K in Changeable]?: string }) {
    const next = { ...search, ...part }
    const filled = Object.entries(next).filter(([, value]) => value !== '' && value !== undefined)
    onChange(Object.fromEntries(filled))
  }

  const select = (
    name: 'status' | 'category' | 'kind' | 'departmentId',
    choices: { value: string; label: string }[],
  ) => (
    <Field label={t(`visits.register.filter.${name}`)}>
      <SelectNative
        value={search[name] ?? ''}
        placeholder={t('visits.register.filter.all')}
        options={choices}
        onChange={(value) => change({ [name]: value })}
      />
    </Field>
  )

  return (
    <search className={css.filters} aria-label={t('visits.register.filters')}>
      <SearchText
        label={t('visits.register.filter.q')}
        hint={t('visits.register.filter.qHint')}
        value={search.q ?? ''}
        onChange={(q) => change({ q })}
      />
      <Field label={t('visits.register.filter.from')}>
        <DateTimeInput
          kind="date"
          value={search.from ?? ''}
          max={search.to}
          onChange={(from) => change({ from })}
        />
      </Field>
      <Field label={t('visits.register.filter.to')}>
        <DateTimeInput
          kind="date"
          value={search.to ?? ''}
          min={search.from}
          onChange={(to) => change({ to })}
        />
      </Field>
      {select(
        'status',
        registerStatuses.map((value) => ({
          value,
          label: t(
            value === 'inside' || value === 'late_signature'
              ? `visits.register.${value}`
              : `visit.status.${value}`,
          ),
        })),
      )}
      {select(
        'category',
        (options?.categories ?? []).map((one) => ({ value: one.key, label: spoken(one.name) })),
      )}
      {select(
        'kind',
        (options?.kinds ?? []).map((one) => ({ value: one.key, label: spoken(one.name) })),
      )}
      {select(
        'departmentId',
        (tree.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
      )}
      <HostFilter search={search} onChange={onChange} />
      <QuickDays search={search} onChange={onChange} />
      <BehindFigure search={search} onChange={onChange} />
    </search>
  )
}

/** Came here from a figure: what it counts, to be taken away again. */
function BehindFigure({ search, onChange }: RegisterFiltersProps) {
  const { t } = useTranslation()
  const words = useSliceWords()(search)
  if (words === '') return null
  const asked = new Set<string>(behindFigure)
  return (
    <Button
      icon="close"
      pressed
      onClick={() =>
        onChange(Object.fromEntries(Object.entries(search).filter(([name]) => !asked.has(name))))
      }
    >
      {t('visits.figures.onlyThese', { words })}
    </Button>
  )
}

function HostFilter({ search, onChange }: RegisterFiltersProps) {
  const { t } = useTranslation()
  const { host: _, hostId: __, ...others } = search
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <HostField
      label={t('visits.register.filter.host')}
      value={{ id: search.hostId ?? '', name: typed ?? search.host ?? '', place: ' ' }}
      onChange={({ id, name }) => {
        setTyped(id ? null : name)
        if (id) onChange({ ...others, hostId: id, host: name })
        else if (name === '' && search.hostId) onChange(others)
      }}
    />
  )
}

function QuickDays({ search, onChange }: RegisterFiltersProps) {
  const { t } = useTranslation()
  const zone = useZone()
  const today = dayIn(zone, serverNow())
  const week = dayIn(zone, serverNow() - 6 * 86_400_000)
  const spans = { today: { from: today, to: today }, week: { from: week, to: today } }
  const { visit, order } = search
  return (
    <div className={css.quick}>
      {(['today', 'week'] as const).map((span) => (
        <Button
          key={span}
          pressed={search.from === spans[span].from && search.to === spans[span].to}
          onClick={() => onChange({ ...search, ...spans[span] })}
        >
          {t(`visits.register.span.${span}`)}
        </Button>
      ))}
      <Button
        kind="plain"
        icon="close"
        disabled={!isFiltered(search)}
        onClick={() => onChange({ ...(visit ? { visit } : {}), ...(order ? { order } : {}) })}
      >
        {t('visits.register.clear')}
      </Button>
    </div>
  )
}
