import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, SelectNative } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useZone } from '../../../../ui-kit/language.ts'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { dayIn } from '../../../../ui-kit/zone-time.ts'
import { outcomes } from '../../rules.ts'
import { useCallOptions } from '../queries.ts'
import css from './log.module.css'
import { directions, isFiltered, type LogSearch, readLogSearch } from './log-search.ts'

interface LogFiltersProps {
  search: LogSearch
  onChange: (search: LogSearch) => void
}

/** Every filter at once in the address; empty ones leave it. */
export function LogFilters({ search, onChange }: LogFiltersProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useCallOptions()
  const change = (part: Readonly<Record<string, string | undefined>>) =>
    onChange(readLogSearch({ ...search, ...part }))
  return (
    <search className={css.filters} aria-label={t('calls.log.filters')}>
      <SearchText
        label={t('calls.log.filter.text')}
        hint={t('calls.log.filter.textHint')}
        value={search.text ?? ''}
        onChange={(text) => change({ text })}
      />
      <Field label={t('calls.log.filter.from')}>
        <DateTimeInput
          kind="date"
          value={search.from ?? ''}
          max={search.to}
          onChange={(from) => change({ from })}
        />
      </Field>
      <Field label={t('calls.log.filter.to')}>
        <DateTimeInput
          kind="date"
          value={search.to ?? ''}
          min={search.from}
          onChange={(to) => change({ to })}
        />
      </Field>
      <Field label={t('calls.log.filter.direction')}>
        <SelectNative
          value={search.direction ?? ''}
          placeholder={t('calls.log.filter.all')}
          options={directions.map((value) => ({ value, label: t(`calls.log.direction.${value}`) }))}
          onChange={(direction) => change({ direction })}
        />
      </Field>
      <Field label={t('calls.log.filter.outcome')}>
        <SelectNative
          value={search.outcome ?? ''}
          placeholder={t('calls.log.filter.all')}
          options={outcomes.map((value) => ({ value, label: t(`calls.figures.outcome.${value}`) }))}
          onChange={(outcome) => change({ outcome })}
        />
      </Field>
      <Field label={t('calls.log.filter.route')}>
        <SelectNative
          value={search.route ?? ''}
          placeholder={t('calls.log.filter.all')}
          options={(options?.routes ?? []).map((one) => ({ value: one.key, label: spoken(one.name) }))}
          onChange={(route) => change({ route })}
        />
      </Field>
      <Quick search={search} onChange={onChange} />
    </search>
  )
}

function Quick({ search, onChange }: LogFiltersProps) {
  const { t } = useTranslation()
  const zone = useZone()
  const today = dayIn(zone, serverNow())
  const spans = {
    today: { from: today, to: today },
    week: { from: dayIn(zone, serverNow() - 6 * 86_400_000), to: today },
  }
  const without = (name: keyof LogSearch) => {
    const { [name]: _, ...rest } = search
    return rest
  }
  return (
    <div className={css.quick}>
      {(['today', 'week'] as const).map((span) => (
        <Button
          key={span}
          pressed={search.from === spans[span].from && search.to === spans[span].to}
          onClick={() => onChange({ ...search, ...spans[span] })}
        >
          {t(`calls.figures.spans.${span}`)}
        </Button>
      ))}
      {(['late', 'private'] as const).map((name) => (
        <Button
          key={name}
          pressed={search[name] === 'true'}
          onClick={() => onChange(search[name] === 'true' ? without(name) : { ...search, [name]: 'true' })}
        >
          {t(`calls.log.only.${name}`)}
        </Button>
      ))}
      {(['handlerId', 'contactId', 'customerId'] as const).map((name) =>
        search[name] === undefined ? null : (
          <Button key={name} icon="close" pressed onClick={() => onChange(without(name))}>
            {t(`calls.log.only.${name}`)}
          </Button>
        ),
      )}
      <Button
        kind="plain"
        icon="close"
        disabled={!isFiltered(search)}
        onClick={() => onChange(search.call === undefined ? {} : { call: search.call })}
      >
        {t('calls.log.clear')}
      </Button>
    </div>
  )
}
