import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { type DocumentDraft, emptyDocument, hasDocument } from '../document-fields.tsx'
import { asksThree, categoryFor, hostFree } from '../options.ts'
import { useVisitOptions, visitQuery } from '../queries.ts'
import { useVisitCommands } from '../visit-commands.ts'
import { detailsOf, emptyDraft, missingOf } from '../visit-draft.ts'
import { WhomToAsk } from '../whom/proposal.tsx'
import { ConsentBlock, DetailFields, type EntryDraft, KindField, ThreeQuestions } from './entry-fields.tsx'
import css from './gate.module.css'
import { useGo } from './gate-search.ts'
import { Sheet } from './sheet.tsx'

/** V4, V8: the three questions, then only what this kind of visit needs. */
export function EntryPage({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const go = useGo()
  const client = useQueryClient()
  const { fieldTexts } = useProblemText()
  const { data: options } = useVisitOptions()
  const commands = useVisitCommands()
  const [initial] = useState<EntryDraft>(() => ({
    ...emptyDraft,
    id: v7(),
    agreed: false,
    takePass: true,
    passNumber: '',
    despiteDefault: '',
  }))
  const draft = useDraft<EntryDraft>('gate.entry', initial)
  const [document, setDocument] = useState<DocumentDraft>(emptyDocument)
  const [fault, setFault] = useState<unknown>(null)
  const [own, setOwn] = useState<Readonly<Record<string, string>>>({})
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { value } = draft
  const category = categoryFor(options, value.kind, value.category)
  // V12: turned away by the rules unless somebody allowed it; on record either way.
  const refused = category?.refuseByDefault === true && value.despiteDefault.trim() === ''
  const stranger = !refused && asksThree(options, value)
  const free = hostFree(options, value)
  const asks = category !== undefined && category.consent !== 'never'
  const goesIn = !refused && category !== undefined && (!asks || value.agreed)

  function lacking(): Record<string, string> {
    const found: Record<string, string> = Object.fromEntries(
      missingOf(value, refused ? undefined : category, stranger, free).map((name) => [
        name,
        t('field.required'),
      ]),
    )
    if (asks && value.agreed && !value.hostId) found.hostName = t('visits.gate.entry.pickHost')
    return found
  }

  /** The first field that wants something comes into view. */
  function point(names: readonly string[]) {
    setTimeout(() => {
      const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
      const named = names
        .map((name) => form.current?.querySelector<HTMLElement>(`[name="${name}"]`))
        .find(Boolean)
      const target = field ?? named
      target?.scrollIntoView({ block: 'center' })
      target?.focus({ preventScroll: true })
    })
  }

  const leave = (id: string) => {
    draft.clear()
    go({ visit: id }, true)
  }

  async function send(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const found = lacking()
    setOwn(found)
    setFault(null)
    if (Object.keys(found).length > 0) return point(Object.keys(found))
    setBusy(true)
    const passNumber = value.passNumber.trim()
    const issuePass = goesIn && category?.pass === true && value.takePass
    const outcome = await commands.register({
      ...detailsOf(value),
      id: value.id,
      ...(asks && !refused && value.agreed ? { consent: { how: 'phone' as const, byId: value.hostId } } : {}),
      ...(category?.idCheck && hasDocument(document) ? { document } : {}),
      issuePass,
      ...(issuePass && passNumber ? { passNumber } : {}),
      ...(category?.refuseByDefault && !refused ? { despiteDefault: value.despiteDefault.trim() } : {}),
    })
    setBusy(false)
    if (outcome.ok) return leave(outcome.visit.id)
    // An earlier try arrived though its answer got lost: the visit is there.
    if (outcome.fault instanceof ApiProblem && outcome.fault.code === 'entity.exists') {
      const there = await client.fetchQuery(visitQuery(value.id)).catch(() => undefined)
      if (there) return leave(there.id)
    }
    setFault(outcome.fault)
    point([])
  }

  const errors = { ...fieldTexts(fault), ...own }
  const parts = { draft: value, patch: draft.patch, category, errors, stranger }
  return (
    <Sheet title={t('visits.gate.entry.title')} onBack={onBack}>
      <form ref={form} className={css.gate} noValidate onSubmit={(event) => void send(event)}>
        {draft.restored ? (
          <div className={css.warn} role="status">
            {t('visits.gate.entry.restored')}
            <Button onClick={draft.clear}>{t('visits.gate.entry.clear')}</Button>
          </div>
        ) : null}
        <p className={css.say}>{spoken(options?.wording.askThree)}</p>
        <ThreeQuestions {...parts} />
        <KindField {...parts} options={options} />
        {category && !refused ? (
          <>
            <DetailFields {...parts} hostFree={free} document={document} onDocument={setDocument} />
            {value.agreed ? null : <WhomToAsk draft={value} />}
            <ConsentBlock {...parts} asks={asks} goesIn={goesIn} />
          </>
        ) : null}
        {fault ? <ProblemNotice fault={fault} /> : null}
        <Button
          kind="primary"
          size="large"
          type="submit"
          wide
          busy={busy}
          icon={refused ? 'shield' : goesIn ? 'check' : 'phone'}
        >
          {t(refused ? 'visit.new.refuse' : goesIn ? 'visits.gate.entry.admit' : 'visits.gate.entry.ask')}
        </Button>
      </form>
    </Sheet>
  )
}
