import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import type { VisitCard } from '../../card/contract.ts'
import { type DocumentDraft, DocumentFields, emptyDocument } from '../document-fields.tsx'
import { HostField } from '../host-field.tsx'
import { categoryFor } from '../options.ts'
import { useVisitOptions } from '../queries.ts'
import { useVisitCommands } from '../visit-commands.ts'
import css from './gate.module.css'

/** What the category still wants before the visitor goes on: document, pass, escort (V8, V11, V13). */
export function VisitTodo({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation()
  const { data: options } = useVisitOptions()
  const category = categoryFor(options, visit.kind, visit.category)
  const { outstanding } = visit
  // Not required, but may be done: behind the scenes of a category without passes nobody needs it.
  const document = outstanding.includes('document')
  const pass = visit.can.issuePass && visit.passNumber === null && category?.pass
  const escort = outstanding.includes('escort')
  if (!document && !pass && !escort) return null
  return (
    <section className={`${css.block} ${css.todo}`} aria-label={t('visits.gate.todo')}>
      <h2>{t('visits.gate.todo')}</h2>
      {document ? <Document visit={visit} /> : null}
      {pass ? <Pass visit={visit} /> : null}
      {escort ? <Escort visit={visit} /> : null}
    </section>
  )
}

function Document({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation()
  const { fieldTexts, problemText } = useProblemText()
  const commands = useVisitCommands()
  const [document, setDocument] = useState<DocumentDraft>(emptyDocument)
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  async function send(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    const outcome = await commands.checkDocument(visit, document)
    setBusy(false)
    setFault(outcome.ok ? null : outcome.fault)
  }
  const { number, expiresOn } = fieldTexts(fault)
  const error = fault ? (number ?? (expiresOn === undefined ? problemText(fault) : undefined)) : undefined
  return (
    <form className={css.switches} onSubmit={(event) => void send(event)}>
      <DocumentFields
        size="large"
        value={document}
        onChange={setDocument}
        error={error}
        expiryError={expiresOn}
      />
      <Button size="large" kind="primary" icon="shield" type="submit" busy={busy}>
        {t('visits.gate.act.documentSeen')}
      </Button>
    </form>
  )
}

function Pass({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const commands = useVisitCommands()
  const [number, setNumber] = useState('')
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  async function send(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    const outcome = await commands.issuePass(visit, number.trim() || undefined)
    setBusy(false)
    setFault(outcome.ok ? null : outcome.fault)
  }
  return (
    <form className={css.switches} onSubmit={(event) => void send(event)}>
      <Field
        label={t('visits.gate.passNumber')}
        hint={t('visits.gate.passNumberHint')}
        error={fault ? problemText(fault) : undefined}
      >
        <TextInput size="large" value={number} onChange={setNumber} maxLength={20} />
      </Field>
      <Button size="large" kind="primary" icon="pass" type="submit" busy={busy}>
        {number.trim()
          ? t('visits.gate.act.passThis', { number: number.trim() })
          : t('visits.gate.act.passNext')}
      </Button>
    </form>
  )
}

function Escort({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const commands = useVisitCommands()
  const [person, setPerson] = useState({ id: '', name: '', place: '' })
  const [fault, setFault] = useState<unknown>(null)
  async function send(escortId: string) {
    const outcome = await commands.edit(visit, { version: visit.version, escortId })
    setFault(outcome.ok ? null : outcome.fault)
  }
  return (
    <div className={css.switches}>
      <HostField
        size="large"
        label={t('visits.gate.escort')}
        value={person}
        onChange={setPerson}
        error={fault ? problemText(fault) : undefined}
      />
      <Button
        size="large"
        kind="primary"
        icon="user"
        disabled={person.id === ''}
        onClick={() => void send(person.id)}
      >
        {t('visits.gate.act.escort')}
      </Button>
    </div>
  )
}
