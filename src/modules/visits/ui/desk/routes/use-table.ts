/** The decision table as it is being edited: a draft over the stored version, saved as a new one (G7). */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { settingRoutes } from '../../../../../kernel/settings/contract.ts'
import { call } from '../../../../../ui-kit/client.ts'
import { useDraft } from '../../../../../ui-kit/drafts.ts'
import { useLiveInvalidate } from '../../../../../ui-kit/live.ts'
import { ApiProblem } from '../../../../../ui-kit/problem.ts'
import { useSession } from '../../../../../ui-kit/session.ts'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { type VisitRoute, type VisitTarget, visitRoutes } from '../../../routes/contract.ts'
import { unreachableRows } from '../../../routes/rules.ts'
import { useVisitOptions } from '../../queries.ts'

const settingKey = 'visits.routes'

interface Edited {
  base: number
  rows: VisitRoute[]
  note: string
}

const asRows = (value: unknown): VisitRoute[] => (Array.isArray(value) ? (value as VisitRoute[]) : [])

export function useRouteTable() {
  const { t } = useTranslation()
  const { site } = useSession()
  const client = useQueryClient()
  useLiveInvalidate({ setting: ['settings'] })
  const stored = useQuery({
    queryKey: ['settings', 'one', site.id, settingKey],
    queryFn: ({ signal }) => call(settingRoutes.read, { params: { key: settingKey } }, { signal }),
  })
  const draft = useDraft<{ edited: Edited | null }>(`visit.routes.${site.id}`, { edited: null })
  const { edited } = draft.value
  const version = stored.data?.version ?? 0
  const rows = edited?.rows ?? asRows(stored.data?.value)
  const changed =
    edited !== null && JSON.stringify(edited.rows) !== JSON.stringify(asRows(stored.data?.value))
  const outdated = changed && edited.base !== version
  const [fault, setFault] = useState<unknown>(null)

  const change = (next: VisitRoute[]) =>
    draft.set({ edited: { base: edited?.base ?? version, note: edited?.note ?? '', rows: next } })
  const discard = () => {
    draft.clear()
    setFault(null)
  }
  const save = useMutation({
    mutationFn: (wanted: Edited) =>
      call(settingRoutes.change, {
        params: { key: settingKey },
        body: { value: wanted.rows.map(cleanWords), version: wanted.base, note: wanted.note.trim() || null },
      }),
    onSuccess: async (answer) => {
      draft.clear()
      setFault(null)
      client.setQueryData(['settings', 'one', site.id, settingKey], answer)
      showToast({ text: t('visitRoutes.saved', { version: answer.version }) })
      await client.invalidateQueries({ queryKey: ['settings', 'list'] })
    },
    onError: async (problem) => {
      setFault(problem)
      if (problem instanceof ApiProblem && problem.code === 'edit.stale')
        await client.invalidateQueries({ queryKey: ['settings'] })
    },
  })

  return {
    stored,
    rows,
    changed,
    outdated,
    version,
    fault,
    note: edited?.note ?? '',
    setNote: (note: string) => {
      if (edited) draft.set({ edited: { ...edited, note } })
    },
    saving: save.isPending,
    change,
    discard,
    /** Somebody else saved meanwhile: mine over theirs, on purpose. */
    keepMine: () => {
      if (edited) draft.set({ edited: { ...edited, base: version } })
    },
    save: () => {
      if (edited && changed && !outdated && !save.isPending) save.mutate(edited)
    },
  }
}

const cleanWords = (row: VisitRoute): VisitRoute => ({
  ...row,
  when: { ...row.when, words: row.when.words.map((word) => word.trim()).filter(Boolean) },
})

/** A table half written can be tried, too: what is not named yet stands as a dash or is passed over. */
export function tryable(rows: readonly VisitRoute[]): VisitRoute[] {
  const named = (name: { zh: string; en: string }) => ({
    zh: name.zh.trim() || '—',
    en: name.en.trim() || '—',
  })
  return rows.map((row) => ({
    ...cleanWords(row),
    name: named(row.name),
    targets: row.targets.map((to): VisitTarget => {
      const given =
        'extension' in to
          ? to.extension
          : 'post' in to
            ? to.post
            : 'department' in to
              ? to.department
              : 'staffNumber' in to
                ? to.staffNumber
                : '-'
      if (given === '') return { kind: 'host' }
      return to.kind === 'extension' ? { ...to, name: named(to.name) } : to
    }),
  }))
}

/** What is wrong with the table: rows nobody gets to, places nobody is behind. */
export function useTableCheck(written: readonly VisitRoute[]) {
  const rows = tryable(written)
  const { data: options } = useVisitOptions()
  const kinds = (options?.kinds ?? []).map(({ key, topics }) => ({
    key,
    topics: topics.map((one) => one.key),
  }))
  const places = useQuery({
    queryKey: ['visit-routes', 'check', JSON.stringify(rows.map(({ key, targets }) => [key, targets]))],
    queryFn: ({ signal }) => call(visitRoutes.check, { body: { rows } }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return {
    unreachable: kinds.length === 0 ? [] : unreachableRows(rows, kinds),
    places: places.data?.places ?? [],
    posts: places.data?.posts ?? [],
    options,
  }
}

export type TableCheck = ReturnType<typeof useTableCheck>

/** A key nobody sees: stays with the row, so that visits led by it keep their name. */
export function newRow(rows: readonly VisitRoute[]): VisitRoute {
  let number = rows.length + 1
  while (rows.some(({ key }) => key === `row-${number}`)) number += 1
  return {
    key: `row-${number}`,
    name: { zh: '', en: '' },
    when: { kinds: [], topics: [], appointment: 'any', person: 'any', hours: 'any', words: [] },
    decision: 'ask',
    targets: [{ kind: 'host' }],
    last: 'desk',
    say: { zh: '', en: '' },
    note: { zh: '', en: '' },
  }
}
