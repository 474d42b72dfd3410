import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../ui-kit/status-chip.tsx'
import { imports } from '../contract.ts'
import { BadLines } from './bad-lines.tsx'
import { Figures } from './figures.tsx'
import css from './imports.module.css'
import type { Run } from './imports.tsx'

/** What a run did; a stopped one goes on, a finished one can be taken back. */
export function ResultStep({ run: first, onAgain }: { run: Run; onAgain: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const params = { kind: first.kind, id: first.id }
  const queryKey = ['imports', 'run', first.id]
  const found = useQuery({ queryKey, queryFn: ({ signal }) => call(imports.read, { params }, { signal }) })
  const run = found.data?.run ?? first
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey })
    await queries.invalidateQueries({ queryKey: ['imports', 'runs'] })
  }
  const undo = useMutation({
    mutationFn: () => call(imports.undo, { params }, { timeoutMs: 300_000 }),
    onSettled: refresh,
  })
  const goOn = useMutation({
    mutationFn: async () => {
      const body = { mapping: run.mapping, onBad: 'skip' as const }
      for (let state = run; state.status === 'running'; )
        state = await call(imports.run, { params, body }, { timeoutMs: 120_000 })
    },
    onSettled: refresh,
  })
  const problems = found.data?.problems ?? []
  return (
    <div className={css.page}>
      <div className={css.acts}>
        <h2>{run.fileName}</h2>
        <RunState run={run} />
      </div>
      <Figures
        rows={[
          ['created', run.created],
          ['updated', run.updated],
          ['same', run.unchanged],
          ['bad', run.bad],
          ...(run.kept > 0 ? ([['kept', run.kept]] as const) : []),
        ]}
      />
      {found.isPending ? <Skeleton rows={3} /> : null}
      {problems.length > 0 ? <BadLines kind={run.kind} id={run.id} lines={problems} total={run.bad} /> : null}
      {run.status === 'undone' && run.kept > 0 ? (
        <p className={css.note}>{t('imports.result.keptHelp')}</p>
      ) : null}
      <ProblemNotice fault={found.error ?? undo.error ?? goOn.error} />
      <div className={css.acts}>
        <Button kind="primary" icon="upload" onClick={onAgain}>
          {t('imports.result.again')}
        </Button>
        {run.status === 'running' ? (
          <Button busy={goOn.isPending} onClick={() => goOn.mutate()}>
            {t('imports.result.goOn')}
          </Button>
        ) : null}
        {run.can.undo ? (
          <Button kind="danger" icon="back" busy={undo.isPending} onClick={() => undo.mutate()}>
            {t('imports.result.undo')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

export function RunState({ run }: { run: Run }) {
  const { t } = useTranslation()
  const tone = run.status === 'done' ? 'good' : run.status === 'running' ? 'waiting' : 'neutral'
  return <StatusChip tone={tone}>{t(`imports.states.${run.status}`)}</StatusChip>
}
