import { useTranslation } from 'react-i18next'
import { Field } from '../../../../../ui-kit/field.tsx'
import { Checkbox, SelectNative, TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../../ui-kit/language.ts'
import { Panel } from '../../../../../ui-kit/panel.tsx'
import type { VisitRoute } from '../../../routes/contract.ts'
import css from './routes.module.css'
import { TargetList } from './target-list.tsx'
import type { TableCheck } from './use-table.ts'

export interface RowFormProps {
  row: VisitRoute
  check: TableCheck
  errors: Readonly<Record<string, string>>
  onChange: (row: VisitRoute) => void
  onClose: () => void
}

const toggled = (list: readonly string[], key: string, on: boolean) =>
  on ? [...list, key] : list.filter((one) => one !== key)

/** One row: for whom, what then, whom to ask, what to say. */
export function RowForm({ row, check, errors, onChange, onClose }: RowFormProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { when } = row
  const put = (part: Partial<VisitRoute>) => onChange({ ...row, ...part })
  const limit = (part: Partial<VisitRoute['when']>) => put({ when: { ...when, ...part } })
  const kinds = check.options?.kinds ?? []
  const topics = kinds
    .filter(({ key }) => when.kinds.length === 0 || when.kinds.includes(key))
    .flatMap((one) => one.topics)
  const offered = topics.filter((topic, at) => topics.findIndex(({ key }) => key === topic.key) === at)
  const asks = row.decision === 'ask' || row.decision === 'notify'
  const choice = (group: string, values: readonly string[]) =>
    values.map((value) => {
      const key: string = `visitRoutes.${group}.${value}`
      return { value, label: t(key) }
    })
  return (
    <Panel title={spoken(row.name) || t('visitRoutes.unnamed')} onClose={onClose}>
      <div className={css.form}>
        <div className={css.pair}>
          <Field label={t('visitRoutes.nameZh')} required error={errors['name.zh']}>
            <TextInput
              name="nameZh"
              autoFocus={row.name.zh === ''}
              value={row.name.zh}
              maxLength={100}
              onChange={(zh) => put({ name: { ...row.name, zh } })}
            />
          </Field>
          <Field label={t('visitRoutes.nameEn')} required error={errors['name.en']}>
            <TextInput
              value={row.name.en}
              maxLength={100}
              onChange={(en) => put({ name: { ...row.name, en } })}
            />
          </Field>
        </div>
        <fieldset className={css.checks}>
          <legend>{t('visitRoutes.kinds')}</legend>
          {kinds.map(({ key, name }) => (
            <Checkbox
              key={key}
              checked={when.kinds.includes(key)}
              onChange={(on) => limit({ kinds: toggled(when.kinds, key, on) })}
            >
              {spoken(name)}
            </Checkbox>
          ))}
        </fieldset>
        {offered.length > 0 ? (
          <fieldset className={css.checks}>
            <legend>{t('visitRoutes.topics')}</legend>
            {offered.map(({ key, name }) => (
              <Checkbox
                key={key}
                checked={when.topics.includes(key)}
                onChange={(on) => limit({ topics: toggled(when.topics, key, on) })}
              >
                {spoken(name)}
              </Checkbox>
            ))}
          </fieldset>
        ) : null}
        <div className={css.triple}>
          <Field label={t('visitRoutes.appointment.label')}>
            <SelectNative
              value={when.appointment}
              options={choice('appointment', ['any', 'with', 'without'])}
              onChange={(value) => limit({ appointment: value as VisitRoute['when']['appointment'] })}
            />
          </Field>
          <Field label={t('visitRoutes.person.label')}>
            <SelectNative
              value={when.person}
              options={choice('person', ['any', 'known', 'stranger'])}
              onChange={(value) => limit({ person: value as VisitRoute['when']['person'] })}
            />
          </Field>
          <Field label={t('visitRoutes.hours.label')}>
            <SelectNative
              value={when.hours}
              options={choice('hours', ['any', 'working', 'closed'])}
              onChange={(value) => limit({ hours: value as VisitRoute['when']['hours'] })}
            />
          </Field>
        </div>
        <WordsField words={when.words} onChange={(words) => limit({ words })} />
        <Field label={t('visitRoutes.decision.label')}>
          <SelectNative
            name="decision"
            value={row.decision}
            options={choice('decision', ['ask', 'notify', 'admit', 'decline'])}
            onChange={(value) => put({ decision: value as VisitRoute['decision'] })}
          />
        </Field>
        {asks ? (
          <TargetList
            row={row.key}
            targets={row.targets}
            check={check}
            onChange={(targets) => put({ targets })}
          />
        ) : null}
        {row.decision === 'ask' ? (
          <Field label={t('visitRoutes.last.label')}>
            <SelectNative
              value={row.last}
              options={choice('last', ['desk', 'decline'])}
              onChange={(value) => put({ last: value as VisitRoute['last'] })}
            />
          </Field>
        ) : null}
        {(['say', 'note'] as const).map((part) => (
          <div key={part} className={css.pair}>
            {(['zh', 'en'] as const).map((language) => (
              <Field key={language} label={t(`visitRoutes.${part}.${language}`)}>
                <TextInput
                  value={row[part][language]}
                  maxLength={500}
                  onChange={(text) => put({ [part]: { ...row[part], [language]: text } })}
                />
              </Field>
            ))}
          </div>
        ))}
      </div>
    </Panel>
  )
}

/** Written with commas; kept as they are typed, so that a comma does not vanish under the fingers. */
function WordsField({ words, onChange }: { words: readonly string[]; onChange: (words: string[]) => void }) {
  const { t } = useTranslation()
  return (
    <Field label={t('visitRoutes.words')} hint={t('visitRoutes.wordsHint')}>
      <TextInput
        value={words.join('，')}
        maxLength={600}
        onChange={(text) => onChange(text.split(/[,，、;；]/).map((word) => word.trimStart()))}
      />
    </Field>
  )
}
