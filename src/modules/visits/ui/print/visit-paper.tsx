import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import css from '../../../../ui-kit/paper.module.css'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import { passes } from '../../passes/contract.ts'
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
      </div>
      <ProblemNotice fault={paper.error} onRetry={() => void paper.refetch()} />
      {paper.isPending ? <Skeleton rows={12} /> : null}
      {paper.data ? (
        chosen === 'slip' ? (
          <SlipPaper paper={paper.data} />
        ) : (
          <PassPaper paper={paper.data} form={chosen} />
        )
      ) : null}
    </>
  )
}
