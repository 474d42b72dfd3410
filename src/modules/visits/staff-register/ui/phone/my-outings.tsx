import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { formatDateTime } from '../../../../../ui-kit/zone-time.ts'
import type { OutingCard } from '../../contract.ts'
import { OutingFormView } from '../outing-form.tsx'
import { OutingStatus } from '../outing-status.tsx'
import { useLiveOutings, useMyOutings, useOutingCommands, useOutingOptions } from '../queries.ts'
import css from '../staff.module.css'

/** V20 on the phone: ask to go out, see the answer; a head agrees or declines with one thumb. */
export function MyOutings() {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const mine = useMyOutings()
  const commands = useOutingCommands()
  useLiveOutings()
  const { data } = mine
  return (
    <div className={css.page}>
      <Link to="/host" className={css.back}>
        {t('outing.phone.back')}
      </Link>
      <h1>{t('outing.phone.title')}</h1>
      {data?.inside ? <p className={css.quiet}>{t('outing.phone.inside')}</p> : null}
      <ProblemNotice fault={mine.error} onRetry={() => void mine.refetch()} />
      {mine.isPending ? <Skeleton kind="cards" rows={3} /> : null}
      {asking ? (
        <OutingFormView
          atGate={false}
          onClose={() => setAsking(false)}
          send={async ({ approvedById: _, ...form }) => (await commands.request(form)) !== undefined}
        />
      ) : (
        <Button kind="primary" size="large" icon="plus" wide onClick={() => setAsking(true)}>
          {t('outing.act.request')}
        </Button>
      )}
      {data && data.toDecide.length > 0 ? (
        <section className={css.section}>
          <h2>{t('outing.phone.toDecide')}</h2>
          <ul className={css.cards}>
            {data.toDecide.map((card) => (
              <li key={card.id}>
                <Outing card={card} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className={css.section}>
        <h2>{t('outing.phone.own')}</h2>
        {data && data.own.length === 0 ? <Empty icon="door" title={t('outing.phone.none')} /> : null}
        <ul className={css.cards}>
          {(data?.own ?? []).map((card) => (
            <li key={card.id}>
              <Outing card={card} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Outing({ card }: { card: OutingCard }) {
  const { t } = useTranslation()
  const zone = useZone()
  const spoken = useSpoken()
  const language = useUiLanguage()
  const commands = useOutingCommands()
  const { data: options } = useOutingOptions()
  const [declining, setDeclining] = useState(false)
  const [reason, setReason] = useState('')
  const span = [card.leaveAt, card.returnBy].map((at) =>
    at ? formatDateTime(at, zone, language) : t('outing.notBack'),
  )
  return (
    <article className={css.card}>
      <span className={css.acts}>
        <strong className={css.name}>{card.employeeName}</strong>
        <OutingStatus card={card} />
      </span>
      <span>
        {[
          spoken(options?.reasons.find(({ key }) => key === card.reason)?.name) || card.reason,
          card.destination,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span className={css.quiet}>{span.join(' — ')}</span>
      {card.decidedByName ? (
        <span className={css.quiet}>
          {t('outing.decidedBy', { name: card.decidedByName })} {card.declineReason}
        </span>
      ) : null}
      {declining ? (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (reason.trim()) void commands.decline(card.id, reason.trim())
          }}
        >
          <Field label={t('outing.declineReason')} required>
            <TextInput size="large" value={reason} onChange={setReason} maxLength={200} autoFocus />
          </Field>
          <Button type="submit" kind="danger" size="large" disabled={!reason.trim()}>
            {t('outing.act.decline')}
          </Button>
        </form>
      ) : (
        <div className={css.acts}>
          {card.can.approve ? (
            <Button kind="primary" size="large" onClick={() => void commands.approve(card.id)}>
              {t('outing.act.approve')}
            </Button>
          ) : null}
          {card.can.decline ? (
            <Button size="large" onClick={() => setDeclining(true)}>
              {t('outing.act.decline')}
            </Button>
          ) : null}
          {card.can.cancel ? (
            <Button size="large" onClick={() => void commands.cancel(card.id)}>
              {t('outing.act.cancel')}
            </Button>
          ) : null}
          {card.can.undo ? (
            <Button size="large" icon="back" onClick={() => void commands.undo(card.id)}>
              {t('outing.act.undo')}
            </Button>
          ) : null}
        </div>
      )}
    </article>
  )
}
