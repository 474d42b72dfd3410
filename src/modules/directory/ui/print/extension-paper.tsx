import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { useNow } from '../../../../ui-kit/clock.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { extensionList } from '../../contract.ts'
import css from '../extension-groups.module.css'
import { ExtensionGroupsTable } from '../extension-groups.tsx'

/** 员工分机表 on A4. */
export function ExtensionPaper({ above }: { above?: ReactNode }) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const now = useNow()
  const list = useQuery({
    queryKey: ['employees', 'extensions', site.id],
    queryFn: ({ signal }) => call(extensionList.read, {}, { signal }),
  })
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeZone: site.zone }).format(now)
  return (
    <article className={css.paper}>
      <h1>{t('directory.extensions.title')}</h1>
      <p>{t('directory.extensions.asOf', { site: site.name, day })}</p>
      {above}
      <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
      {list.isPending ? <Skeleton rows={12} /> : null}
      {list.data ? <ExtensionGroupsTable groups={list.data.groups} /> : null}
    </article>
  )
}
