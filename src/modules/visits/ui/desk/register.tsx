import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useUiLanguage } from '../../../../ui-kit/language.ts'
import { Menu } from '../../../../ui-kit/menu.tsx'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { register } from '../../register/contract.ts'
import { useLiveVisits, visitKeys } from '../queries.ts'
import { filterOf, isFiltered, type RegisterSearch } from '../register-search.ts'
import { useVisitActs } from '../use-visit-acts.ts'
import type { ActName } from '../visit-acts.ts'
import { printVisit } from './print.ts'
import css from './register.module.css'
import { RegisterFilters } from './register-filters.tsx'
import { RegisterTable } from './register-table.tsx'
import { VisitPanel } from './visit-panel.tsx'

const pageSize = 50

/** 来访人员登记表: every visit, filtered, page by page, to Excel and to paper (V1). */
export function Register() {
  const { t } = useTranslation()
  const search: RegisterSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const filter = filterOf(search)
  const order = search.order ?? 'newest'
  // Another filter is another list: its pages begin anew.
  const list = JSON.stringify([filter, order])
  const [pages, setPages] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] })
  const cursors = pages.list === list ? pages.cursors : []
  const cursor = cursors.at(-1)
  const [form, setForm] = useState<ActName | null>(null)
  useLiveVisits()
  const first = useQuery(pageQuery(undefined))
  const page = useQuery(pageQuery(cursor))

  function pageQuery(at: string | undefined) {
    return {
      queryKey: [...visitKeys.all, 'register', list, at ?? ''],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(
          register.list,
          { query: { ...filter, order, limit: pageSize, ...(at === undefined ? {} : { cursor: at }) } },
          { signal },
        ),
      placeholderData: keepPreviousData,
    }
  }

  const go = (next: RegisterSearch, replace = true) =>
    void navigate({ to: '/register', search: next, replace })
  const open = (visit: string | null) => {
    setForm(null)
    const { visit: _, ...rest } = search
    go(visit === null ? rest : { ...rest, visit })
  }
  const act = useVisitActs({
    openForm: (card, name) => {
      open(card.id)
      setForm(name)
    },
    print: printVisit,
  })
  const { data } = page
  const next = data?.next ?? null
  const turn = (to: readonly string[]) => setPages({ list, cursors: to })

  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('visits.register.title')}</h1>
          <Tools search={search} total={first.data?.total} />
        </header>
        <RegisterFilters search={search} onChange={go} />
        <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
        {page.isPending ? <Skeleton rows={10} /> : null}
        {data && data.items.length === 0 ? (
          <Empty
            icon="book"
            title={t(isFiltered(search) ? 'visits.register.noHit' : 'visits.register.empty')}
          >
            {t(isFiltered(search) ? 'visits.register.noHitHelp' : 'visits.register.emptyHelp')}
          </Empty>
        ) : null}
        {data && data.items.length > 0 ? (
          <>
            <RegisterTable
              rows={data.items}
              order={order}
              opened={search.visit}
              stale={page.isPlaceholderData}
              onOpen={open}
              onOrder={(to) => {
                const { order: _, ...rest } = search
                go(to === 'oldest' ? { ...rest, order: to } : rest)
              }}
            />
            <Pager
              from={cursors.length * pageSize + 1}
              shown={data.items.length}
              total={first.data?.total}
              totalIsFloor={first.data?.totalIsFloor}
              busy={page.isFetching && page.isPlaceholderData}
              onPrevious={cursors.length > 0 ? () => turn(cursors.slice(0, -1)) : undefined}
              onNext={next === null ? undefined : () => turn([...cursors, next])}
            />
          </>
        ) : null}
      </div>
      {search.visit ? (
        <div className={css.panel}>
          <VisitPanel
            key={search.visit}
            id={search.visit}
            form={form}
            onForm={setForm}
            act={act}
            onClose={() => open(null)}
          />
        </div>
      ) : null}
    </div>
  )
}

const forms = ['registration', 'in-out'] as const

const files = forms.flatMap((form) => [
  { form, as: 'excel' as const },
  { form, as: 'pdf' as const },
])

/** Excel and PDF in the columns of either paper form, and the list on paper. */
function Tools({ search, total }: { search: RegisterSearch; total: number | undefined }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const navigate = useNavigate()
  const { problemText } = useProblemText()
  const exports = useCan('visit.export')
  const [busy, setBusy] = useState(false)

  async function save(form: (typeof forms)[number], as: 'excel' | 'pdf') {
    if (busy) return
    setBusy(true)
    try {
      const query = { ...filterOf(search), form, language }
      saveFile(
        as === 'excel'
          ? await fetchFile(register.export, { query })
          : await fetchFile(register.paper, { query }),
      )
      showToast({ text: t('visits.register.exported') })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    } finally {
      setBusy(false)
    }
  }

  function print() {
    const { visit: _, ...rest } = search
    void navigate({ to: '/print/register', search: rest })
  }

  useKeys({ p: { label: t('visits.register.print'), run: print } })
  return (
    <div className={css.tools}>
      {exports ? (
        <Menu
          label={t('visits.register.export')}
          align="end"
          items={files.map(({ form, as }) => ({
            id: `${form}-${as}`,
            label: t(`visits.register.file.${as}`, { form: t(`visits.register.form.${form}`) }),
            icon: 'download' as const,
            run: () => void save(form, as),
          }))}
        >
          <Icon name="download" />
          {t(busy ? 'visits.register.exporting' : 'visits.register.export')}
        </Menu>
      ) : null}
      <Button icon="print" keyHint="p" disabled={total === 0} onClick={print}>
        {t('visits.register.print')}
      </Button>
    </div>
  )
}
