import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { Empty } from '../../../ui-kit/empty.tsx'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../ui-kit/session.ts'
import { StatusChip } from '../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../ui-kit/zone-time.ts'
import { settingRoutes } from '../contract.ts'
import { type ChangedValue, changesBetween } from './changes.ts'
import { asJson, isObject, type Json } from './json.ts'
import { type Labels, useLabels } from './labels.ts'
import { titleIn } from './list-part.tsx'
import type { Detail } from './setting-editor.tsx'
import css from './settings.module.css'

const mostShown = 30

/** Who changed what, when and why; each version can be put in force again, as a new one (G4). */
export function SettingHistory({ detail }: { detail: Detail }) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const client = useQueryClient()
  const [open, setOpen] = useState<number | null>(null)
  const labels = useLabels(detail.key)
  const language = i18n.language === 'en' ? 'en' : 'zh'

  const restore = useMutation({
    mutationFn: ({ wanted, current }: { wanted: number; current: number }) =>
      call(settingRoutes.restore, {
        params: { key: detail.key },
        body: { restore: wanted, version: current },
      }),
    onSuccess: async (answer, { wanted, current }) => {
      client.setQueryData(['settings', 'one', site.id, detail.key], answer)
      showToast({
        text: t('settings.restored', { version: answer.version }),
        ...(wanted === answer.version
          ? {}
          : { undo: () => restore.mutate({ wanted: current, current: answer.version }) }),
      })
      await client.invalidateQueries({ queryKey: ['settings', 'list'] })
    },
    onError: () => client.invalidateQueries({ queryKey: ['settings'] }),
  })

  if (detail.history.length === 0)
    return (
      <Empty icon="clock" title={t('settings.noHistory')}>
        {t('settings.noHistoryHint')}
      </Empty>
    )
  const versions = [
    ...detail.history.map((one) => ({
      ...one,
      meta: `${formatDateTime(one.at, site.zone, language)} · ${one.by}`,
    })),
    { version: 0, value: detail.shipped, note: null, meta: t('settings.shippedHint') },
  ]
  return (
    <>
      <ProblemNotice fault={restore.error} />
      <ol className={css.versions}>
        {versions.map((one, n) => {
          const before = versions[n + 1]
          const changes = before === undefined ? [] : changesBetween(asJson(before.value), asJson(one.value))
          return (
            <li key={one.version} className={css.version}>
              <div className={css.versionHead}>
                <strong>
                  {one.version === 0
                    ? t('settings.shipped')
                    : t('settings.version', { version: one.version })}
                </strong>
                {one.version === detail.version ? (
                  <StatusChip tone="good">{t('settings.inForce')}</StatusChip>
                ) : null}
                <span className={css.meta}>{one.meta}</span>
                <span className={css.push} />
                {changes.length > 0 ? (
                  <Button
                    kind="plain"
                    expanded={open === one.version}
                    onClick={() => setOpen(open === one.version ? null : one.version)}
                  >
                    {t('settings.changes', { count: changes.length })}
                  </Button>
                ) : null}
                {detail.can.edit && one.version !== detail.version ? (
                  <Button
                    icon="back"
                    busy={restore.isPending && restore.variables.wanted === one.version}
                    onClick={() => restore.mutate({ wanted: one.version, current: detail.version })}
                  >
                    {t('settings.restore')}
                  </Button>
                ) : null}
              </div>
              {one.note === null ? null : <p className={css.versionNote}>{one.note}</p>}
              {open === one.version ? <Changes changes={changes} labels={labels} /> : null}
            </li>
          )
        })}
      </ol>
    </>
  )
}

function Changes({ changes, labels }: { changes: readonly ChangedValue[]; labels: Labels }) {
  const { t } = useTranslation()
  const told = (value: Json | undefined) => {
    if (value === undefined || value === null || value === '') return t('settings.nothing')
    if (typeof value === 'boolean') return t(value ? 'settings.yes' : 'settings.no')
    if (typeof value === 'object')
      return (
        (isObject(value) ? titleIn(value, t('settings.language.code')) : undefined) ?? JSON.stringify(value)
      )
    return String(value)
  }
  return (
    <dl className={css.changes}>
      {changes.slice(0, mostShown).map((change) => (
        <div key={change.path.join('.')}>
          <dt>{pathLabel(change.path, labels, t('settings.language.zh'), t('settings.language.en'))}</dt>
          <dd>
            <del>{told(change.before)}</del> <span aria-hidden="true">→</span> <ins>{told(change.after)}</ins>
          </dd>
        </div>
      ))}
      {changes.length > mostShown ? (
        <p className={css.hint}>{t('settings.more', { count: changes.length - mostShown })}</p>
      ) : null}
    </dl>
  )
}

/** `0 › 名称 › 中文`: places in lists as numbers from 1, everything else by its label. */
function pathLabel(path: readonly string[], labels: Labels, zh: string, en: string): string {
  const place: string[] = []
  const words = path.map((part) => {
    if (/^\d+$/.test(part) && !hasLabel(labels, [...place, part])) return `#${Number(part) + 1}`
    place.push(part)
    if (part === 'zh' || part === 'en') return part === 'zh' ? zh : en
    return labels.label(place)
  })
  return words.join(' › ')
}

/** Weekdays are fields called '1'…'7', not places in a list. */
function hasLabel(labels: Labels, place: readonly string[]): boolean {
  return labels.label(place) !== place.at(-1)
}
