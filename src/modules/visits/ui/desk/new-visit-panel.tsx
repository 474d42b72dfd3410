import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { goToOpen, onFormKey, onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { type DocumentDraft, DocumentFields, emptyDocument } from '../document-fields.tsx'
import { categoryFor } from '../options.ts'
import { useVisitOptions, visitQuery } from '../queries.ts'
import { useVisitCommands } from '../visit-commands.ts'
import { detailsOf, emptyDraft, missingOf, type VisitDraft } from '../visit-draft.ts'
import { AlreadyKnown } from './already-known.tsx'
import { ConsentChoice } from './consent-choice.tsx'
import css from './forms.module.css'
import { NeedsLine, VisitFields } from './visit-fields.tsx'

export interface NewDraft extends VisitDraft {
  consent: 'ask' | 'given'
  how: 'phone' | 'in-person' | 'chat'
  issuePass: boolean
  despiteDefault: string
}

export interface NewVisitPanelProps {
  onClose: () => void
  /** Registered: the panel goes on with the visit until the host has answered. */
  onSent: (visit: { id: string }) => void
}

/** A visitor stands here without appointment (V1, V4, V8): everything by keyboard, Enter goes on, Ctrl Enter sends. */
export function NewVisitPanel({ onClose, onSent }: NewVisitPanelProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const client = useQueryClient()
  const { fieldTexts } = useProblemText()
  const { data: options } = useVisitOptions()
  const commands = useVisitCommands()
  const [initial] = useState<NewDraft>(() => ({
    ...emptyDraft,
    id: v7(),
    consent: 'ask',
    how: 'phone',
    issuePass: true,
    despiteDefault: '',
  }))
  const draft = useDraft<NewDraft>('visit.new', initial)
  const [document, setDocument] = useState<DocumentDraft>(emptyDocument)
  const [fault, setFault] = useState<unknown>(null)
  const [own, setOwn] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { value } = draft
  const category = categoryFor(options, value.kind, value.category)
  const asksConsent = category !== undefined && category.consent !== 'never'
  const admittedAtOnce = category !== undefined && (!asksConsent || value.consent === 'given')

  function check(): Record<string, string> {
    const missing = missingOf(value, category)
    const found: Record<string, string> = Object.fromEntries(
      missing.map((name) => [name, t('field.required')]),
    )
    if (asksConsent && value.consent === 'given' && !value.hostId) found.hostName = t('visit.host.pick')
    if (category?.refuseByDefault && !value.despiteDefault.trim()) found.despiteDefault = t('field.required')
    return found
  }

  async function send(event?: FormEvent) {
    event?.preventDefault()
    if (busy) return
    const found = check()
    setOwn(found)
    setFault(null)
    if (Object.keys(found).length > 0) return goToOpen(form.current, Object.keys(found))
    setBusy(true)
    const outcome = await commands.register({
      ...detailsOf(value),
      id: value.id,
      ...(admittedAtOnce && asksConsent ? { consent: { how: value.how, byId: value.hostId } } : {}),
      ...(document.number.trim() ? { document } : {}),
      issuePass: Boolean(admittedAtOnce && category?.pass && value.issuePass),
      ...(category?.refuseByDefault ? { despiteDefault: value.despiteDefault.trim() } : {}),
    })
    setBusy(false)
    if (outcome.ok) {
      draft.clear()
      return onSent(outcome.visit)
    }
    // The answer to an earlier try got lost: the visit is there, so the panel goes on with it.
    if (outcome.fault instanceof ApiProblem && outcome.fault.code === 'entity.exists') {
      const there = await client.fetchQuery(visitQuery(value.id)).catch(() => undefined)
      if (there) {
        draft.clear()
        return onSent(there)
      }
    }
    setFault(outcome.fault)
    goToOpen(form.current, fieldNames(outcome.fault))
  }

  function startOver() {
    draft.clear()
    // The cleared one may have reached the server after all; the next visitor must not get its number.
    if (fault) draft.patch({ id: v7() })
    setFault(null)
    setOwn({})
  }

  const errors = { ...fieldTexts(fault), ...own }
  const documentError =
    errors['document.number'] ?? (isDocumentFault(fault) ? t('error.visit.document-invalid') : undefined)
  useKeys({ 'Ctrl+Enter': { label: t('visit.new.send'), run: () => void send() } }, { layer: 'panel' })

  return (
    <Panel
      title={t('visit.new.title')}
      onClose={onClose}
      footer={
        <>
          <Button
            kind="primary"
            type="submit"
            form="new-visit"
            busy={busy}
            icon="arrowRight"
            keyHint="Ctrl+Enter"
          >
            {admittedAtOnce ? t('visit.new.admit') : t('visit.new.ask')}
          </Button>
          <Button kind="plain" onClick={startOver}>
            {t('visit.new.clear')}
          </Button>
        </>
      }
    >
      <form
        id="new-visit"
        ref={form}
        className={css.block}
        noValidate
        onSubmit={(event) => void send(event)}
        onKeyDown={onFormKey}
        onKeyDownCapture={onSendKey}
      >
        {draft.restored ? <p className={css.restored}>{t('visit.new.restored')}</p> : null}
        {fault && !isDocumentFault(fault) ? <ProblemNotice fault={fault} /> : null}
        <VisitFields
          draft={value}
          patch={draft.patch}
          options={options}
          category={category}
          errors={errors}
          form={form}
          autoFocus
          afterName={
            <AlreadyKnown visitorId={value.visitorId} visitorName={value.visitorName} onOpen={onSent} />
          }
          afterKind={
            category ? (
              category.refuseByDefault ? (
                <div className={css.say}>
                  <p>{t('visit.new.refuseFirst')}</p>
                  <p className={css.words}>
                    <q>{spoken(options?.wording.refused)}</q>
                  </p>
                  <Field
                    label={t('visit.new.despite')}
                    required
                    hint={t('visit.new.despiteHint')}
                    error={errors.despiteDefault}
                  >
                    <TextInput
                      name="despiteDefault"
                      value={value.despiteDefault}
                      onChange={(despiteDefault) => draft.patch({ despiteDefault })}
                    />
                  </Field>
                </div>
              ) : (
                <NeedsLine category={category} />
              )
            ) : null
          }
        />
        {category ? (
          <ConsentChoice
            category={category}
            value={value}
            admitted={admittedAtOnce}
            onChange={draft.patch}
            place={spoken(category.waitingPlace)}
          />
        ) : null}
        {category?.idCheck ? (
          <DocumentFields value={document} onChange={setDocument} error={documentError} />
        ) : null}
      </form>
    </Panel>
  )
}

const isDocumentFault = (fault: unknown) =>
  fault instanceof ApiProblem && fault.code === 'visit.document-invalid'

function fieldNames(fault: unknown) {
  if (!(fault instanceof ApiProblem)) return []
  const names: Record<string, string> = { 'document.number': 'documentNumber', hostId: 'hostName' }
  return fault.fields.map(({ path }) => path.replace(/^body\./, '')).map((path) => names[path] ?? path)
}
