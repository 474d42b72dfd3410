import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../ui-kit/client.ts'
import { Empty } from '../../../ui-kit/empty.tsx'
import { useLiveInvalidate } from '../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../ui-kit/session.ts'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../ui-kit/status-chip.tsx'
import { Tabs } from '../../../ui-kit/tabs.tsx'
import { formatDateTime } from '../../../ui-kit/zone-time.ts'
import type { RouteAnswer } from '../../contract.ts'
import { settingRoutes } from '../contract.ts'
import { useLabels, useTexts } from './labels.ts'
import { SettingEditor } from './setting-editor.tsx'
import { SettingHistory } from './setting-history.tsx'
import css from './settings.module.css'

type Summary = RouteAnswer<typeof settingRoutes.list>['items'][number]

/** The house's own regulation: every setting by module, edited beside the list (G7, design §1.4). */
export function Settings() {
  const { t } = useTranslation()
  const { site } = useSession()
  const search: { key?: unknown } = useSearch({ strict: false })
  useLiveInvalidate({ setting: ['settings'] })
  const settings = useQuery({
    queryKey: ['settings', 'list', site.id],
    queryFn: ({ signal }) => call(settingRoutes.list, {}, { signal }),
  })
  const items = settings.data?.items ?? []
  const key = typeof search.key === 'string' ? search.key : items[0]?.key
  return (
    <div className={css.page}>
      <h1>{t('settings.title')}</h1>
      <ProblemNotice fault={settings.error} onRetry={settings.refetch} />
      {settings.isPending ? <Skeleton kind="lines" rows={6} /> : null}
      {settings.isSuccess && items.length === 0 ? (
        <Empty icon="settings" title={t('settings.empty')}>
          {t('settings.emptyHint')}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <div className={css.beside}>
          <SettingList items={items} chosen={key} />
          {key === undefined ? null : <OneSetting key={`${site.id} ${key}`} settingKey={key} />}
        </div>
      ) : null}
    </div>
  )
}

function SettingList({ items, chosen }: { items: readonly Summary[]; chosen: string | undefined }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const find = useTexts()
  const groups = Map.groupBy(items, (item) => item.module)
  return (
    <nav className={css.list} aria-label={t('settings.title')}>
      {[...groups].map(([module, own]) => (
        <section key={module}>
          <h2 className={css.module}>{find(`setting.module.${module}`) ?? module}</h2>
          <ul>
            {own.map((item) => (
              <li key={item.key}>
                <button
                  type="button"
                  className={css.item}
                  aria-current={item.key === chosen ? 'true' : undefined}
                  onClick={() => void navigate({ to: '/settings', search: { key: item.key } })}
                >
                  <ItemName item={item} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

function ItemName({ item }: { item: Summary }) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const labels = useLabels(item.key)
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return (
    <>
      <span>{labels.label([])}</span>
      {item.fits ? null : <StatusChip tone="alarm">{t('settings.unfitShort')}</StatusChip>}
      <span className={css.meta}>
        {item.at === null
          ? t('settings.asShipped')
          : t('settings.changedAt', {
              version: item.version,
              at: formatDateTime(item.at, site.zone, language),
              by: item.by,
            })}
      </span>
    </>
  )
}

function OneSetting({ settingKey }: { settingKey: string }) {
  const { t } = useTranslation()
  const { site } = useSession()
  const labels = useLabels(settingKey)
  const [tab, setTab] = useState<'value' | 'history'>('value')
  const setting = useQuery({
    queryKey: ['settings', 'one', site.id, settingKey],
    queryFn: ({ signal }) => call(settingRoutes.read, { params: { key: settingKey } }, { signal }),
  })
  const hint = labels.hint([])
  return (
    <section className={css.one} aria-labelledby="setting-name">
      <h2 id="setting-name">{labels.label([])}</h2>
      {hint === undefined ? null : <p className={css.hint}>{hint}</p>}
      <ProblemNotice fault={setting.error} onRetry={setting.refetch} />
      {setting.isPending ? <Skeleton kind="lines" rows={5} /> : null}
      {setting.data === undefined ? null : (
        <Tabs
          label={labels.label([])}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'value', label: t('settings.content') },
            { value: 'history', label: t('settings.history'), count: setting.data.history.length },
          ]}
        >
          {tab === 'value' ? (
            <SettingEditor key={setting.data.version} detail={setting.data} />
          ) : (
            <SettingHistory detail={setting.data} />
          )}
        </Tabs>
      )}
    </section>
  )
}
