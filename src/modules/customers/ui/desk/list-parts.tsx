import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { Combobox } from '../../../../ui-kit/combobox.tsx'
import { cx } from '../../../../ui-kit/cx.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { customers } from '../../contract.ts'
import { grades } from '../../rules.ts'
import css from '../customers.module.css'
import { customerKeys } from '../queries.ts'
import { isFiltered, type ListSearch } from './list-search.ts'

interface FiltersProps {
  search: ListSearch
  onChange: (next: ListSearch) => void
  sorts: readonly ('name' | 'updated' | 'newest' | 'seen')[]
}

async function suggestTags(q: string, signal: AbortSignal) {
  const { items } = await call(customers.tags, { query: { q } }, { signal })
  return items.map(({ tag, used }) => ({ id: tag, label: tag, meta: String(used) }))
}

/** Text is taken when typing pauses; everything else at once. */
export function Filters({ search, onChange, sorts }: FiltersProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(search.q ?? '')
  const [tag, setTag] = useState(search.tag ?? '')
  const set = (patch: { [K in keyof ListSearch]?: ListSearch[K] | undefined }) => {
    const next = Object.entries({ ...search, ...patch }).filter(
      ([, value]) => value !== undefined && value !== '',
    )
    onChange(Object.fromEntries(next))
  }
  useEffect(() => {
    if (text.trim() === (search.q ?? '')) return
    const timer = setTimeout(() => set({ q: text.trim() }), 250)
    return () => clearTimeout(timer)
  })
  const owners = ['me', 'none', 'left'] as const
  const known = search.owner === undefined || owners.some((one) => one === search.owner)
  return (
    <search className={css.filters}>
      <Field label={t('customers.filter.text')}>
        <TextInput
          type="search"
          value={text}
          onChange={setText}
          placeholder={t('customers.filter.textHint')}
        />
      </Field>
      <Field label={t('customers.field.grade')}>
        <SelectNative
          value={search.grade ?? ''}
          placeholder={t('customers.filter.any')}
          onChange={(value) => set({ grade: grades.find((grade) => grade === value) })}
          options={grades.map((grade) => ({ value: grade, label: t(`customers.grade.${grade}`) }))}
        />
      </Field>
      <Field label={t('customers.field.owner')}>
        <SelectNative
          value={search.owner ?? ''}
          placeholder={t('customers.filter.any')}
          onChange={(owner) => set({ owner: owner === '' ? undefined : owner })}
          options={[
            ...owners.map((owner) => ({ value: owner, label: t(`customers.filter.owner.${owner}`) })),
            ...(known || search.owner === undefined
              ? []
              : [{ value: search.owner, label: t('customers.filter.owner.one') }]),
          ]}
        />
      </Field>
      <Field label={t('customers.field.tags')}>
        <Combobox
          text={tag}
          minimum={0}
          suggest={suggestTags}
          onTextChange={(next) => {
            setTag(next)
            if (next.trim() === '') set({ tag: undefined })
          }}
          onPick={(one) => {
            setTag(one.label)
            set({ tag: one.label })
          }}
          onEnter={() => set({ tag: tag.trim() })}
        />
      </Field>
      <Field label={t('customers.filter.state')}>
        <SelectNative
          value={search.state ?? 'active'}
          onChange={(state) => set({ state: state === 'inactive' || state === 'all' ? state : undefined })}
          options={(['active', 'inactive', 'all'] as const).map((state) => ({
            value: state,
            label: t(`customers.state.${state}`),
          }))}
        />
      </Field>
      <Field label={t('customers.filter.sort')}>
        <SelectNative
          value={search.sort ?? 'name'}
          onChange={(sort) =>
            set({ sort: sort === 'updated' || sort === 'newest' || sort === 'seen' ? sort : undefined })
          }
          options={sorts.map((sort) => ({ value: sort, label: t(`customers.sort.${sort}`) }))}
        />
      </Field>
    </search>
  )
}

interface Page<R> {
  readonly items: readonly R[]
  readonly next: string | null
  readonly total?: number | undefined
  readonly totalIsFloor?: boolean | undefined
}

interface PagedProps<R> {
  name: 'companies' | 'people'
  search: ListSearch
  fetch: (query: { cursor?: string; limit: number }, signal: AbortSignal) => Promise<Page<R>>
  children: (rows: readonly R[]) => ReactNode
}

const pageSize = 50

/** Pages forward and back; another filter is another list, whose pages begin anew. */
export function Paged<R>({ name, search, fetch, children }: PagedProps<R>) {
  const { t } = useTranslation()
  const list = `${name} ${JSON.stringify(search)}`
  const [pages, setPages] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] })
  const cursors = pages.list === list ? pages.cursors : []
  const cursor = cursors.at(-1)
  const pageQuery = (at: string | undefined) => ({
    queryKey: [...customerKeys.all, 'list', list, at ?? ''],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      fetch({ limit: pageSize, ...(at === undefined ? {} : { cursor: at }) }, signal),
    placeholderData: keepPreviousData,
  })
  const first = useQuery(pageQuery(undefined))
  const page = useQuery(pageQuery(cursor))
  const { data } = page
  const next = data?.next ?? null
  const turn = (to: readonly string[]) => setPages({ list, cursors: to })
  const filtered = isFiltered(search)
  return (
    <>
      <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
      {page.isPending ? <Skeleton rows={10} /> : null}
      {data && data.items.length === 0 ? (
        <Empty icon="building" title={t(filtered ? 'customers.list.noHit' : `customers.list.empty.${name}`)}>
          {t(filtered ? 'customers.list.noHitHelp' : 'customers.list.emptyHelp')}
        </Empty>
      ) : null}
      {data && data.items.length > 0 ? (
        <>
          <section
            className={cx(css.scroll, page.isPlaceholderData && css.stale)}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
            tabIndex={0}
            aria-label={t(`customers.list.${name}`)}
          >
            {children(data.items)}
          </section>
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
    </>
  )
}
