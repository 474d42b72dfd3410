import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { Field } from '../../../ui-kit/field.tsx'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { RadioCards } from '../../../ui-kit/radio-cards.tsx'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { imports } from '../contract.ts'
import { BadLines } from './bad-lines.tsx'
import { Figures } from './figures.tsx'
import css from './imports.module.css'
import type { Kind, Mapping, Run } from './imports.tsx'

interface PreviewProps {
  kind: Kind
  run: Run
  mapping: Mapping
  saveAs: string
  onBack: () => void
  onDone: (run: Run) => void
}

/** What storing would do, before anything is stored. */
export function PreviewStep({ kind, run, mapping, saveAs, onBack, onDone }: PreviewProps) {
  const { t } = useTranslation()
  const [onBad, setOnBad] = useState<'skip' | 'stop'>('skip')
  const [progress, setProgress] = useState<Run | null>(null)
  const params = { kind: kind.kind, id: run.id }
  const preview = useQuery({
    queryKey: ['imports', 'preview', run.id, mapping],
    queryFn: ({ signal }) =>
      call(imports.preview, { params, body: { mapping: { ...mapping } } }, { signal, timeoutMs: 120_000 }),
    gcTime: 0,
    retry: false,
  })
  const store = useMutation({
    mutationFn: async () => {
      const body = { mapping: { ...mapping }, onBad, ...(saveAs === '' ? {} : { saveAs }) }
      let state = await call(imports.run, { params, body }, { timeoutMs: 120_000 })
      while (state.status === 'running') {
        setProgress(state)
        state = await call(imports.run, { params, body }, { timeoutMs: 120_000 })
      }
      return state
    },
    onSuccess: onDone,
  })
  const found = preview.data
  return (
    <div className={css.page}>
      <ProblemNotice fault={preview.error} onRetry={() => void preview.refetch()} />
      {preview.isPending ? <Skeleton rows={8} /> : null}
      {found ? (
        <>
          <Figures
            rows={[
              ['total', found.total],
              ...(found.expected
                ? ([
                    ['toCreate', found.expected.created],
                    ['toUpdate', found.expected.updated],
                    ['same', found.expected.unchanged],
                  ] as const)
                : ([['good', found.good]] as const)),
              ['bad', found.bad],
            ]}
          />
          {found.bad > 0 ? (
            <>
              <BadLines kind={kind.kind} id={run.id} lines={found.problems} total={found.bad} />
              <Field group label={t('imports.preview.onBad')}>
                <RadioCards
                  value={onBad}
                  onChange={setOnBad}
                  columns={2}
                  options={[
                    {
                      value: 'skip',
                      label: t('imports.preview.skip'),
                      hint: t('imports.preview.skipHint', { count: found.good }),
                    },
                    { value: 'stop', label: t('imports.preview.stop'), hint: t('imports.preview.stopHint') },
                  ]}
                />
              </Field>
            </>
          ) : null}
          <FirstRows kind={kind} mapping={mapping} rows={found.rows} />
        </>
      ) : null}
      <ProblemNotice fault={store.error} />
      {store.isPending ? (
        <label>
          {t('imports.running', { done: stored(progress), total: run.total })}
          <progress className={css.progress} max={run.total} value={stored(progress)} />
        </label>
      ) : null}
      <div className={css.acts}>
        <Button icon="back" disabled={store.isPending} onClick={onBack}>
          {t('imports.back')}
        </Button>
        <Button
          kind="primary"
          disabled={!found || found.good === 0}
          busy={store.isPending}
          onClick={() => store.mutate()}
        >
          {t('imports.preview.run')}
        </Button>
      </div>
    </div>
  )
}

function stored(run: Run | null): number {
  return run === null ? 0 : run.created + run.updated + run.unchanged + run.bad
}

type Rows = readonly { readonly line: number; readonly cells: Readonly<Record<string, string>> }[]

function FirstRows({ kind, mapping, rows }: { kind: Kind; mapping: Mapping; rows: Rows }) {
  const { t } = useTranslation()
  const fields = kind.fields.filter(({ key }) => mapping[key] !== undefined)
  return (
    <div className={css.part}>
      <h2>{t('imports.preview.first')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label={t('imports.preview.first')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('imports.line')}</th>
              {fields.map(({ key }) => (
                <th key={key} scope="col">
                  {t(`import.${kind.kind}.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line}>
                <td>{row.line}</td>
                {fields.map(({ key }) => (
                  <td key={key}>{row.cells[key]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
