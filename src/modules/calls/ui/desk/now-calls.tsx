import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Card } from '../../../../ui-kit/card.tsx'
import { useNow } from '../../../../ui-kit/clock.ts'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatDay } from '../../../../ui-kit/zone-time.ts'
import type { CallCard } from '../../card/contract.ts'
import { callerName, outcomeDue, ringingFor } from '../call-flow.ts'
import { Lamp } from '../lamps/lamp.tsx'
import { useCall, useCallOptions, useLamps, useLastCall } from '../queries.ts'
import css from './now-calls.module.css'

export interface NowCallProps {
  call: CallCard
  /** Its panel is open beside the board. */
  shown: boolean
  /** The key that answers this one now; the others wait for the pointer or for their turn. */
  answerKey: 'Enter' | 'F2' | undefined
  /** The one that the key brings back. */
  back: boolean
  onAnswer: (call: CallCard) => void
  onOpen: (call: CallCard) => void
}

/** One call of this minute in the Now column: ringing, being spoken, or still owing its outcome (C1, C4). */
export function NowCall(props: NowCallProps) {
  const { call, shown } = props
  const { t } = useTranslation()
  const ringing = call.status === 'ringing'
  return (
    <li className={ringing ? css.ringing : undefined}>
      <Card
        tone={ringing ? 'alarm' : call.status === 'after' ? 'waiting' : 'good'}
        selected={shown}
        actions={ringing ? <RingingActs {...props} /> : shown ? null : <OpenActs {...props} />}
      >
        <Head {...props} />
        {ringing ? <Caller call={call} /> : <Course call={call} />}
        {call.vip && !ringing ? (
          <span className={css.chips}>
            <StatusChip tone="waiting" icon="star">
              {t('call.vip')}
            </StatusChip>
          </span>
        ) : null}
      </Card>
    </li>
  )
}

function Head({ call, onOpen }: NowCallProps) {
  const { t } = useTranslation()
  const { data: options } = useCallOptions()
  const name = callerName(call) || call.callerMasked || t('call.unknown')
  const due = outcomeDue(call, options?.outcomeMinutes ?? 5)
  return (
    <>
      <div className={css.head}>
        <h3 className={css.title}>
          <button type="button" className={css.open} data-card={call.id} onClick={() => onOpen(call)}>
            <Icon name="phone" label={t(`call.direction.${call.direction}`)} />
            <span className={css.name}>{name}</span>
          </button>
        </h3>
        {call.status === 'ringing' ? (
          <RunningTime
            since={call.ringingAt ?? call.startedAt}
            alarmAfter={(options?.ringCadenceSeconds ?? 5) * (options?.answerRings ?? 3)}
            size="title"
          />
        ) : call.status === 'after' && due ? (
          <RunningTime until={due} warnBefore={120} size="title" label={t('call.owed')} />
        ) : (
          <RunningTime since={call.answeredAt ?? call.startedAt} size="title" />
        )}
      </div>
      {name === call.callerMasked || call.callerMasked === '' ? null : (
        <p className={css.number}>{call.callerMasked}</p>
      )}
    </>
  )
}

/** Whose customer it is and what there was before, so that the greeting can be the right one (C5, C15). */
function Caller({ call }: { call: CallCard }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const zone = useZone()
  const spoken = useSpoken()
  const { data: options } = useCallOptions()
  const { data: detail } = useCall(call.id)
  const { data: lamps } = useLamps()
  const { data: before } = useLastCall(call.contactId, call.id)
  const caller = detail?.caller
  const lamp = caller ? lamps?.get(caller.ownerExtension) : undefined
  const route = options?.routes.find((one) => one.key === before?.route)
  return (
    <>
      <Rings call={call} />
      {call.contactName && call.organisation ? <p className={css.from}>{call.organisation}</p> : null}
      {caller?.ownerName ? (
        <p className={css.owner}>
          <span className={css.quiet}>{t('call.owner')}</span> {caller.ownerName}
          {lamp ? <Lamp state={lamp.state} /> : null}
        </p>
      ) : null}
      {before ? (
        <p className={css.quiet}>
          {t('call.lastTime', {
            day: formatDay(before.startedAt, zone, language),
            what: before.reason || spoken(route?.name) || t('call.noReason'),
          })}
        </p>
      ) : null}
      <Marks call={call} grade={caller?.grade ?? 'normal'} promises={detail?.promisesOpen ?? 0} />
      {call.dialled ? <p className={css.quiet}>{t('call.dialled', { number: call.dialled })}</p> : null}
    </>
  )
}

function Marks(props: { call: CallCard; grade: 'normal' | 'key' | 'vip'; promises: number }) {
  const { t } = useTranslation()
  const { call, grade, promises } = props
  const vip = call.vip || grade === 'vip'
  if (!vip && grade !== 'key' && promises === 0) return null
  return (
    <div className={css.chips}>
      {vip ? (
        <StatusChip tone="waiting" icon="star">
          {t('call.vip')}
        </StatusChip>
      ) : grade === 'key' ? (
        <StatusChip tone="good" icon="star">
          {t('call.keyAccount')}
        </StatusChip>
      ) : null}
      {promises > 0 ? (
        <StatusChip tone="alarm" icon="bell">
          {t('call.promisesOpen', { count: promises })}
        </StatusChip>
      ) : null}
    </div>
  )
}

/** 响铃 2 声: counted as the caller hears it. */
function Rings({ call }: { call: CallCard }) {
  const { t } = useTranslation()
  const now = useNow()
  const { data: options } = useCallOptions()
  const { rings, late } = ringingFor(
    call.ringingAt ?? call.startedAt,
    now,
    options?.ringCadenceSeconds ?? 5,
    options?.answerRings ?? 3,
  )
  return (
    <p className={late ? css.late : css.quiet}>
      {t('call.ringing', { count: rings })}
      {late ? ` · ${t('call.apologise')}` : ''}
    </p>
  )
}

/** Where the call stands: with whom it is being tried, or who speaks. */
function Course({ call }: { call: CallCard }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useCallOptions()
  const route = options?.routes.find((one) => one.key === call.route)
  const parts = [
    t(`call.status.${call.status}`),
    call.contactName && call.organisation,
    spoken(route?.name),
    call.wantedName && t('call.wants', { name: call.wantedName }),
    call.can.close !== true && call.handlerName && t('call.by', { name: call.handlerName }),
  ]
  return <p className={css.quiet}>{parts.filter(Boolean).join(' · ')}</p>
}

function RingingActs({ call, answerKey, onAnswer }: NowCallProps) {
  const { t } = useTranslation()
  if (call.can.answer !== true) return null
  return (
    <Button
      kind={answerKey ? 'primary' : 'quiet'}
      icon="phone"
      wide
      keyHint={answerKey}
      onClick={() => onAnswer(call)}
    >
      {t('call.answer')}
    </Button>
  )
}

function OpenActs({ call, back, onOpen }: NowCallProps) {
  const { t } = useTranslation()
  return (
    <Button icon="arrowRight" keyHint={back ? 'F2' : undefined} onClick={() => onOpen(call)}>
      {call.can.close !== true
        ? t('call.look')
        : call.status === 'after'
          ? t('call.giveOutcome')
          : t('call.back')}
    </Button>
  )
}
