import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, DateTimeInput, TextInput } from '../../../../ui-kit/inputs.tsx'
import css from './permits.module.css'

export interface PaperDraft {
  readonly id: string
  readonly kind: string
  readonly number: string
  readonly expiresOn: string | null
  readonly blocks: boolean
}

export interface PaperFieldsProps {
  papers: readonly PaperDraft[]
  onChange: (papers: readonly PaperDraft[]) => void
}

/** Insurance, work permit, safety training: each with its last day, blocking or only warning. */
export function PaperFields({ papers, onChange }: PaperFieldsProps) {
  const { t } = useTranslation()
  const patch = (id: string, more: Partial<PaperDraft>) =>
    onChange(papers.map((one) => (one.id === id ? { ...one, ...more } : one)))
  return (
    <Field label={t('permits.field.papers')} group>
      <div className={css.form}>
        {papers.map((one, index) => (
          <fieldset
            key={one.id}
            className={css.paper}
            aria-label={t('permits.paper.nth', { count: index + 1 })}
          >
            <div className={css.pair}>
              <Field label={t('permits.paper.kind')} required>
                <TextInput maxLength={60} value={one.kind} onChange={(kind) => patch(one.id, { kind })} />
              </Field>
              <Field label={t('permits.paper.number')}>
                <TextInput
                  maxLength={60}
                  value={one.number}
                  onChange={(number) => patch(one.id, { number })}
                />
              </Field>
            </div>
            <Field label={t('permits.paper.expiresOn')} hint={t('permits.paper.expiresHint')}>
              <DateTimeInput
                kind="date"
                value={one.expiresOn ?? ''}
                onChange={(expiresOn) => patch(one.id, { expiresOn: expiresOn || null })}
              />
            </Field>
            <Checkbox
              checked={one.blocks}
              hint={t('permits.paper.blocksHint')}
              onChange={(blocks) => patch(one.id, { blocks })}
            >
              {t('permits.paper.blocks')}
            </Checkbox>
            <Button icon="trash" onClick={() => onChange(papers.filter((other) => other.id !== one.id))}>
              {t('permits.paper.remove')}
            </Button>
          </fieldset>
        ))}
        <Button
          icon="plus"
          disabled={papers.length >= 20}
          onClick={() =>
            onChange([...papers, { id: v7(), kind: '', number: '', expiresOn: null, blocks: true }])
          }
        >
          {t('permits.paper.add')}
        </Button>
      </div>
    </Field>
  )
}
