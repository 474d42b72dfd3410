import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import css from '../../ui/desk/passes.module.css'
import { type Door, doors } from '../contract.ts'
import own from './devices.module.css'
import { DoorForm } from './door-form.tsx'
import { DoorPanel } from './door-panel.tsx'

type Open = { readonly kind: 'new' } | { readonly kind: 'edit' | 'events'; readonly door: Door }
type Scope = 'inUse' | 'archived'

/** V11: doors of the site and their controllers. */
export function Devices() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { problemText } = useProblemText()
  const [scope, setScope] = useState<Scope>('inUse')
  const [open, setOpen] = useState<Open | null>(null)
  const makesKeys = useCan('apikey.manage')
  const tells = useCan('channel.manage')
  useLiveInvalidate({ door: ['doors'], pass: ['doors'] })
  const list = useQuery({
    queryKey: ['doors', scope],
    queryFn: ({ signal }) =>
      call(doors.list, { query: { archived: scope === 'archived' ? 'true' : 'false' } }, { signal }),
    // Staff cards move doors too, and nobody is told of those.
    refetchInterval: 30_000,
  })
  const items = list.data?.items ?? []

  async function archive({ id, version, name }: Door, archived: boolean) {
    try {
      await call(doors.archive, { params: { id }, body: { version, archived } })
      showToast({ text: t(archived ? 'devices.done.archived' : 'devices.done.restored', { name }) })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
    await client.invalidateQueries({ queryKey: ['doors'] })
  }

  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('devices.title')}</h1>
          <span className={own.links}>
            {makesKeys ? <Link to="/api-keys">{t('devices.keys')}</Link> : null}
            {tells ? <Link to="/channels">{t('devices.webhooks')}</Link> : null}
            <Button kind="primary" icon="plus" onClick={() => setOpen({ kind: 'new' })}>
              {t('devices.new')}
            </Button>
          </span>
        </header>
        <Tabs
          value={scope}
          onChange={setScope}
          label={t('devices.scope')}
          tabs={[
            { value: 'inUse', label: t('devices.inUse') },
            { value: 'archived', label: t('devices.archived') },
          ]}
        >
          <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
          {list.isPending ? <Skeleton rows={4} /> : null}
          {list.data && items.length === 0 && scope === 'inUse' ? (
            <Empty icon="door" title={t('devices.empty')}>
              {t('devices.emptyHelp')}
            </Empty>
          ) : null}
          {list.data && items.length === 0 && scope === 'archived' ? (
            <Empty icon="door" title={t('devices.noneArchived')} />
          ) : null}
          {items.length > 0 ? (
            <DoorTable
              items={items}
              onOpen={(door) => setOpen({ kind: 'events', door })}
              onEdit={(door) => setOpen({ kind: 'edit', door })}
              onArchive={(door) => void archive(door, !door.archived)}
            />
          ) : null}
        </Tabs>
      </div>
      {open === null ? null : open.kind === 'events' ? (
        <DoorPanel key={open.door.id} door={open.door} onClose={() => setOpen(null)} />
      ) : (
        <DoorForm
          key={open.kind === 'new' ? 'new' : open.door.id}
          door={open.kind === 'new' ? null : open.door}
          areas={list.data?.areas ?? []}
          onClose={() => setOpen(null)}
          onDone={(door) => {
            setOpen(null)
            showToast({ text: t('devices.done.saved', { name: door.name }) })
            void client.invalidateQueries({ queryKey: ['doors'] })
          }}
        />
      )}
    </div>
  )
}

function DoorTable(props: {
  items: readonly Door[]
  onOpen: (door: Door) => void
  onEdit: (door: Door) => void
  onArchive: (door: Door) => void
}) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('devices.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('devices.name')}</th>
            <th scope="col">{t('devices.direction.label')}</th>
            <th scope="col">{t('devices.area')}</th>
            <th scope="col">{t('devices.controller')}</th>
            <th scope="col">{t('devices.externalId')}</th>
            <th scope="col">{t('devices.lastSeen')}</th>
            <th scope="col">{t('devices.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((door) => (
            <tr key={door.id}>
              <th scope="row">
                <Button kind="name" onClick={() => props.onOpen(door)}>
                  {door.name} <VisuallyHidden>{t('devices.open')}</VisuallyHidden>
                </Button>
              </th>
              <td>{t(`devices.direction.${door.direction}`)}</td>
              <td>{door.area || t('devices.anyArea')}</td>
              <td>{door.controller}</td>
              <td className={css.number}>{door.externalId}</td>
              <td className={css.number}>
                {door.lastSeenAt ? formatDateTime(door.lastSeenAt, zone, language) : t('devices.never')}
              </td>
              <td className={css.acts}>
                <Button kind="plain" icon="edit" onClick={() => props.onEdit(door)}>
                  {t('devices.edit')}
                </Button>
                <Button
                  kind="plain"
                  icon={door.archived ? 'back' : 'close'}
                  onClick={() => props.onArchive(door)}
                >
                  {t(door.archived ? 'devices.restore' : 'devices.archive')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
