import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import paper from '../../../../ui-kit/paper.module.css'
import css from '../../../../ui-kit/paper-list.module.css'
import { PaperWord } from '../../../../ui-kit/paper-word.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { toWall } from '../../../../ui-kit/zone-time.ts'
import { messageQuery } from '../queries.ts'
import own from './call-papers.module.css'
import { FormRows } from './call-papers.tsx'
import { words } from './words.ts'

/** 留言单 on A4 (C10). */
export function MessagePaper() {
  const { id = '' } = useParams({ strict: false })
  const { site } = useSession()
  const query = useQuery(messageQuery(id))
  if (query.isPending) return <Skeleton rows={10} />
  const { data: message } = query
  if (!message) return <ProblemNotice fault={query.error} onRetry={() => void query.refetch()} />
  const when = (instant: string | null, name: string) =>
    instant === null ? '' : `${toWall(instant, site.zone).replace('T', ' ')} ${name}`
  return (
    <section className={own.single}>
      <h1>
        <PaperWord text={words.message} />
      </h1>
      <p className={own.site}>{site.name}</p>
      <FormRows
        rows={[
          ['number', message.number],
          ['to', message.toName],
          ['from', message.callerName],
          ['organisation', message.organisation],
          ['phone', message.phoneMasked],
          ['urgent', message.urgent ? '✓' : ''],
          ['matter', message.matter],
          ['takenAt', toWall(message.takenAt, site.zone).replace('T', ' ')],
          ['takenBy', message.takenByName],
          ['seen', when(message.seenAt, message.seenByName)],
          ['reported', when(message.reportedAt, message.reportedByName)],
          ['done', [when(message.doneAt, message.doneByName), message.doneNote].filter(Boolean).join('\n')],
        ]}
      />
      <div className={css.signs}>
        {(['takenBy', 'signature', 'date'] as const).map((name) => (
          <p key={name} className={paper.signature}>
            <PaperWord text={words[name]} />
            <span className={paper.line} />
          </p>
        ))}
      </div>
    </section>
  )
}
