import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import { extensionList } from '../../contract.ts'
import { type Beside, type ExtensionGroups, ExtensionGroupsTable } from '../extension-groups.tsx'
import css from './directory.module.css'

/** The list as it hangs at the switchboard, with its daily confirmation (C13). */
export function Extensions({ beside, above }: { beside?: Beside | undefined; above?: ReactNode }) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const queryKey = ['employees', 'extensions', site.id]
  useLiveInvalidate({ employee: ['employees'], department: ['employees'], 'extension-list': ['employees'] })
  const list = useQuery({ queryKey, queryFn: ({ signal }) => call(extensionList.read, {}, { signal }) })
  const confirm = useMutation({
    mutationFn: () => call(extensionList.confirm, {}),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  const found = list.data
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en'
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('directory.extensions.title')}</h1>
        {found?.confirmed ? (
          <StatusChip tone="good">
            {t('directory.extensions.confirmed', {
              by: found.confirmed.by,
              at: formatTime(found.confirmed.at, site.zone, language),
            })}
          </StatusChip>
        ) : null}
        {found && found.confirmed === null ? (
          <StatusChip tone="waiting">{t('directory.extensions.unconfirmed')}</StatusChip>
        ) : null}
        {found?.can.confirm && found.confirmed === null ? (
          <Button kind="primary" icon="check" busy={confirm.isPending} onClick={() => confirm.mutate()}>
            {t('directory.extensions.confirm')}
          </Button>
        ) : null}
        <Button icon="print" onClick={() => void navigate({ to: '/print/extensions' })}>
          {t('directory.extensions.print')}
        </Button>
      </header>
      {above}
      <ProblemNotice fault={list.error ?? confirm.error} onRetry={() => void list.refetch()} />
      {list.isPending ? <Skeleton rows={10} /> : null}
      {found && found.groups.length === 0 ? (
        <Empty title={t('directory.empty')}>{t('directory.noneHelp')}</Empty>
      ) : null}
      {found && found.groups.length > 0 ? (
        <>
          <search className={css.filters}>
            <Field label={t('directory.extensions.filter')}>
              <TextInput type="search" value={text} onChange={setText} maxLength={50} />
            </Field>
          </search>
          <ExtensionGroupsTable groups={narrowed(found.groups, text)} beside={beside} />
        </>
      ) : null}
    </div>
  )
}

function narrowed(groups: ExtensionGroups, text: string): ExtensionGroups {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return groups
  const has = (value: string | null) => value?.toLowerCase().includes(wanted) ?? false
  return groups
    .map((group) =>
      has(group.path)
        ? group
        : {
            ...group,
            people: group.people.filter((one) => has(one.name) || has(one.extension) || has(one.title)),
          },
    )
    .filter((group) => group.people.length > 0 || has(group.path))
}
