import { useTranslation } from 'react-i18next'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { languageName, spokenLanguages } from '../../sheets/words.ts'
import css from './directory.module.css'

const states = ['active', 'inactive', 'all'] as const

export interface Filters {
  readonly text: string
  readonly departmentId: string | null
  readonly state: (typeof states)[number]
  readonly lineWorker: boolean
  readonly language: string
  readonly dialect: string
}

export const noFilters: Filters = {
  text: '',
  departmentId: null,
  state: 'active',
  lineWorker: false,
  language: '',
  dialect: '',
}

export function queryOf(filters: Filters) {
  const { text, departmentId, state, lineWorker, language, dialect } = filters
  return {
    state,
    ...(text.trim() === '' ? {} : { q: text.trim() }),
    ...(departmentId === null ? {} : { departmentId }),
    ...(lineWorker ? { lineWorker: 'true' as const } : {}),
    ...(language === '' ? {} : { language }),
    ...(dialect.trim() === '' ? {} : { dialect: dialect.trim() }),
  }
}

export function EmployeeFilters(props: { filters: Filters; onChange: (part: Partial<Filters>) => void }) {
  const { filters, onChange } = props
  const { t, i18n } = useTranslation()
  const lang = i18n.language.startsWith('zh') ? 'zh' : 'en'
  return (
    <search className={css.filters}>
      <Field label={t('directory.search')}>
        <TextInput
          type="search"
          value={filters.text}
          onChange={(text) => onChange({ text })}
          placeholder={t('directory.searchHint')}
          maxLength={100}
        />
      </Field>
      <Field label={t('directory.employee.state')}>
        <SelectNative
          value={filters.state}
          onChange={(value) => onChange({ state: states.find((one) => one === value) ?? 'active' })}
          options={states.map((value) => ({ value, label: t(`directory.states.${value}`) }))}
        />
      </Field>
      <Field label={t('directory.speaks')}>
        <SelectNative
          value={filters.language}
          onChange={(language) => onChange({ language })}
          placeholder={t('directory.any')}
          options={spokenLanguages.map((value) => ({ value, label: languageName(value, lang) }))}
        />
      </Field>
      <Field label={t('directory.employee.dialects')}>
        <TextInput value={filters.dialect} onChange={(dialect) => onChange({ dialect })} maxLength={20} />
      </Field>
      <Checkbox checked={filters.lineWorker} onChange={(lineWorker) => onChange({ lineWorker })}>
        {t('directory.employee.lineWorker')}
      </Checkbox>
    </search>
  )
}
