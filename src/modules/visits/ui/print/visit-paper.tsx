import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../ui-kit/client.ts'
import css from '../../../../ui-kit/paper.module.css'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import { papers as files } from '../../paper/contract.ts'
import { passes } from '../../passes/contract.ts'
import { useVisitOptions } from '../queries.ts'
import { PassPaper } from './pass-paper.tsx'
import { SlipPaper } from './slip-paper.tsx'

const papers = ['slip', 'card', 'label'] as const
type PaperName = (typeof papers)[number]

/** Slip (stub and copy), pass as card or as label; the shell's button opens the print dialogue (V8, V11). */
export function VisitPaper() {
  const { t } = useTranslation()
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { paper: chosen = 'slip' }: { paper?: PaperName } = useSearch({ strict: false })
  const navigate = useNavigate()
  const paper = useQuery({
    queryKey: ['visits', 'paper', id],
    queryFn: ({ signal }) => call(passes.print, { params: { id } }, { signal }),
  })
  // The names of the kinds are on the paper: without them it is not ready to be printed.
  const options = useVisitOptions()
  const [fault, setFault] = useState<unknown>(null)
  async function save() {
    setFault(null)
    try {
      saveFile(await fetchFile(files.file, { params: { id }, query: { form: chosen } }))
    } catch (error) {
      setFault(error)
    }
  }
  return (
    <>
      <VisuallyHidden>
        <h1>{t('visits.print.title')}</h1>
      </VisuallyHidden>
      <div className={css.choose}>
        <Tabs
          label={t('visits.print.choose')}
          value={chosen}
          onChange={(next) =>
            void navigate({ to: '/print/visits/$id', params: { id }, search: { paper: next }, replace: true })
          }
          tabs={papers.map((value) => ({ value, label: t(`visits.print.paper.${value}`) }))}
        />
        <Button icon="download" onClick={() => void save()}>
          {t('visits.print.savePdf')}
        </Button>
      </div>
      <ProblemNotice fault={fault} />
      <ProblemNotice fault={paper.error} onRetry={() => void paper.refetch()} />
      {paper.isPending || options.isLoading ? <Skeleton rows={12} /> : null}
      {paper.data && !options.isLoading ? (
        chosen === 'slip' ? (
          <SlipPaper paper={paper.data} />
        ) : (
          <PassPaper paper={paper.data} form={chosen} />
        )
      ) : null}
    </>
  )
}
