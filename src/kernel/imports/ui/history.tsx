import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { Empty } from '../../../ui-kit/empty.tsx'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../ui-kit/session.ts'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { formatDateTime } from '../../../ui-kit/zone-time.ts'
import { imports } from '../contract.ts'
import css from './imports.module.css'
import type { Run } from './imports.tsx'
import { RunState } from './result-step.tsx'

const columns = ['file', 'at', 'by', 'created', 'updated', 'bad', 'state'] as const

export function History({ kind, onOpen }: { kind: string; onOpen: (run: Run) => void }) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en'
  const runs = useQuery({
    queryKey: ['imports', 'runs', site.id, kind],
    queryFn: ({ signal }) => call(imports.runs, { params: { kind }, query: { limit: 50 } }, { signal }),
  })
  const items = runs.data?.items ?? []
  return (
    <section className={css.part} aria-label={t('imports.history.title')}>
      <h2>{t('imports.history.title')}</h2>
      <ProblemNotice fault={runs.error} onRetry={() => void runs.refetch()} />
      {runs.isPending ? <Skeleton rows={4} /> : null}
      {runs.data && items.length === 0 ? (
        <Empty title={t('imports.history.none')}>{t('imports.history.noneHelp')}</Empty>
      ) : null}
      {items.length > 0 ? (
        <div className={css.scroll}>
          <table className={css.table}>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} scope="col">
                    {t(`imports.history.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((run) => (
                <tr key={run.id}>
                  <td>
                    <Button kind="plain" onClick={() => onOpen(run)}>
                      {run.fileName}
                    </Button>
                  </td>
                  <td>{formatDateTime(run.at, site.zone, language)}</td>
                  <td>{run.by}</td>
                  <td>{run.created}</td>
                  <td>{run.updated}</td>
                  <td>{run.bad}</td>
                  <td>
                    <RunState run={run} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  )
}
