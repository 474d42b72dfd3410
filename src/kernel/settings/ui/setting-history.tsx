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
import { asJson, isList, type Json } from './json.ts'
import { type Labels, useLabels } from './labels.ts'
import type { Detail } from './setting-editor.tsx'
import css from './settings.module.css'
import { type Shape, shapeOf } from './shape.ts'
import { shapeAt, titleIn, titleOf } from './title.ts'

const mostShown = 30

/** Who changed what, when and why; each version can be put in force again, as a new one (G4). */
export function SettingHistory({ detail }: { detail: Detail }) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const client = useQueryClient()
  const [open, setOpen] = useState<number | null>(null)
  const labels = useLabels(detail.key)
  const shape = shapeOf(detail.schema)
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
              {open === one.version ? <Changes changes={changes} labels={labels} shape={shape} /> : null}
            </li>
          )
        })}
      </ol>
    </>
  )
}

interface ChangesProps {
  readonly changes: readonly ChangedValue[]
  readonly labels: Labels
  readonly shape: Shape
}

function Changes({ changes, labels, shape }: ChangesProps) {
  const { t } = useTranslation()
  const language = t('settings.language.code')
  const told = (value: Json | undefined, path: readonly string[]) => {
    if (value === undefined || value === null || value === '') return t('settings.nothing')
    if (typeof value === 'boolean') return t(value ? 'settings.yes' : 'settings.no')
    const own = shapeAt(shape, path)
    const said =
      own === undefined || isList(value)
        ? titleIn(value, language)
        : titleOf(value, own, placeOf(path, labels), { language, option: labels.option })
    return said ?? (typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return (
    <dl className={css.changes}>
      {changes.slice(0, mostShown).map(({ path, before, after }) => (
        <div key={path.join('.')}>
          <dt>{pathLabel(path, labels, t('settings.language.zh'), t('settings.language.en'))}</dt>
          <dd>
            <del>{told(before, path)}</del> <span aria-hidden="true">→</span> <ins>{told(after, path)}</ins>
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
  const words = path.map((part, n) => {
    const place = placeOf(path.slice(0, n), labels)
    if (isPlaceInList(part, place, labels)) return `#${Number(part) + 1}`
    if (part === 'zh' || part === 'en') return part === 'zh' ? zh : en
    return labels.label([...place, part])
  })
  return words.join(' › ')
}

/** Where labels stand: without places in lists. */
function placeOf(path: readonly string[], labels: Labels): readonly string[] {
  const place: string[] = []
  for (const part of path) if (!isPlaceInList(part, place, labels)) place.push(part)
  return place
}

function isPlaceInList(part: string, place: readonly string[], labels: Labels): boolean {
  return /^\d+$/.test(part) && !hasLabel(labels, [...place, part])
}

/** Weekdays are fields called '1'…'7', not places in a list. */
function hasLabel(labels: Labels, place: readonly string[]): boolean {
  return labels.label(place) !== place.at(-1)
}
