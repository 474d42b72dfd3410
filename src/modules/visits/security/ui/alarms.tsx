import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { SelectNative } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { specialKeys, useAct, useReceptions } from '../../important/ui/queries.ts'
import css from '../../important/ui/special.module.css'
import { type Incident, incidents } from '../contract.ts'

export interface AlarmsProps {
  surface: 'desk' | 'gate'
  /** The key was pressed before this part had come: the call is made as soon as it stands. */
  early: boolean
}

/** On every console of desk and gate: alarms of this minute (V16), then important guests that wait for a step (V7). */
export function Alarms({ surface, early }: AlarmsProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const raises = useCan('incident.raise')
  const reads = useCan('incident.read')
  const { act, busy } = useAct()
  useLiveInvalidate({ incident: specialKeys.incidents, visit: specialKeys.receptions })
  const live = useQuery({
    queryKey: [...specialKeys.incidents, 'live'],
    enabled: reads,
    queryFn: ({ signal }) => call(incidents.live, {}, { signal }),
  })
  const options = useQuery({
    queryKey: ['incident-options'],
    enabled: raises,
    staleTime: 10 * 60_000,
    queryFn: ({ signal }) => call(incidents.options, {}, { signal }),
  })
  const places = (options.data?.places ?? []).map((place) => spoken(place))
  // The desk's own place first, then the gate's: the call goes out before anybody has chosen.
  const usual = (surface === 'gate' ? places[1] : undefined) ?? places[0] ?? ''

  function raise() {
    const visitId = new URLSearchParams(location.search).get('visit')
    const about = visitId !== null && /^[0-9a-f-]{36}$/.test(visitId) ? { visitId } : {}
    void act(
      () => call(incidents.raise, { body: { id: v7(), place: usual, surface, ...about } }),
      t('incident.sent'),
    )
  }
  const answered = useRef(false)
  useEffect(() => {
    if (!early || answered.current || options.fetchStatus === 'fetching') return
    answered.current = true
    raise()
  })
  useKeys({ '!': raises ? { label: t('incident.call'), run: raise } : undefined }, { layer: 'shell' })

  return (
    <>
      {(live.data?.items ?? []).map((one) => (
        <Alarm key={one.id} one={one} places={places} surface={surface} />
      ))}
      {surface === 'gate' && raises ? (
        <div className={css.raise}>
          <Button kind="danger" size="large" icon="shield" busy={busy} onClick={raise}>
            {t('incident.call')}
          </Button>
        </div>
      ) : null}
      <Guests surface={surface} />
    </>
  )
}

function Alarm({
  one,
  places,
  surface,
}: {
  one: Incident
  places: readonly string[]
  surface: 'desk' | 'gate'
}) {
  const { t } = useTranslation()
  const { act, busy } = useAct()
  const size = surface === 'gate' ? 'large' : 'normal'
  const params = { id: one.id }
  const choices = one.place === '' || places.includes(one.place) ? places : [one.place, ...places]
  return (
    <div className={css.alarm} role={one.status === 'open' ? 'alert' : 'status'}>
      <Icon name="shield" size={24} />
      <p className={css.stripText}>
        <strong>{t('incident.alarm', { number: one.number })}</strong>{' '}
        {t('incident.at', { place: one.place || t('incident.noPlace'), name: one.raised.byName })}{' '}
        {one.acknowledged ? t('incident.byName', { name: one.acknowledged.byName }) : null}{' '}
        <RunningTime since={one.raised.at} alarmAfter={60} />
      </p>
      <StatusChip tone={one.status === 'open' ? 'alarm' : 'waiting'}>
        {t(`incident.status.${one.status}`)}
      </StatusChip>
      {one.escalatedAt && one.status === 'open' ? (
        <StatusChip tone="alarm">{t('incident.escalated')}</StatusChip>
      ) : null}
      {one.can.edit && one.status === 'open' && choices.length > 1 ? (
        <SelectNative
          size={size}
          label={t('incident.place')}
          value={one.place}
          placeholder={t('incident.noPlace')}
          options={choices.map((place) => ({ value: place, label: place }))}
          onChange={(place) =>
            void act(() => call(incidents.edit, { params, body: { version: one.version, place } }), '')
          }
        />
      ) : null}
      {one.can.acknowledge ? (
        <Button
          kind="primary"
          size={size}
          icon="check"
          busy={busy}
          onClick={() =>
            void act(
              () => call(incidents.acknowledge, { params }),
              t('incident.status.acknowledged'),
              () => void act(() => call(incidents.undo, { params }), ''),
            )
          }
        >
          {t('incident.act.acknowledge')}
        </Button>
      ) : null}
      {one.can.arrive && one.status !== 'open' ? (
        <Button
          size={size}
          icon="pin"
          busy={busy}
          onClick={() => void act(() => call(incidents.arrive, { params }), t('incident.status.on_site'))}
        >
          {t('incident.act.arrive')}
        </Button>
      ) : null}
      <Link to={surface === 'gate' ? '/gate/incidents' : '/incidents'} search={{ incident: one.id }}>
        {t('incident.whole')}
      </Link>
    </div>
  )
}

/** V7: what an executive or the desk has just said, until somebody at the gate says that it was heard. */
function Guests({ surface }: Pick<AlarmsProps, 'surface'>) {
  const { t } = useTranslation()
  const reads = useCan('visit.read')
  const list = useReceptions(reads)
  const to = surface === 'gate' ? '/gate/important' : '/important'
  const waiting = (list.data?.items ?? []).filter((one) =>
    one.steps.some((step) => step === 'acknowledge' || step === 'gate-told' || step === 'driver-told'),
  )
  if (waiting.length === 0) return null
  return (
    <div className={css.strip} role="status">
      <Icon name="star" size={24} />
      <p className={css.stripText}>
        {waiting.slice(0, 3).map((one) => (
          <strong key={one.visit.id}>
            {t(one.leaving ? 'important.strip.leaving' : 'important.strip.warned', {
              name: one.visit.visitorName,
            })}{' '}
            {one.vehicles.map((car) => car.plate).join(' ')}{' '}
          </strong>
        ))}
        {t('important.strip.count', { count: waiting.length })}
      </p>
      <Link to={to}>{t('important.strip.go')}</Link>
    </div>
  )
}
