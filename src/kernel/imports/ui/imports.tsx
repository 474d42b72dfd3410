import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../ui-kit/client.ts'
import { ErrorNotice } from '../../../ui-kit/error-notice.tsx'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import type { RouteAnswer } from '../../contract.ts'
import { imports } from '../contract.ts'
import { ChooseFile } from './choose-file.tsx'
import { History } from './history.tsx'
import css from './imports.module.css'
import { MapColumns } from './map-columns.tsx'
import { PreviewStep } from './preview-step.tsx'
import { ResultStep } from './result-step.tsx'

export type Kind = RouteAnswer<typeof imports.kinds>['items'][number]
export type Upload = RouteAnswer<typeof imports.upload>
export type Run = Upload['run']
export type Mapping = Readonly<Record<string, string>>

type Step =
  | { readonly name: 'file' }
  | { readonly name: 'mapping'; readonly upload: Upload; readonly mapping: Mapping }
  | { readonly name: 'preview'; readonly upload: Upload; readonly mapping: Mapping; readonly saveAs: string }
  | { readonly name: 'result'; readonly run: Run }

const steps = ['file', 'mapping', 'preview', 'result'] as const

/** Every kind of import: file, columns, look before storing, result with a way back. */
export function Imports() {
  const { kind = '' } = useParams({ strict: false })
  // Another kind is another page.
  return <Wizard key={kind} kind={kind} />
}

function Wizard({ kind }: { kind: string }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [step, setStep] = useState<Step>({ name: 'file' })
  const kinds = useQuery({
    queryKey: ['imports', 'kinds'],
    queryFn: ({ signal }) => call(imports.kinds, {}, { signal }),
  })
  const found = kinds.data?.items.find((one) => one.kind === kind)

  function go(next: Step) {
    setStep(next)
    void queries.invalidateQueries({ queryKey: ['imports', 'runs'] })
  }

  if (kinds.isPending) return <Skeleton rows={6} />
  if (kinds.error) return <ProblemNotice fault={kinds.error} onRetry={() => void kinds.refetch()} />
  if (found === undefined)
    return <ErrorNotice title={t('imports.notYours')}>{t('imports.notYoursHelp')}</ErrorNotice>
  return (
    <div className={css.page}>
      <h1>{t('imports.heading', { kind: t(`import.${kind}.title`) })}</h1>
      <ol className={css.steps}>
        {steps.map((name, index) => (
          <li key={name} aria-current={name === step.name ? 'step' : undefined}>
            {index + 1}. {t(`imports.steps.${name}`)}
          </li>
        ))}
      </ol>
      {step.name === 'file' ? (
        <>
          <ChooseFile
            kind={kind}
            onDone={(upload) => go({ name: 'mapping', upload, mapping: upload.mapping })}
          />
          <History kind={kind} onOpen={(run) => go({ name: 'result', run })} />
        </>
      ) : null}
      {step.name === 'mapping' ? (
        <MapColumns
          kind={found}
          upload={step.upload}
          mapping={step.mapping}
          onBack={() => go({ name: 'file' })}
          onDone={(mapping, saveAs) => go({ name: 'preview', upload: step.upload, mapping, saveAs })}
        />
      ) : null}
      {step.name === 'preview' ? (
        <PreviewStep
          kind={found}
          run={step.upload.run}
          mapping={step.mapping}
          saveAs={step.saveAs}
          onBack={() => go({ name: 'mapping', upload: step.upload, mapping: step.mapping })}
          onDone={(run) => go({ name: 'result', run })}
        />
      ) : null}
      {step.name === 'result' ? (
        <ResultStep key={step.run.id} run={step.run} onAgain={() => go({ name: 'file' })} />
      ) : null}
    </div>
  )
}
