import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call } from '../../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../../ui-kit/description-list.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { Masked } from '../../../../../ui-kit/masked.tsx'
import { Panel } from '../../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { formatDateTime, formatDay } from '../../../../../ui-kit/zone-time.ts'
import { type WatchEntry, watchList } from '../../../watch-list/contract.ts'
import { SubjectFiles } from '../visit-files.tsx'
import { EntryForm } from './entry-form.tsx'
import { useRenewWatch, watchKeys } from './queries.ts'
import css from './watch.module.css'

export interface EntryPanelProps {
  /** `new`: somebody not on the list yet. */
  id: string
  onClose: () => void
  onOpen: (id: string) => void
}

/** One entry: what is known, its papers and photo, its history, and the acts its state allows. */
export function EntryPanel({ id, onClose, onOpen }: EntryPanelProps) {
  const { t } = useTranslation()
  const [edits, setEdits] = useState(false)
  const entry = useQuery({
    queryKey: [...watchKeys.all, 'entry', id],
    queryFn: ({ signal }) => call(watchList.get, { params: { id } }, { signal }),
    enabled: id !== 'new',
  })
  if (id === 'new') {
    return (
      <Panel title={t('watch.add')} onClose={onClose}>
        <EntryForm entry={null} onDone={onOpen} />
      </Panel>
    )
  }
  const { data } = entry
  return (
    <Panel title={data?.name || data?.organisation || t('watch.entry')} onClose={onClose}>
      <ProblemNotice fault={entry.error} onRetry={() => void entry.refetch()} />
      {entry.isPending ? <Skeleton rows={6} /> : null}
      {data && edits ? <EntryForm entry={data} onDone={() => setEdits(false)} /> : null}
      {data && !edits ? (
        <>
          <Facts entry={data} />
          <Acts entry={data} onEdit={() => setEdits(true)} />
          <SubjectFiles entity="watch-entry" id={data.id} title={t('watch.photo')} />
          <History items={data.history} />
        </>
      ) : null}
    </Panel>
  )
}

function Facts({ entry }: { entry: WatchEntry }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const reveal = (field: 'phones' | 'document') => async () =>
    (await call(watchList.reveal, { params: { id: entry.id }, body: { field } })).value
  const masked = (text: string, field: 'phones' | 'document') =>
    text === '' ? null : entry.can.reveal ? (
      <Masked masked={text} label={t(`watch.field.${field}`)} onReveal={reveal(field)} />
    ) : (
      text
    )
  return (
    <DescriptionList
      rows={[
        [t('watch.column.status'), t(`watch.status.${entry.status}`)],
        [t('watch.column.level'), t(`watch.level.${entry.level}`)],
        [t('watch.field.aliases'), entry.aliases.join('、')],
        [t('watch.attribute.company'), entry.organisation],
        [t('watch.field.phones'), masked(entry.phonesMasked.join('、'), 'phones')],
        [t('watch.field.document'), masked(entry.documentMasked, 'document')],
        [t('watch.field.plates'), entry.plates.join('、')],
        [t('watch.column.reason'), entry.reason],
        [
          t('watch.column.until'),
          entry.validUntil === null ? t('watch.noEnd') : formatDay(entry.validUntil, zone, language),
        ],
        [t('watch.field.withdrawnWhy'), entry.withdrawnWhy],
      ]}
    />
  )
}

function Acts({ entry, onEdit }: { entry: WatchEntry; onEdit: () => void }) {
  const { t } = useTranslation()
  const renew = useRenewWatch()
  const [reason, setReason] = useState('')
  const [asks, setAsks] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function run(act: () => Promise<unknown>) {
    setBusy(true)
    setFault(null)
    try {
      await act()
      setAsks(false)
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
    await renew()
  }

  const params = { id: entry.id }
  const { version } = entry
  return (
    <div className={css.form}>
      {fault ? <ProblemNotice fault={fault} /> : null}
      <div className={css.acts}>
        {entry.can.edit ? (
          <Button icon="edit" onClick={onEdit}>
            {t('watch.edit')}
          </Button>
        ) : null}
        {entry.can.activate ? (
          <Button
            icon="check"
            busy={busy}
            onClick={() => void run(() => call(watchList.activate, { params, body: { version } }))}
          >
            {t('watch.activate')}
          </Button>
        ) : null}
        {entry.can.withdraw && !asks ? (
          <Button icon="close" kind="danger" onClick={() => setAsks(true)}>
            {t('watch.withdraw')}
          </Button>
        ) : null}
      </div>
      {asks ? (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (reason.trim() === '') return
            void run(() => call(watchList.withdraw, { params, body: { version, reason: reason.trim() } }))
          }}
        >
          <Field label={t('watch.field.withdrawnWhy')} required>
            <TextInput autoFocus maxLength={200} value={reason} onChange={setReason} />
          </Field>
          <Button kind="danger" type="submit" busy={busy} disabled={reason.trim() === ''}>
            {t('watch.withdraw')}
          </Button>
        </form>
      ) : null}
    </div>
  )
}

type Line = { at: string; action: string; actorName: string }

function History({ items }: { items: readonly Line[] }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <section className={css.form}>
      <h3>{t('watch.history')}</h3>
      <ol className={css.why}>
        {items.map((line) => (
          <li key={`${line.at}${line.action}`}>
            {formatDateTime(line.at, zone, language)} ·{' '}
            {t(`watch.journal.${line.action.replace('watch-list.', '')}`)} · {line.actorName}
          </li>
        ))}
      </ol>
    </section>
  )
}
