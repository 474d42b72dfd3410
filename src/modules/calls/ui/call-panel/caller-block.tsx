import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatDay } from '../../../../ui-kit/zone-time.ts'
import type { CallDetail } from '../../card/contract.ts'
import { Lamp } from '../lamps/lamp.tsx'
import { useCallOptions, useLamps, useLastCall } from '../queries.ts'
import css from './call-panel.module.css'

type CallerCard = NonNullable<CallDetail['caller']>

export interface CallerBlockProps {
  call: CallDetail
  /** Absent: to be read only. */
  onChoose?: ((card: CallerCard) => void) | undefined
}

/** Who is on the line: whose customer, what is still promised, what there was before (C5). */
export function CallerBlock({ call, onChoose }: CallerBlockProps) {
  const { t } = useTranslation()
  const { caller, candidates } = call
  const others = candidates.filter(
    (one) => one.contactId !== caller?.contactId || one.customerId !== caller?.customerId,
  )
  return (
    <section className={css.caller} aria-label={t('call.caller')}>
      {caller ? (
        <Known call={call} caller={caller} />
      ) : others.length === 0 && !call.contactName && !call.organisation ? (
        <p className={css.quiet}>
          {call.callsBefore > 0 ? t('call.calledBefore', { count: call.callsBefore }) : t('call.notKnown')}
        </p>
      ) : null}
      {others.length > 0 && onChoose ? (
        <fieldset className={css.candidates}>
          <legend>{t(caller ? 'call.orElse' : 'call.whoIsIt')}</legend>
          {others.map((one) => (
            <Button key={`${one.contactId}${one.customerId}`} icon="user" onClick={() => onChoose(one)}>
              {[one.contactName, one.customerName].filter(Boolean).join(' · ')}
            </Button>
          ))}
        </fieldset>
      ) : null}
    </section>
  )
}

function Known({ call, caller }: { call: CallDetail; caller: CallerCard }) {
  const { t } = useTranslation()
  const { data: lamps } = useLamps()
  const lamp = lamps?.get(caller.ownerExtension)
  return (
    <>
      <p className={css.callerName}>
        <strong>{caller.contactName || caller.customerName}</strong>
        {caller.title ? <span className={css.quiet}> {caller.title}</span> : null}
        {caller.contactName && caller.customerName ? <span> · {caller.customerName}</span> : null}
      </p>
      <div className={css.chips}>
        {caller.vip || caller.grade === 'vip' ? (
          <StatusChip tone="waiting" icon="star">
            {t('call.vip')}
          </StatusChip>
        ) : null}
        {caller.grade === 'key' ? (
          <StatusChip tone="good" icon="star">
            {t('call.keyAccount')}
          </StatusChip>
        ) : null}
        {call.promisesOpen > 0 ? (
          <StatusChip tone="alarm" icon="bell">
            {t('call.promisesOpen', { count: call.promisesOpen })}
          </StatusChip>
        ) : null}
        {caller.dialect ? (
          <StatusChip tone="neutral">{t('call.speaks', { dialect: caller.dialect })}</StatusChip>
        ) : null}
      </div>
      {caller.ownerName ? (
        <p className={css.owner}>
          <span className={css.quiet}>{t('call.owner')}</span> {caller.ownerName}
          <span className={css.number}>{caller.ownerExtension}</span>
          {lamp ? <Lamp state={lamp.state} /> : null}
        </p>
      ) : caller.customerId ? (
        <p className={css.quiet}>{t('call.noOwner')}</p>
      ) : null}
      <Before call={call} contactId={caller.contactId} />
      {caller.note ? (
        <p className={css.noteLine}>
          <Icon name="info" size={16} /> {caller.note}
        </p>
      ) : null}
    </>
  )
}

function Before({ call, contactId }: { call: CallDetail; contactId: string | null }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const zone = useZone()
  const spoken = useSpoken()
  const { data: options } = useCallOptions()
  const { data: before } = useLastCall(contactId, call.id)
  if (!before)
    return call.callsBefore > 0 ? (
      <p className={css.quiet}>{t('call.calledBefore', { count: call.callsBefore })}</p>
    ) : null
  const route = options?.routes.find((one) => one.key === before.route)
  return (
    <p className={css.quiet}>
      {t('call.lastTime', {
        day: formatDay(before.startedAt, zone, language),
        what: before.reason || spoken(route?.name) || t('call.noReason'),
      })}
    </p>
  )
}
