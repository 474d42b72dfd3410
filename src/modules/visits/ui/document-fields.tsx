import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { serverNow } from '../../../ui-kit/clock.ts'
import { Field } from '../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../ui-kit/inputs.tsx'
import { type DocumentKind, documentKinds } from '../identity/kinds.ts'
import css from './document-fields.module.css'

export interface DocumentDraft {
  kind: DocumentKind
  /** Never put into a stored draft (G5). */
  number: string
  /** As a reader gave them, or as they were typed behind the button. */
  nameOnDocument?: string
  expiresOn?: string | null
  issuingCountry?: string
  /** There: somebody ticked that the document seems odd. */
  suspicion?: string
}

export const emptyDocument: DocumentDraft = { kind: 'id-card', number: '' }

/** Something was read off it, if only that it seems odd. */
export function hasDocument(draft: DocumentDraft): boolean {
  return [draft.number, draft.nameOnDocument, draft.expiresOn, draft.suspicion].some((part) => part?.trim())
}

export interface DocumentFieldsProps {
  value: DocumentDraft
  onChange: (value: DocumentDraft) => void
  error?: string | undefined
  expiryError?: string | undefined
  /** A reader gave a name: for the form, where none is written yet. */
  onName?: ((name: string) => void) | undefined
  size?: 'normal' | 'large' | undefined
  autoFocus?: boolean | undefined
}

/** Not in every hand: the gate's first page does without these fields. */
const DocumentMore = lazy(async () => ({ default: (await import('./document-more.tsx')).DocumentMore }))

/** The rules of numbers come with the first number typed: the gate's first page does without them. */
const rulesOf = () => import('../identity/rules.ts')
/** Behind UTC by less than a day nobody is born tomorrow; the server has the last word. */
const dayOf = (now: number) => new Date(now + 14 * 3_600_000).toISOString().slice(0, 10)

/** Kind and number of a document: the number says which kind it is, and what is wrong with it while it is in hand (V12). */
export function DocumentFields(props: DocumentFieldsProps) {
  const { value, onChange, error, expiryError, onName, size, autoFocus } = props
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const more = opened || expiryError !== undefined || value.nameOnDocument !== undefined
  const [fault, setFault] = useState<string | null>(null)

  const latest = useRef(value)
  latest.current = value

  async function typed(text: string) {
    setFault(null)
    onChange({ ...value, number: text.toUpperCase() })
    if (text.trim().length < 8) return
    const [rules, { readBurst }] = await Promise.all([rulesOf(), import('../identity/burst.ts')])
    // A reader types on while the rules are fetched: what stands there now counts.
    const now = latest.current
    const read = readBurst(now.number)
    if (read !== null && read.kind !== 'travel-permit') {
      const { kind, number, name, expiresOn } = read
      onChange({ kind, number, ...(name === '' ? {} : { nameOnDocument: name }), expiresOn })
      if (name !== '') onName?.(name)
      setOpened(true)
      return
    }
    const kind = rules.kindOfNumber(now.number)
    if (kind !== null && kind !== now.kind) onChange({ ...now, kind })
  }

  async function left() {
    const rules = await rulesOf()
    const number = rules.normaliseNumber(value.number)
    setFault(rules.documentFault({ ...value, number }, dayOf(serverNow())))
  }
  return (
    <div className={css.document}>
      <div className={css.pair}>
        <Field label={t('visit.document.kind')}>
          <SelectNative
            name="documentKind"
            size={size}
            value={value.kind}
            options={documentKinds.map((kind) => ({ value: kind, label: t(`visit.document.${kind}`) }))}
            onChange={(kind) =>
              onChange({ ...value, kind: documentKinds.find((one) => one === kind) ?? 'other' })
            }
          />
        </Field>
        <Field
          label={t('visit.document.number')}
          error={error ?? (fault === null ? undefined : t(`field.${fault}`))}
          hint={t('visit.document.hint')}
        >
          <TextInput
            name="documentNumber"
            size={size}
            autoFocus={autoFocus}
            maxLength={300}
            value={value.number}
            onChange={(number) => void typed(number)}
            onBlur={() => void left()}
          />
        </Field>
      </div>
      {more ? (
        <Suspense fallback={null}>
          <DocumentMore value={value} onChange={onChange} expiryError={expiryError} size={size} />
        </Suspense>
      ) : (
        <div>
          <Button kind="plain" icon="plus" size={size} onClick={() => setOpened(true)}>
            {t('visit.document.more')}
          </Button>
        </div>
      )}
    </div>
  )
}
