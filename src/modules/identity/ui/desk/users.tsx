import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { isRole } from '../../rules.ts'
import { userRoutes } from '../../users/contract.ts'
import css from './page.module.css'
import { roleOptions } from './role-names.ts'
import { UserPanel } from './user-panel.tsx'
import { UserRows } from './user-rows.tsx'

const pageSize = 50
type State = 'active' | 'disabled' | 'all'
const states: readonly State[] = ['active', 'disabled', 'all']

/** Everyone who can sign in; new, edit, close, at the side without leaving the list (K3). */
export function Users() {
  const { t } = useTranslation()
  const { site } = useSession()
  const [text, setText] = useState('')
  const [role, setRole] = useState('')
  const [state, setState] = useState<State>('active')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const [open, setOpen] = useState<string | 'new' | null>(null)
  useLiveInvalidate({ user: ['users'] })

  const cursor = cursors.at(-1)
  const filter = {
    limit: pageSize,
    state,
    ...(text.trim() === '' ? {} : { q: text.trim() }),
    ...(isRole(role) ? { role } : {}),
    ...(cursor === undefined ? {} : { cursor }),
  }
  const users = useQuery({
    queryKey: ['users', 'list', site.id, filter],
    queryFn: ({ signal }) => call(userRoutes.users, { query: filter }, { signal }),
    placeholderData: (before) => before,
  })
  const items = users.data?.items ?? []
  const mayCreate = users.data?.can.create ?? false
  useKeys(
    { n: { label: t('identity.users.new'), run: () => setOpen('new') } },
    { layer: 'screen', enabled: mayCreate },
  )

  /** A changed filter begins at the first page again. */
  function change<T>(set: (value: T) => void) {
    return (value: T) => {
      set(value)
      setCursors([])
    }
  }

  const next = users.data?.next ?? null
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('identity.users.title')}</h1>
        {mayCreate ? (
          <Button kind="primary" icon="plus" keyHint="n" onClick={() => setOpen('new')}>
            {t('identity.users.new')}
          </Button>
        ) : null}
      </header>
      <search className={css.filters}>
        <Field label={t('identity.users.search')}>
          <TextInput type="search" value={text} onChange={change(setText)} maxLength={100} />
        </Field>
        <Field label={t('identity.users.role')}>
          <SelectNative
            value={role}
            onChange={change(setRole)}
            placeholder={t('identity.users.anyRole')}
            options={roleOptions(t)}
          />
        </Field>
        <Field label={t('identity.users.state')}>
          <SelectNative
            value={state}
            onChange={change((value: string) => setState(states.find((one) => one === value) ?? 'active'))}
            options={states.map((one) => ({ value: one, label: t(`identity.users.states.${one}`) }))}
          />
        </Field>
      </search>
      <ProblemNotice fault={users.error} onRetry={() => void users.refetch()} />
      <div className={css.beside}>
        <div className={css.page}>
          {users.isPending ? <Skeleton rows={8} /> : null}
          {users.data && items.length === 0 ? (
            <Empty title={t('identity.users.none')}>{t('identity.users.noneHelp')}</Empty>
          ) : null}
          {items.length > 0 ? (
            <>
              <UserRows users={items} selected={open} onOpen={setOpen} />
              <Pager
                from={cursors.length * pageSize + 1}
                shown={items.length}
                busy={users.isFetching}
                onPrevious={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
                onNext={next === null ? undefined : () => setCursors([...cursors, next])}
              />
            </>
          ) : null}
        </div>
        {open === null ? null : (
          <UserPanel
            key={open}
            id={open === 'new' ? null : open}
            onClose={() => setOpen(null)}
            onMade={setOpen}
          />
        )}
      </div>
    </div>
  )
}
