import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { departments, employees } from '../../contract.ts'
import { DepartmentPanel } from './department-panel.tsx'
import { DepartmentTree } from './department-tree.tsx'
import css from './directory.module.css'
import { EmployeeFilters, type Filters, noFilters, queryOf } from './employee-filters.tsx'
import { EmployeePanel } from './employee-panel.tsx'
import { EmployeeTable } from './employee-table.tsx'

const pageSize = 50

/** What the panel at the side shows; `null` as id is a new one. */
export type Open =
  | { readonly kind: 'employee'; readonly id: string | null }
  | { readonly kind: 'department'; readonly id: string | null }

/** Departments on the left, their people in the middle, the one in hand at the side (C13). */
export function Directory() {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const navigate = useNavigate()
  const { employee } = useSearch({ strict: false })
  const [filters, setFilters] = useState<Filters>(noFilters)
  const [cursors, setCursors] = useState<readonly string[]>([])
  const [open, setOpen] = useState<Open | null>(null)
  const [exporting, setExporting] = useState<unknown>(null)
  // The single window leads here with somebody in hand.
  useEffect(() => {
    if (employee !== undefined) setOpen({ kind: 'employee', id: employee })
  }, [employee])
  useLiveInvalidate({ employee: ['employees'], department: ['departments'] })

  const cursor = cursors.at(-1)
  const query = { ...queryOf(filters), limit: pageSize, ...(cursor === undefined ? {} : { cursor }) }
  const people = useQuery({
    queryKey: ['employees', 'list', site.id, query],
    queryFn: ({ signal }) => call(employees.list, { query }, { signal }),
    placeholderData: (before) => before,
  })
  const tree = useQuery({
    queryKey: ['departments', site.id],
    queryFn: ({ signal }) => call(departments.list, {}, { signal }),
  })
  const items = people.data?.items ?? []
  const can = people.data?.can ?? { manage: false, import: false }
  const newEmployee = () => setOpen({ kind: 'employee', id: null })
  useKeys(
    { n: { label: t('directory.employee.new'), run: newEmployee } },
    { layer: 'screen', enabled: can.manage },
  )

  function change(part: Partial<Filters>) {
    setFilters((before) => ({ ...before, ...part }))
    setCursors([])
  }

  async function download() {
    try {
      const lang = i18n.language.startsWith('zh') ? 'zh' : 'en'
      saveFile(await fetchFile(employees.export, { query: { ...queryOf(filters), lang } }))
      setExporting(null)
    } catch (fault) {
      setExporting(fault)
    }
  }

  const next = people.data?.next ?? null
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('directory.title')}</h1>
        <Button icon="phone" onClick={() => void navigate({ to: '/extensions' })}>
          {t('directory.extensions.title')}
        </Button>
        <Button icon="download" onClick={() => void download()}>
          {t('directory.export')}
        </Button>
        {can.import ? (
          <Button
            icon="upload"
            onClick={() => void navigate({ to: '/imports/$kind', params: { kind: 'employees' } })}
          >
            {t('directory.import')}
          </Button>
        ) : null}
        {can.manage ? (
          <Button kind="primary" icon="plus" keyHint="n" onClick={newEmployee}>
            {t('directory.employee.new')}
          </Button>
        ) : null}
      </header>
      <ProblemNotice fault={exporting} onRetry={() => void download()} />
      <ProblemNotice fault={tree.error} onRetry={() => void tree.refetch()} />
      <div className={css.columns}>
        <DepartmentTree
          departments={tree.data?.items ?? []}
          selected={filters.departmentId}
          canManage={tree.data?.can.manage ?? false}
          onSelect={(departmentId) => change({ departmentId })}
          onOpen={(id) => setOpen({ kind: 'department', id })}
        />
        <div className={css.list}>
          <EmployeeFilters filters={filters} onChange={change} />
          <ProblemNotice fault={people.error} onRetry={() => void people.refetch()} />
          {people.isPending ? <Skeleton rows={8} /> : null}
          {people.data && items.length === 0 ? (
            <Empty title={t(filters === noFilters ? 'directory.empty' : 'directory.none')}>
              {t(can.manage && filters === noFilters ? 'directory.emptyHelp' : 'directory.noneHelp')}
            </Empty>
          ) : null}
          {items.length > 0 ? (
            <>
              <EmployeeTable
                employees={items}
                selected={open?.kind === 'employee' ? open.id : null}
                onOpen={(id) => setOpen({ kind: 'employee', id })}
              />
              <Pager
                from={cursors.length * pageSize + 1}
                shown={items.length}
                total={people.data?.total}
                totalIsFloor={people.data?.totalIsFloor}
                busy={people.isFetching}
                onPrevious={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
                onNext={next === null ? undefined : () => setCursors([...cursors, next])}
              />
            </>
          ) : null}
        </div>
        {open?.kind === 'employee' ? (
          <EmployeePanel
            key={open.id}
            id={open.id}
            departmentId={filters.departmentId}
            onClose={() => setOpen(null)}
            onMade={(id) => setOpen({ kind: 'employee', id })}
          />
        ) : null}
        {open?.kind === 'department' ? (
          <DepartmentPanel
            key={open.id}
            id={open.id}
            parentId={filters.departmentId}
            departments={tree.data?.items ?? []}
            onClose={() => setOpen(null)}
          />
        ) : null}
      </div>
    </div>
  )
}
