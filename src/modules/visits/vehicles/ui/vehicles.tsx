import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { SelectNative } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { specialKeys, useAct } from '../../important/ui/queries.ts'
import css from '../../important/ui/special.module.css'
import { useLiveVisits } from '../../ui/queries.ts'
import { type Vehicle, vehicles } from '../contract.ts'

const states = ['inside', 'expected', 'all'] as const
const pageSize = 50

/** V19: cars inside, expected and gone; by any piece of the plate; places given and taken. */
export function Vehicles() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  useLiveVisits()
  const { act, busy } = useAct()
  const exports = useCan('visit.export')
  const [state, setState] = useState<(typeof states)[number]>('inside')
  const [plate, setPlate] = useState('')
  const list = JSON.stringify([state, plate])
  const [pages, setPages] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] })
  const cursors = pages.list === list ? pages.cursors : []
  const cursor = cursors.at(-1)
  const filter = { state, ...(plate === '' ? {} : { plate }) }
  const page = useQuery({
    queryKey: [...specialKeys.vehicles, list, cursor ?? ''],
    queryFn: ({ signal }) =>
      call(
        vehicles.list,
        { query: { ...filter, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const { data } = page
  const next = data?.next ?? null
  return (
    <div className={css.list}>
      <header className={css.head}>
        <h1>{t('vehicle.title')}</h1>
        {exports ? (
          <Button
            icon="download"
            busy={busy}
            onClick={() =>
              void act(
                async () => saveFile(await fetchFile(vehicles.export, { query: { ...filter, language } })),
                t('vehicle.exported'),
              )
            }
          >
            {t('vehicle.export')}
          </Button>
        ) : null}
      </header>
      <div className={css.filters}>
        <SearchText
          label={t('vehicle.plate')}
          hint={t('vehicle.plateHint')}
          value={plate}
          onChange={setPlate}
        />
      </div>
      <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
      <Tabs
        label={t('vehicle.title')}
        value={state}
        onChange={setState}
        tabs={states.map((value) => ({ value, label: t(`vehicle.state.${value}`) }))}
      >
        {page.isPending ? <Skeleton rows={8} /> : null}
        {data && data.items.length === 0 ? (
          <Empty icon="pass" title={t(plate === '' ? 'vehicle.empty' : 'vehicle.noHit')}>
            {plate === '' ? t('vehicle.emptyHelp') : null}
          </Empty>
        ) : null}
        {data && data.items.length > 0 ? (
          <>
            <VehicleTable rows={data.items} />
            <Pager
              from={cursors.length * pageSize + 1}
              shown={data.items.length}
              total={data.total}
              totalIsFloor={data.totalIsFloor}
              busy={page.isFetching && page.isPlaceholderData}
              onPrevious={
                cursors.length > 0 ? () => setPages({ list, cursors: cursors.slice(0, -1) }) : undefined
              }
              onNext={next === null ? undefined : () => setPages({ list, cursors: [...cursors, next] })}
            />
          </>
        ) : null}
      </Tabs>
      <Places />
    </div>
  )
}

const columns = ['plate', 'visitor', 'host', 'place', 'driver', 'in', 'out', 'acts'] as const

function VehicleTable({ rows }: { rows: readonly Vehicle[] }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const at = (instant: string | null) => (instant ? formatDateTime(instant, zone, language) : '')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('vehicle.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`vehicle.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <span className={css.plate}>{one.plate}</span>{' '}
                <span className={css.quiet}>{t(`vehicle.kind.${one.kind ?? 'other'}`)}</span>
              </th>
              <td>
                <Link to="/register" search={{ visit: one.visitId }}>
                  {one.visitorName}
                </Link>{' '}
                <span className={css.quiet}>{one.organisation}</span>
              </td>
              <td>{one.hostName}</td>
              <td>{one.place}</td>
              <td>
                {one.driverName}{' '}
                {one.driverPhone ? <a href={`tel:${one.driverPhone}`}>{one.driverPhone}</a> : null}
              </td>
              <td>{at(one.inAt)}</td>
              <td>{at(one.outAt)}</td>
              <td>
                <VehicleActs one={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const placesQuery = {
  queryKey: [...specialKeys.vehicles, 'places'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(vehicles.places, {}, { signal }),
}

/** Place, out, and back in: what this car may have now. */
export function VehicleActs({ one, size = 'normal' }: { one: Vehicle; size?: 'normal' | 'large' }) {
  const { t } = useTranslation()
  const { act, busy } = useAct()
  const places = useQuery({ ...placesQuery, enabled: one.can.place })
  const params = { id: one.id }
  const free = (places.data?.lots ?? []).flatMap((lot) =>
    lot.places.filter((place) => place.visitId === null),
  )
  const give = (place: string) =>
    void act(
      () => call(vehicles.place, { params, body: place === auto ? {} : { place } }),
      t('vehicle.placed', { plate: one.plate, place: place === auto ? '' : place }),
    )
  return (
    <div className={css.acts}>
      {one.can.place && one.place === '' && free.length > 0 ? (
        <SelectNative
          size={size}
          label={t('vehicle.give')}
          value=""
          placeholder={t('vehicle.give')}
          options={[
            { value: auto, label: t('vehicle.auto') },
            ...free.map((place) => ({
              value: place.number,
              label: place.reserved ? `${place.number} (${t('vehicle.reserved')})` : place.number,
            })),
          ]}
          onChange={give}
        />
      ) : null}
      {one.can.place && one.place !== '' ? (
        <Button
          kind="plain"
          size={size}
          busy={busy}
          onClick={() =>
            void act(() => call(vehicles.place, { params, body: { place: null } }), t('vehicle.saved'))
          }
        >
          {t('vehicle.free')}
        </Button>
      ) : null}
      {one.can.in ? (
        <Button
          size={size}
          icon="door"
          busy={busy}
          onClick={() =>
            void act(() => call(vehicles.in, { params }), t('vehicle.inDone', { plate: one.plate }))
          }
        >
          {t('vehicle.carIn')}
        </Button>
      ) : null}
      {one.can.out ? (
        <Button
          size={size}
          icon="signOut"
          busy={busy}
          onClick={() =>
            void act(
              () => call(vehicles.out, { params }),
              t('vehicle.outDone', { plate: one.plate }),
              () => void act(() => call(vehicles.in, { params }), t('vehicle.inDone', { plate: one.plate })),
            )
          }
        >
          {t('vehicle.carOut')}
        </Button>
      ) : null}
    </div>
  )
}

const auto = '*'

function Places() {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data } = useQuery(placesQuery)
  if (!data || data.lots.length === 0) return null
  return (
    <section className={css.section} aria-label={t('vehicle.placesTitle')}>
      <h2>{t('vehicle.placesTitle')}</h2>
      {data.lots.map((lot) => (
        <div key={lot.key} className={css.body}>
          <h3>{spoken(lot.name)}</h3>
          <ul className={css.places}>
            {lot.places.map((place) => (
              <li key={place.number} className={`${css.place} ${place.plate ? css.taken : ''}`}>
                {place.plate ? place.number : t('vehicle.freePlace', { place: place.number })}
                {place.reserved ? <span className={css.quiet}> {t('vehicle.reserved')}</span> : null}
                {place.plate ? <span className={css.placePlate}>{place.plate}</span> : null}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
