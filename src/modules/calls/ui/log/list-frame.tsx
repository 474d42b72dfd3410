import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Empty } from '../../../../ui-kit/empty.tsx'
import type { IconName } from '../../../../ui-kit/icon.tsx'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import css from './log.module.css'

const pageSize = 50

export interface Pages {
  readonly cursors: readonly string[]
  readonly turn: (to: readonly string[]) => void
  /** What the contract is asked besides the filter. */
  readonly query: { readonly limit: number; readonly cursor?: string }
}

/** @param list names the list by its filter: another filter is another list, whose pages begin anew */
export function usePages(list: string): Pages {
  const [pages, setPages] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] })
  const cursors = pages.list === list ? pages.cursors : []
  return {
    cursors,
    turn: (to) => setPages({ list, cursors: to }),
    query: pageAt(cursors.at(-1)),
  }
}

export const pageAt = (cursor: string | undefined): Pages['query'] => ({
  limit: pageSize,
  ...(cursor === undefined ? {} : { cursor }),
})

interface ListFrameProps {
  title: string
  tools: ReactNode
  /** The record opened, or the form for a new one: beside the list. */
  panel: ReactNode
  children: ReactNode
}

export function ListFrame({ title, tools, panel, children }: ListFrameProps) {
  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{title}</h1>
          {tools}
        </header>
        {children}
      </div>
      {panel === null ? null : <div className={css.panel}>{panel}</div>}
    </div>
  )
}

interface PageOf<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
}

interface PagedRowsProps<Row> {
  page: UseQueryResult<PageOf<Row>>
  pages: Pages
  total: { readonly total?: number | undefined; readonly totalIsFloor?: boolean | undefined } | undefined
  empty: { readonly icon: IconName; readonly title: string; readonly help: string }
  /** @param stale of the page before, while the next one comes */
  children: (rows: readonly Row[], stale: boolean) => ReactNode
}

/** A page of a list, or why there is none. */
export function PagedRows<Row>({ page, pages, total, empty, children }: PagedRowsProps<Row>) {
  const { data } = page
  const { cursors, turn } = pages
  const next = data?.next ?? null
  return (
    <>
      <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
      {page.isPending ? <Skeleton rows={10} /> : null}
      {data && data.items.length === 0 ? (
        <Empty icon={empty.icon} title={empty.title}>
          {empty.help}
        </Empty>
      ) : null}
      {data && data.items.length > 0 ? (
        <>
          {children(data.items, page.isPlaceholderData)}
          <Pager
            from={cursors.length * pageSize + 1}
            shown={data.items.length}
            total={total?.total}
            totalIsFloor={total?.totalIsFloor}
            busy={page.isFetching && page.isPlaceholderData}
            onPrevious={cursors.length > 0 ? () => turn(cursors.slice(0, -1)) : undefined}
            onNext={next === null ? undefined : () => turn([...cursors, next])}
          />
        </>
      ) : null}
    </>
  )
}
