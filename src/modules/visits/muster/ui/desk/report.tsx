import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../../ui-kit/description-list.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { formatDateTime, formatTime } from '../../../../../ui-kit/zone-time.ts'
import { type MusterPersonCard, musters, outcomes } from '../../contract.ts'
import css from '../muster.module.css'
import { reportQuery } from '../report-query.ts'

/** V18 afterwards: figures, the missing and what became of them, everybody with time and warden. */
export function MusterReport() {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const { problemText } = useProblemText()
  const { id = '' } = useParams({ strict: false })
  const report = useQuery(reportQuery(id))
  useLiveInvalidate({ muster: ['muster'] })
  if (report.isPending) return <Skeleton rows={10} />
  if (!report.data) return <ProblemNotice fault={report.error} onRetry={() => void report.refetch()} />
  const { data } = report
  const ended = data.endedAt
  const missing = data.people.filter(
    (person) => !person.safe || person.outcome || (ended && person.markedAt && person.markedAt > ended),
  )
  const minutes = (value: number | null) =>
    value === null ? t('muster.report.notReached') : t('muster.report.minutes', { count: value })
  async function save(form: 'excel' | 'pdf') {
    try {
      saveFile(await fetchFile(musters.export, { params: { id }, query: { language, form } }))
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
  }
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t(`muster.report.title.${data.kind}`)}</h1>
        <div className={css.acts}>
          <Button icon="download" onClick={() => void save('excel')}>
            {t('muster.report.excel')}
          </Button>
          <Button icon="download" onClick={() => void save('pdf')}>
            {t('muster.report.pdf')}
          </Button>
          <Link to="/print/muster/$id" params={{ id }} className={css.bannerLink}>
            {t('muster.report.print')}
          </Link>
        </div>
      </header>
      <DescriptionList
        rows={[
          [
            t('muster.past.column.started'),
            `${formatDateTime(data.startedAt, zone, language)} · ${data.startedByName}`,
          ],
          [
            t('muster.past.column.ended'),
            ended ? `${formatDateTime(ended, zone, language)} · ${data.endedByName}` : t('muster.past.runs'),
          ],
          [t('muster.past.column.note'), [data.note, data.endNote].filter(Boolean).join(' · ')],
          [t('muster.past.column.people'), String(data.total)],
          [t('muster.report.half'), minutes(data.minutes.half)],
          [t('muster.report.most'), minutes(data.minutes.most)],
          [t('muster.report.all'), minutes(data.minutes.all)],
          [t('muster.report.missingAtEnd'), String(data.missingAtEnd ?? data.total - data.safe)],
        ]}
      />
      {missing.length > 0 ? (
        <section aria-labelledby="muster-missing">
          <h2 id="muster-missing">{t('muster.report.missing')}</h2>
          <ul className={css.people}>
            {missing.map((person) => (
              <Missing key={person.id} muster={id} person={person} may={data.can.outcome === true} />
            ))}
          </ul>
        </section>
      ) : null}
      <h2 id="muster-everybody">{t('muster.report.everybody')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard */}
      <section className={css.scroll} tabIndex={0} aria-labelledby="muster-everybody">
        <PeopleTable people={data.people} zone={zone} />
      </section>
    </div>
  )
}

function PeopleTable({ people, zone }: { people: readonly MusterPersonCard[]; zone: string }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const language = useUiLanguage()
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {(['name', 'kind', 'organisation', 'zone', 'state', 'at', 'by', 'point'] as const).map((head) => (
            <th key={head} scope="col">
              {t(`muster.report.column.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id}>
            <th scope="row">{person.name}</th>
            <td>{t(`muster.person.${person.kind}`)}</td>
            <td>{person.organisation}</td>
            <td>{spoken(person.zone)}</td>
            <td>
              <StatusChip tone={person.safe ? 'good' : 'alarm'}>
                {t(person.safe ? 'muster.show.safe' : 'muster.show.missing')}
              </StatusChip>
            </td>
            <td>{person.markedAt ? formatTime(person.markedAt, zone, language) : ''}</td>
            <td>{person.markedByName}</td>
            <td>{person.point}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Missing({ muster, person, may }: { muster: string; person: MusterPersonCard; may: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [outcome, setOutcome] = useState<string>(person.outcome ?? '')
  const [note, setNote] = useState(person.outcomeNote)
  const [fault, setFault] = useState<unknown>(null)
  async function submit(event: FormEvent) {
    event.preventDefault()
    const chosen = outcomes.find((one) => one === outcome)
    if (!chosen) return
    try {
      await call(musters.outcome, {
        params: { id: muster, person: person.id },
        body: { outcome: chosen, note },
      })
      showToast({ text: t('muster.report.outcomeSaved', { name: person.name }) })
      await client.invalidateQueries({ queryKey: ['muster', 'report', muster] })
    } catch (problem) {
      setFault(problem)
    }
  }
  return (
    <li className={css.form}>
      <strong className={css.name}>{person.name}</strong>
      <span className={css.quiet}>
        {[person.organisation, person.hostName, person.detail].filter(Boolean).join(' · ')}
      </span>
      {may ? (
        <form onSubmit={(event) => void submit(event)} className={css.acts}>
          <Field label={t('muster.report.outcome')}>
            <SelectNative
              value={outcome}
              placeholder={t('muster.report.unknown')}
              options={outcomes.map((value) => ({ value, label: t(`muster.outcome.${value}`) }))}
              onChange={setOutcome}
            />
          </Field>
          <Field label={t('muster.report.outcomeNote')}>
            <TextInput value={note} onChange={setNote} maxLength={200} />
          </Field>
          <Button type="submit" disabled={!outcome}>
            {t('muster.report.save')}
          </Button>
          <ProblemNotice fault={fault} />
        </form>
      ) : (
        <span>
          {person.outcome ? t(`muster.outcome.${person.outcome}`) : t('muster.report.unknown')}{' '}
          {person.outcomeNote}
        </span>
      )}
    </li>
  )
}
