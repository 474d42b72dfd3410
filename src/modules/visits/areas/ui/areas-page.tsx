import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Checkbox } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import type { Area } from '../contract.ts'
import { AreaPanel } from './area-panel.tsx'
import css from './areas.module.css'
import { useAreas } from './queries.ts'
import { useResponsibleName } from './responsible.ts'

/** Parents first, each followed by what lies below it. */
function inOrder(items: readonly Area[]): { area: Area; depth: number }[] {
  const known = new Set(items.map(({ id }) => id))
  const below = (parent: string | null, depth: number): { area: Area; depth: number }[] =>
    items
      .filter((one) => (one.parentId !== null && known.has(one.parentId) ? one.parentId : null) === parent)
      .flatMap((area) => [{ area, depth }, ...below(area.id, depth + 1)])
  return below(null, 0)
}

/** The house as a tree: what is restricted, who answers for it, how one gets there (V9, V21). */
export function Areas() {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const responsibleName = useResponsibleName()
  const [archived, setArchived] = useState(false)
  const [open, setOpen] = useState<string | null>(null)
  const list = useAreas(archived)
  const items = list.data?.items ?? []
  const chosen = items.find(({ id }) => id === open)
  useKeys({ a: { label: t('area.add'), run: () => setOpen('new') } })
  return (
    <div className={css.split}>
      <div className={css.page}>
        <header className={css.head}>
          <h1>{t('area.title')}</h1>
          <span className={css.row}>
            <Checkbox checked={archived} onChange={setArchived}>
              {t('area.showArchived')}
            </Checkbox>
            <Button kind="primary" icon="plus" keyHint="a" onClick={() => setOpen('new')}>
              {t('area.add')}
            </Button>
          </span>
        </header>
        <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
        {list.isPending ? <Skeleton rows={4} /> : null}
        {list.data && items.length === 0 ? (
          <Empty icon="door" title={t('area.empty')}>
            {t('area.emptyHelp')}
          </Empty>
        ) : null}
        {items.length > 0 ? (
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('area.name')}</th>
                <th scope="col">{t('area.entry')}</th>
                <th scope="col">{t('area.responsible')}</th>
                <th scope="col">{t('area.way')}</th>
              </tr>
            </thead>
            <tbody>
              {inOrder(items).map(({ area, depth }) => (
                <tr key={area.id}>
                  <th scope="row" style={{ paddingInlineStart: `${depth * 24 + 8}px` }}>
                    <Button kind="name" onClick={() => setOpen(area.id)}>
                      {spoken(area.name)}
                    </Button>
                  </th>
                  <td>
                    <StatusChip tone={area.archived ? 'neutral' : area.restricted ? 'waiting' : 'good'}>
                      {t(area.archived ? 'area.archived' : area.restricted ? 'area.restricted' : 'area.free')}
                    </StatusChip>
                  </td>
                  <td>
                    {area.responsible
                      ? responsibleName(area.responsible)
                      : area.restricted
                        ? t('area.dutyManager')
                        : ''}
                  </td>
                  <td>{spoken(area.way)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </div>
      {open === 'new' || chosen ? (
        <AreaPanel
          key={chosen ? `${chosen.id} ${chosen.version}` : 'new'}
          area={chosen ?? null}
          all={items}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  )
}
