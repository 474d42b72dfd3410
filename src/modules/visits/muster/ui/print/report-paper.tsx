import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSpoken } from '../../../../../ui-kit/language.ts'
import paper from '../../../../../ui-kit/paper.module.css'
import css from '../../../../../ui-kit/paper-list.module.css'
import { PaperWord } from '../../../../../ui-kit/paper-word.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { toWall } from '../../../../../ui-kit/zone-time.ts'
import { reportQuery } from '../report-query.ts'
import { words } from './words.ts'

const columns = [
  'index',
  'name',
  'kind',
  'organisation',
  'zone',
  'state',
  'at',
  'by',
  'point',
  'outcome',
] as const
const widths = ['10mm', '36mm', '18mm', '45mm', '36mm', '18mm', '22mm', '26mm', '28mm', '36mm']

/** V18: the report on A4 landscape; a drill says so in its title. */
export function MusterPaper() {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { site } = useSession()
  const { id = '' } = useParams({ strict: false })
  const report = useQuery(reportQuery(id))
  if (report.isPending) return <Skeleton rows={12} />
  if (!report.data) return <ProblemNotice fault={report.error} onRetry={() => void report.refetch()} />
  const { data } = report
  const stamp = (instant: string | null) => (instant ? toWall(instant, site.zone).replace('T', ' ') : '')
  const { half, most, all } = data.minutes
  return (
    <section className={css.sheet}>
      <h1>
        <PaperWord text={words[data.kind]} />
      </h1>
      <div className={css.facts}>
        <span>{site.name}</span>
        <span>
          <PaperWord text={words.started} /> {stamp(data.startedAt)} {data.startedByName}
        </span>
        <span>
          <PaperWord text={words.ended} /> {stamp(data.endedAt)} {data.endedByName}
        </span>
        <span>
          <PaperWord text={words.minutes} /> {[half, most, all].map((value) => value ?? '—').join(' / ')}
        </span>
        <span>
          <PaperWord text={words.missing} /> {data.missingAtEnd ?? data.total - data.safe} / {data.total}
        </span>
        <span>{[data.note, data.endNote].filter(Boolean).join(' · ')}</span>
      </div>
      <table className={css.table}>
        <colgroup>
          {columns.map((name, index) => (
            <col key={name} style={{ width: widths[index] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                <PaperWord text={words[name]} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.people.map((person, index) => (
            <tr key={person.id}>
              <td className={css.figure}>{index + 1}</td>
              <td>{person.name}</td>
              <td>{t(`muster.person.${person.kind}`)}</td>
              <td>{person.organisation}</td>
              <td>{spoken(person.zone)}</td>
              <td>{t(person.safe ? 'muster.show.safe' : 'muster.show.missing')}</td>
              <td className={css.figure}>{stamp(person.markedAt).slice(11)}</td>
              <td>{person.markedByName}</td>
              <td>{person.point}</td>
              <td>
                {person.outcome ? t(`muster.outcome.${person.outcome}`) : ''} {person.outcomeNote}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={css.signs}>
        {(['warden', 'checkedBy', 'date'] as const).map((name) => (
          <p key={name} className={paper.signature}>
            <PaperWord text={words[name]} />
            <span className={paper.line} />
          </p>
        ))}
      </div>
    </section>
  )
}
