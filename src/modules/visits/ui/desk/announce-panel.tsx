import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { goToOpen, onFormKey, onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useZone } from '../../../../ui-kit/language.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { fromWall, toWall } from '../../../../ui-kit/zone-time.ts'
import { categoryFor } from '../options.ts'
import { useVisitOptions } from '../queries.ts'
import { useVisitCommands } from '../visit-commands.ts'
import { detailsOf, emptyDraft, missingOf, type VisitDraft } from '../visit-draft.ts'
import css from './forms.module.css'
import { NeedsLine, VisitFields } from './visit-fields.tsx'

interface AnnounceDraft extends VisitDraft {
  date: string
  from: string
  /** Empty: as long as the category allows. */
  until: string
}

export interface AnnouncePanelProps {
  onClose: () => void
  onSent: (visit: { id: string }) => void
}

const halfHour = 30 * 60_000

/** An appointment made for a host (V3): who comes, when, until when. */
export function AnnouncePanel({ onClose, onSent }: AnnouncePanelProps) {
  const { t } = useTranslation()
  const zone = useZone()
  const { fieldTexts } = useProblemText()
  const { data: options } = useVisitOptions()
  const commands = useVisitCommands()
  const [initial] = useState<AnnounceDraft>(() => {
    const next = toWall(Math.ceil((serverNow() + halfHour) / halfHour) * halfHour, zone)
    return { ...emptyDraft, id: v7(), date: next.slice(0, 10), from: next.slice(11), until: '' }
  })
  const draft = useDraft<AnnounceDraft>('visit.announce', initial)
  const [fault, setFault] = useState<unknown>(null)
  const [own, setOwn] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { value } = draft
  const category = categoryFor(options, value.kind, value.category)

  function check() {
    const found: Record<string, string> = Object.fromEntries(
      missingOf(value, category).map((name) => [name, t('field.required')]),
    )
    if (!value.date) found.date = t('field.required')
    if (!value.from) found.from = t('field.required')
    if (value.until && value.from && value.until <= value.from) found.until = t('visit.announce.untilBefore')
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
    const outcome = await commands.announce({
      ...detailsOf(value),
      id: value.id,
      expectedAt: fromWall(`${value.date}T${value.from}`, zone),
      ...(value.until ? { validUntil: fromWall(`${value.date}T${value.until}`, zone) } : {}),
    })
    setBusy(false)
    if (!outcome.ok) return setFault(outcome.fault)
    draft.clear()
    onSent(outcome.visit)
  }

  function startOver() {
    draft.clear()
    // The cleared one may have reached the server after all; the next visitor must not get its number.
    if (fault) draft.patch({ id: v7() })
    setFault(null)
    setOwn({})
  }

  const errors = { ...fieldTexts(fault), ...own }
  useKeys({ 'Ctrl+Enter': { label: t('visit.announce.send'), run: () => void send() } }, { layer: 'panel' })

  return (
    <Panel
      title={t('visit.announce.title')}
      onClose={onClose}
      footer={
        <>
          <Button
            kind="primary"
            type="submit"
            form="announce"
            busy={busy}
            icon="calendar"
            keyHint="Ctrl+Enter"
          >
            {t('visit.announce.send')}
          </Button>
          <Button kind="plain" onClick={startOver}>
            {t('visit.new.clear')}
          </Button>
        </>
      }
    >
      <form
        id="announce"
        ref={form}
        className={css.block}
        noValidate
        onSubmit={(event) => void send(event)}
        onKeyDown={onFormKey}
        onKeyDownCapture={onSendKey}
      >
        {draft.restored ? <p className={css.restored}>{t('visit.new.restored')}</p> : null}
        {fault ? <ProblemNotice fault={fault} /> : null}
        <VisitFields
          draft={value}
          patch={draft.patch}
          options={options}
          category={category}
          errors={errors}
          form={form}
          autoFocus
          afterKind={category ? <NeedsLine category={category} /> : null}
        />
        <Field label={t('visit.field.date')} required error={errors.date}>
          <DateTimeInput
            kind="date"
            name="date"
            min={toWall(serverNow(), zone).slice(0, 10)}
            value={value.date}
            onChange={(date) => draft.patch({ date })}
          />
        </Field>
        <div className={css.row}>
          <Field label={t('visit.field.from')} required error={errors.from ?? errors.expectedAt}>
            <DateTimeInput
              kind="time"
              name="from"
              value={value.from}
              onChange={(from) => draft.patch({ from })}
            />
          </Field>
          <Field
            label={t('visit.field.until')}
            error={errors.until ?? errors.validUntil}
            hint={category ? t('visit.announce.untilHint', { minutes: category.stayMinutes }) : undefined}
          >
            <DateTimeInput
              kind="time"
              name="until"
              value={value.until}
              onChange={(until) => draft.patch({ until })}
            />
          </Field>
        </div>
      </form>
    </Panel>
  )
}
