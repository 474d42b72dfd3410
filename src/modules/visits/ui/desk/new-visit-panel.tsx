import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { AreasField } from '../../areas/ui/areas-field.tsx'
import { type DocumentDraft, DocumentFields, emptyDocument, hasDocument } from '../document-fields.tsx'
import { asksThree, type CategoryOption, categoryFor } from '../options.ts'
import { visitQuery } from '../queries.ts'
import { useVisitCommands } from '../visit-commands.ts'
import { detailsOf, emptyDraft, type VisitDraft } from '../visit-draft.ts'
import { WhomToAsk } from '../whom/proposal.tsx'
import { AlreadyKnown } from './already-known.tsx'
import { ConsentChoice } from './consent-choice.tsx'
import css from './forms.module.css'
import { NeedsLine, VisitFields } from './visit-fields.tsx'
import { useVisitForm, VisitFormPanel } from './visit-form.tsx'

export interface NewDraft extends VisitDraft {
  consent: 'ask' | 'given'
  how: 'phone' | 'in-person' | 'chat'
  issuePass: boolean
  despiteDefault: string
  /** V9 */
  areaIds: string[]
}

export interface NewVisitPanelProps {
  onClose: () => void
  /** Registered: the panel goes on with the visit until the host has answered. */
  onSent: (visit: { id: string }) => void
}

/** Turned away by the rules unless somebody allowed it; on record either way (V12). */
const refusedNow = (category: CategoryOption | undefined, draft: NewDraft) =>
  category?.refuseByDefault === true && draft.despiteDefault.trim() === ''

const isDocumentFault = (fault: unknown) =>
  fault instanceof ApiProblem && fault.code === 'visit.document-invalid'

/** A visitor stands here without appointment (V1, V4, V6, V8): everything by keyboard, Enter goes on, Ctrl Enter sends. */
export function NewVisitPanel({ onClose, onSent }: NewVisitPanelProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const client = useQueryClient()
  const commands = useVisitCommands()
  const [document, setDocument] = useState<DocumentDraft>(emptyDocument)
  const state = useVisitForm<NewDraft>({
    draftKey: 'new-visit',
    initial: () => ({
      ...emptyDraft,
      id: v7(),
      consent: 'ask',
      how: 'phone',
      issuePass: true,
      despiteDefault: '',
      areaIds: [],
    }),
    stranger: (draft, known) =>
      asksThree(known, draft) && !refusedNow(categoryFor(known, draft.kind, draft.category), draft),
    lacks: (draft, kind): Record<string, string> =>
      kind !== undefined && kind.consent !== 'never' && draft.consent === 'given' && !draft.hostId
        ? { hostName: t('visit.host.pick') }
        : {},
    submit: (draft, kind) => {
      const asks = kind !== undefined && kind.consent !== 'never'
      const refused = refusedNow(kind, draft)
      const admitted = !refused && kind !== undefined && (!asks || draft.consent === 'given')
      return commands.register({
        ...detailsOf(draft),
        id: draft.id,
        ...(admitted && asks ? { consent: { how: draft.how, byId: draft.hostId } } : {}),
        ...(refused || draft.areaIds.length === 0 ? {} : { areaIds: draft.areaIds }),
        ...(hasDocument(document) ? { document } : {}),
        issuePass: Boolean(admitted && kind?.pass && draft.issuePass),
        ...(kind?.refuseByDefault && !refused ? { despiteDefault: draft.despiteDefault.trim() } : {}),
      })
    },
    // The answer to an earlier try got lost: the visit is there, so the panel goes on with it.
    rescue: async (draft, fault) =>
      fault instanceof ApiProblem && fault.code === 'entity.exists'
        ? await client.fetchQuery(visitQuery(draft.id)).catch(() => undefined)
        : undefined,
    onSent,
  })
  const { value, category, options, errors, fault } = state
  const refused = refusedNow(category, value)
  const asksConsent = category !== undefined && category.consent !== 'never'
  const admittedAtOnce = !refused && category !== undefined && (!asksConsent || value.consent === 'given')
  const documentError =
    errors['document.number'] ??
    (isDocumentFault(fault) && errors['document.expiresOn'] === undefined
      ? t('error.visit.document-invalid')
      : undefined)

  return (
    <VisitFormPanel
      id="new-visit"
      title={t('visit.new.title')}
      state={state}
      sendText={t(refused ? 'visit.new.refuse' : admittedAtOnce ? 'visit.new.admit' : 'visit.new.ask')}
      sendKey={t('visit.new.send')}
      icon={refused ? 'shield' : 'arrowRight'}
      hideFault={isDocumentFault(fault)}
      onClose={onClose}
    >
      <VisitFields
        draft={value}
        patch={state.patch}
        options={options}
        category={category}
        errors={errors}
        form={state.form}
        autoFocus
        atCounter={!refused}
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
                  hint={t('visit.new.despiteHint')}
                  error={errors.despiteDefault}
                >
                  <TextInput
                    name="despiteDefault"
                    value={value.despiteDefault}
                    onChange={(despiteDefault) => state.patch({ despiteDefault })}
                  />
                </Field>
              </div>
            ) : (
              <NeedsLine category={category} />
            )
          ) : null
        }
      />
      {refused || value.consent === 'given' ? null : <WhomToAsk draft={value} />}
      {category && !refused ? (
        <ConsentChoice
          category={category}
          value={value}
          admitted={admittedAtOnce}
          onChange={state.patch}
          place={spoken(category.waitingPlace)}
        />
      ) : null}
      {refused ? null : (
        <AreasField
          value={value.areaIds}
          onChange={(areaIds) => state.patch({ areaIds })}
          category={category}
          error={errors.areaIds}
        />
      )}
      {category?.idCheck && !refused ? (
        <DocumentFields
          value={document}
          onChange={setDocument}
          error={documentError}
          expiryError={errors['document.expiresOn']}
          onName={(visitorName) => {
            if (value.visitorName.trim() === '') state.patch({ visitorName })
          }}
        />
      ) : null}
    </VisitFormPanel>
  )
}
