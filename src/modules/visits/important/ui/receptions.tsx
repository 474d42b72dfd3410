import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Card } from '../../../../ui-kit/card.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import { visits } from '../../contract.ts'
import { stay } from '../../stay/contract.ts'
import { useLiveVisits } from '../../ui/queries.ts'
import { VisitStatusChip } from '../../ui/visit-status.tsx'
import { important, type Reception } from '../contract.ts'
import type { ReceptionStep } from '../rules.ts'
import { useAct, useReceptions } from './queries.ts'
import css from './special.module.css'

type Size = 'normal' | 'large'
const lanes = ['coming', 'here', 'leaving', 'left'] as const
type Lane = (typeof lanes)[number]

function laneOf({ visit, leaving }: Reception): Lane {
  if (visit.status === 'expected') return 'coming'
  if (visit.status === 'left') return 'left'
  return leaving === null ? 'here' : 'leaving'
}

const keyOf: Readonly<Record<ReceptionStep, string>> = {
  acknowledge: 'y',
  'lead-in': 'h',
  leaving: 'o',
  'gate-told': 'y',
  'driver-told': 's',
}

/** V7: important guests of today, each with the one step that comes next; desk and gate see the same. */
export function Receptions({ size = 'normal', onWarn }: { size?: Size; onWarn?: () => void }) {
  const { t } = useTranslation()
  useLiveVisits()
  const list = useReceptions()
  const items = list.data?.items ?? []
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('important.title')}</h1>
        {onWarn ? (
          <Button
            kind="primary"
            size={size}
            icon="star"
            keyHint={size === 'large' ? undefined : 'a'}
            onClick={onWarn}
          >
            {t('important.warn.open')}
          </Button>
        ) : null}
      </header>
      <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
      {list.isPending ? <Skeleton kind="cards" rows={3} /> : null}
      {list.data && items.length === 0 ? (
        <Empty icon="star" title={t('important.empty')}>
          {t('important.emptyHelp')}
        </Empty>
      ) : null}
      {lanes.map((lane) => (
        <LaneOf
          key={lane}
          lane={lane}
          items={items.filter((one) => laneOf(one) === lane)}
          size={size}
          first={items}
        />
      ))}
    </div>
  )
}

function LaneOf(props: { lane: Lane; items: readonly Reception[]; size: Size; first: readonly Reception[] }) {
  const { t } = useTranslation()
  if (props.items.length === 0) return null
  // The keys belong to whoever waits for a step longest.
  const keyed = props.first.find((one) => one.steps.length > 0)
  return (
    <section className={css.section}>
      <h2>{t(`important.lane.${props.lane}`)}</h2>
      <ul className={css.cards}>
        {props.items.map((one) => (
          <ReceptionCard key={one.visit.id} one={one} size={props.size} keys={one === keyed} />
        ))}
      </ul>
    </section>
  )
}

function ReceptionCard({ one, size, keys }: { one: Reception; size: Size; keys: boolean }) {
  const { t } = useTranslation()
  const { visit } = one
  return (
    <Card
      as="li"
      title={visit.visitorName}
      aside={<VisitStatusChip status={visit.status} />}
      tone={one.steps.length > 0 || visit.status === 'expected' ? 'waiting' : undefined}
    >
      <div className={css.body}>
        <p className={css.line}>
          {[
            visit.organisation,
            visit.hostName,
            visit.partySize > 1 ? t('visit.party', { count: visit.partySize }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Cars one={one} />
        {one.parkingWish ? (
          <p className={css.quiet}>{t('important.wish', { wish: one.parkingWish })}</p>
        ) : null}
        {one.note ? <p className={css.quiet}>{one.note}</p> : null}
        <ReceptionSteps one={one} size={size} keys={keys} whole />
      </div>
    </Card>
  )
}

function Cars({ one }: { one: Reception }) {
  const { t } = useTranslation()
  return (
    <div className={css.acts}>
      {one.vehicles.map((car) => (
        <span key={car.id} className={css.plate}>
          {car.plate}
          {car.place ? ` · ${t('important.place', { place: car.place })}` : ''}
        </span>
      ))}
      {one.leaving !== null
        ? one.vehicles
            .filter((car) => car.driverPhone !== '' && car.outAt === null)
            .map((car) => (
              <a key={car.id} className={css.call} href={`tel:${car.driverPhone}`}>
                <Icon name="phone" />
                {t('important.call', { name: car.driverName, phone: car.driverPhone })}
              </a>
            ))
        : null}
    </div>
  )
}

/** The steps done, who did them, and the next one as the one prominent button. */
export function ReceptionSteps(props: { one: Reception; size?: Size; keys?: boolean; whole?: boolean }) {
  const { one, size = 'normal', keys = false, whole = false } = props
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const { act, busy } = useAct()
  const { visit } = one
  const params = { id: visit.id }

  const take = (step: ReceptionStep) =>
    void act(
      () => call(important.step, { params, body: { done: step } }),
      t(`important.done.${step}`),
      () => void act(() => call(important.takeBack, { params }), t('important.undone')),
    )
  const undo = one.undo
  useKeys(
    Object.fromEntries(
      one.steps.map((step) => [keyOf[step], { label: t(`important.step.${step}`), run: () => take(step) }]),
    ),
    { enabled: keys && !busy },
  )
  const done = [
    ['acknowledge', one.acknowledged],
    ['lead-in', one.ledIn],
    ['leaving', one.leaving],
    ['gate-told', one.gateTold],
    ['driver-told', one.driverTold],
  ] as const
  return (
    <div className={css.body}>
      {one.warned ? (
        <p className={css.quiet}>
          {formatTime(one.warned.at, zone, language)} {t('important.warnedBy', { name: one.warned.byName })}
        </p>
      ) : null}
      <div className={css.acts}>
        {done.map(([step, made]) =>
          made === null ? null : (
            <StatusChip key={step} tone="good">
              {formatTime(made.at, zone, language)}{' '}
              {t('important.by', { step: t(`important.step.${step}`), name: made.byName })}
            </StatusChip>
          ),
        )}
      </div>
      <div className={css.acts}>
        {whole && visit.can.checkIn ? (
          <Button
            kind="primary"
            size={size}
            icon="door"
            busy={busy}
            onClick={() =>
              void act(
                () => call(visits.checkIn, { params, body: {} }),
                t('visit.done.checkIn', { name: visit.visitorName }),
              )
            }
          >
            {t('important.arrived')}
          </Button>
        ) : null}
        {one.steps.map((step, at) => (
          <Button
            key={step}
            kind={at === 0 ? 'primary' : 'quiet'}
            size={size}
            icon="check"
            busy={busy}
            keyHint={keys && size !== 'large' ? keyOf[step] : undefined}
            onClick={() => take(step)}
          >
            {t(`important.step.${step}`)}
          </Button>
        ))}
        {whole && visit.can.release && one.leaving !== null && one.gateTold !== null ? (
          <Button
            kind={one.steps.length === 0 ? 'primary' : 'quiet'}
            size={size}
            icon="signOut"
            busy={busy}
            onClick={() =>
              void act(
                () => call(stay.release, { params, body: {} }),
                t('visit.done.release', { name: visit.visitorName }),
              )
            }
          >
            {t('important.release')}
          </Button>
        ) : null}
        {undo ? (
          <Button
            kind="plain"
            size={size}
            icon="back"
            busy={busy}
            onClick={() => void act(() => call(important.takeBack, { params }), t('important.undone'))}
          >
            {t('important.undo', { step: t(`important.step.${undo}`) })}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
