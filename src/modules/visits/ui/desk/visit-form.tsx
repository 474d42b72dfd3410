/** What the forms of a new and of an announced visit share: draft, missing fields, sending once, keys, footer (ui.md §2, §3). */
import { type FormEvent, type ReactNode, type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { goToOpen, onFormKey, onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import type { IconName } from '../../../../ui-kit/icon.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { type CategoryOption, categoryFor, hostFree, type VisitOptions } from '../options.ts'
import { useVisitOptions } from '../queries.ts'
import type { Outcome } from '../visit-commands.ts'
import { missingOf, type VisitDraft } from '../visit-draft.ts'
import css from './forms.module.css'

export interface VisitForm<D extends VisitDraft> {
  readonly value: D
  readonly patch: (part: Partial<D>) => void
  readonly options: VisitOptions | undefined
  readonly category: CategoryOption | undefined
  readonly errors: Readonly<Record<string, string>>
  readonly fault: unknown
  readonly busy: boolean
  readonly restored: boolean
  readonly form: RefObject<HTMLFormElement | null>
  readonly startOver: () => void
  readonly send: (event?: FormEvent) => void
}

export interface VisitFormPlan<D extends VisitDraft> {
  readonly draftKey: string
  readonly initial: () => D
  /** V4: the three questions are required, too. */
  readonly stranger?: (value: D, options: VisitOptions | undefined) => boolean
  /** What this form wants besides; by field. */
  readonly lacks: (value: D, category: CategoryOption | undefined) => Record<string, string>
  readonly submit: (value: D, category: CategoryOption | undefined) => Promise<Outcome>
  /** A fault that is no failure after all; true: dealt with. */
  readonly rescue?: (value: D, fault: unknown) => Promise<{ id: string } | undefined>
  readonly onSent: (visit: { id: string }) => void
}

export function useVisitForm<D extends VisitDraft>(plan: VisitFormPlan<D>): VisitForm<D> {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const { data: options } = useVisitOptions()
  const [initial] = useState(plan.initial)
  const draft = useDraft<D>(plan.draftKey, initial)
  const [fault, setFault] = useState<unknown>(null)
  const [own, setOwn] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { value } = draft
  const category = categoryFor(options, value.kind, value.category)

  async function send(event?: FormEvent) {
    event?.preventDefault()
    if (busy) return
    const atCounter = plan.stranger !== undefined
    const free = atCounter && hostFree(options, value)
    const missing = missingOf(value, category, plan.stranger?.(value, options) ?? false, free)
    const found: Record<string, string> = {
      ...Object.fromEntries(missing.map((name) => [name, t('field.required')])),
      ...plan.lacks(value, category),
    }
    setOwn(found)
    setFault(null)
    if (Object.keys(found).length > 0) return goToOpen(form.current, Object.keys(found))
    setBusy(true)
    const outcome = await plan.submit(value, category)
    setBusy(false)
    const there = outcome.ok ? outcome.visit : await plan.rescue?.(value, outcome.fault)
    if (there !== undefined) {
      draft.clear()
      return plan.onSent(there)
    }
    if (outcome.ok) return
    setFault(outcome.fault)
    goToOpen(form.current, fieldNames(outcome.fault))
  }

  /** What is being filled in is no longer missing. */
  function patch(part: Partial<D>) {
    draft.patch(part)
    setOwn((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in part))))
  }

  function startOver() {
    draft.clear()
    // The cleared one may have reached the server after all; the next visitor must not get its number.
    if (fault) draft.patch({ id: v7() } as Partial<D>)
    setFault(null)
    setOwn({})
  }

  return {
    value,
    patch,
    options,
    category,
    errors: { ...fieldTexts(fault), ...own },
    fault,
    busy,
    restored: draft.restored,
    form,
    startOver,
    send: (event) => void send(event),
  }
}

function fieldNames(fault: unknown) {
  if (!(fault instanceof ApiProblem)) return []
  const names: Record<string, string> = { 'document.number': 'documentNumber', hostId: 'hostName' }
  return fault.fields.map(({ path }) => path.replace(/^body\./, '')).map((path) => names[path] ?? path)
}

export interface VisitFormPanelProps<D extends VisitDraft> {
  id: string
  title: string
  state: VisitForm<D>
  sendText: string
  sendKey: string
  icon: IconName
  /** Explained beside its field instead. */
  hideFault?: boolean | undefined
  onClose: () => void
  children: ReactNode
}

export function VisitFormPanel<D extends VisitDraft>(props: VisitFormPanelProps<D>) {
  const { t } = useTranslation()
  const { state, id } = props
  useKeys({ 'Ctrl+Enter': { label: props.sendKey, run: () => state.send() } }, { layer: 'panel' })
  return (
    <Panel
      title={props.title}
      onClose={props.onClose}
      footer={
        <>
          <Button
            kind="primary"
            type="submit"
            form={id}
            busy={state.busy}
            icon={props.icon}
            keyHint="Ctrl+Enter"
          >
            {props.sendText}
          </Button>
          <Button kind="plain" onClick={state.startOver}>
            {t('visit.new.clear')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        ref={state.form}
        className={css.block}
        noValidate
        onSubmit={state.send}
        onKeyDown={onFormKey}
        onKeyDownCapture={onSendKey}
      >
        {state.restored ? <p className={css.restored}>{t('visit.new.restored')}</p> : null}
        {state.fault && !props.hideFault ? <ProblemNotice fault={state.fault} /> : null}
        {props.children}
      </form>
    </Panel>
  )
}
