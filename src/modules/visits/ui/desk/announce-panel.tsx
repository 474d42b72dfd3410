import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useZone } from '../../../../ui-kit/language.ts'
import { fromWall, toWall } from '../../../../ui-kit/zone-time.ts'
import { AreasField } from '../../areas/ui/areas-field.tsx'
import { useVisitCommands } from '../visit-commands.ts'
import { detailsOf, emptyDraft, type VisitDraft } from '../visit-draft.ts'
import { WhomToAsk } from '../whom/proposal.tsx'
import css from './forms.module.css'
import { NeedsLine, VisitFields } from './visit-fields.tsx'
import { useVisitForm, VisitFormPanel } from './visit-form.tsx'

interface AnnounceDraft extends VisitDraft {
  date: string
  from: string
  /** Empty: as long as the category allows. */
  until: string
  /** Given: an invitation is sent there. */
  email: string
  language: 'zh' | 'en'
  /** V9 */
  areaIds: string[]
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
  const commands = useVisitCommands()
  const state = useVisitForm<AnnounceDraft>({
    draftKey: 'announce-visit',
    initial: () => {
      const next = toWall(Math.ceil((serverNow() + halfHour) / halfHour) * halfHour, zone)
      return {
        ...emptyDraft,
        id: v7(),
        date: next.slice(0, 10),
        from: next.slice(11),
        until: '',
        email: '',
        language: 'zh',
        areaIds: [],
      }
    },
    lacks: (draft) => {
      const found: Record<string, string> = {}
      if (!draft.date) found.date = t('field.required')
      if (!draft.from) found.from = t('field.required')
      if (draft.until && draft.from && draft.until <= draft.from)
        found.until = t('visit.announce.untilBefore')
      return found
    },
    submit: (draft) =>
      commands.announce({
        ...detailsOf(draft),
        id: draft.id,
        expectedAt: fromWall(`${draft.date}T${draft.from}`, zone),
        ...(draft.email.trim() ? { email: draft.email.trim(), language: draft.language } : {}),
        ...(draft.areaIds.length > 0 ? { areaIds: draft.areaIds } : {}),
        ...(draft.until ? { validUntil: fromWall(`${draft.date}T${draft.until}`, zone) } : {}),
      }),
    onSent,
  })
  const { value, category, errors, patch } = state

  return (
    <VisitFormPanel
      id="announce"
      title={t('visit.announce.title')}
      state={state}
      sendText={t('visit.announce.send')}
      sendKey={t('visit.announce.send')}
      icon="calendar"
      onClose={onClose}
    >
      <VisitFields
        draft={value}
        patch={patch}
        options={state.options}
        category={category}
        errors={errors}
        form={state.form}
        autoFocus
        afterKind={category ? <NeedsLine category={category} /> : null}
      />
      <Field label={t('visit.field.date')} required error={errors.date}>
        <DateTimeInput
          kind="date"
          name="date"
          min={toWall(serverNow(), zone).slice(0, 10)}
          value={value.date}
          onChange={(date) => patch({ date })}
        />
      </Field>
      <div className={css.row}>
        <Field label={t('visit.field.from')} required error={errors.from ?? errors.expectedAt}>
          <DateTimeInput kind="time" name="from" value={value.from} onChange={(from) => patch({ from })} />
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
            onChange={(until) => patch({ until })}
          />
        </Field>
      </div>
      <AreasField
        value={value.areaIds}
        onChange={(areaIds) => patch({ areaIds })}
        category={category}
        error={errors.areaIds}
      />
      <Field label={t('visit.announce.email')} hint={t('visit.announce.emailHint')} error={errors.email}>
        <TextInput
          type="email"
          name="email"
          maxLength={200}
          value={value.email}
          onChange={(email) => patch({ email })}
        />
      </Field>
      {value.email ? (
        <Field label={t('visit.announce.language')}>
          <SelectNative
            name="language"
            value={value.language}
            onChange={(language) => patch({ language: language === 'en' ? 'en' : 'zh' })}
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Field>
      ) : null}
      <WhomToAsk draft={value} appointment />
    </VisitFormPanel>
  )
}
