import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call } from '../../../../../ui-kit/client.ts'
import { serverNow } from '../../../../../ui-kit/clock.ts'
import { Field } from '../../../../../ui-kit/field.tsx'
import { DateTimeInput, SelectNative } from '../../../../../ui-kit/inputs.tsx'
import { useSpoken, useZone } from '../../../../../ui-kit/language.ts'
import { SearchText } from '../../../../../ui-kit/search-text.tsx'
import { dayIn } from '../../../../../ui-kit/zone-time.ts'
import { departments } from '../../../../directory/contract.ts'
import { HostField } from '../../../ui/host-field.tsx'
import { useOutingOptions } from '../queries.ts'
import { type OutingSearch, outingFilters } from '../search.ts'
import css from '../staff.module.css'

/** Every filter at once in the address; empty ones leave it. */
export function StaffFilters({
  search,
  onChange,
}: {
  search: OutingSearch
  onChange: (search: OutingSearch) => void
}) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const { data: options } = useOutingOptions()
  const [typed, setTyped] = useState<string | null>(null)
  const tree = useQuery({
    queryKey: ['departments'],
    queryFn: ({ signal }) => call(departments.list, {}, { signal }),
    staleTime: 5 * 60_000,
  })
  function change(part: { readonly [K in keyof OutingSearch]?: string | undefined }) {
    const filled = Object.entries({ ...search, ...part }).filter(([, value]) => value)
    onChange(Object.fromEntries(filled))
  }
  const select = (
    name: 'status' | 'reason' | 'departmentId',
    choices: readonly { value: string; label: string }[],
  ) => (
    <Field label={t(`outing.filter.${name}`)}>
      <SelectNative
        value={search[name] ?? ''}
        placeholder={t('outing.all')}
        options={choices}
        onChange={(value) => change({ [name]: value })}
      />
    </Field>
  )
  const today = dayIn(zone, serverNow())
  return (
    <search className={css.filters} aria-label={t('outing.filters')}>
      <SearchText
        label={t('outing.filter.q')}
        hint={t('outing.filter.qHint')}
        value={search.q ?? ''}
        onChange={(q) => change({ q })}
      />
      {(['from', 'to'] as const).map((name) => (
        <Field key={name} label={t(`outing.filter.${name}`)}>
          <DateTimeInput
            kind="date"
            value={search[name] ?? ''}
            onChange={(value) => change({ [name]: value })}
          />
        </Field>
      ))}
      {select(
        'status',
        outingFilters.map((value) => ({ value, label: t(`outing.status.${value}`) })),
      )}
      {select(
        'reason',
        (options?.reasons ?? []).map((one) => ({ value: one.key, label: spoken(one.name) })),
      )}
      {select(
        'departmentId',
        (tree.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
      )}
      <HostField
        label={t('outing.filter.person')}
        value={{ id: search.employeeId ?? '', name: typed ?? search.person ?? '', place: ' ' }}
        onChange={({ id, name }) => {
          setTyped(id ? null : name)
          if (id) change({ employeeId: id, person: name })
          else if (name === '') change({ employeeId: undefined, person: undefined })
        }}
      />
      <div className={css.quick}>
        <Button
          pressed={search.from === today && search.to === today}
          onClick={() => change({ from: today, to: today })}
        >
          {t('outing.today')}
        </Button>
        <Button icon="close" disabled={Object.keys(search).length === 0} onClick={() => onChange({})}>
          {t('outing.clear')}
        </Button>
      </div>
    </search>
  )
}
