import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { useVisitOptions } from '../../ui/queries.ts'
import { type PermitCard, type PermitDetail, permits } from '../contract.ts'
import { PermitForm } from './permit-form.tsx'
import css from './permits.module.css'
import { permitKeys, useRenewPermits } from './queries.ts'
import { permitTones, reasonWords, whenOf } from './words.ts'

export interface PermitPanelProps {
  /** `new`: not drafted yet. */
  id: string
  onClose: () => void
  onOpen: (id: string) => void
}

/** One permit: what it allows, whether it opens the door now, its papers, its course and the acts its state allows. */
export function PermitPanel({ id, onClose, onOpen }: PermitPanelProps) {
  const { t } = useTranslation()
  const [edits, setEdits] = useState(false)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...permitKeys.all, 'one', id],
    queryFn: ({ signal }) => call(permits.get, { params: { id } }, { signal }),
    enabled: id !== 'new',
  })
  if (id === 'new') {
    return (
      <Panel title={t('permits.new')} onClose={onClose}>
        <PermitForm permit={null} onDone={onOpen} />
      </Panel>
    )
  }
  return (
    <Panel
      title={data ? `${data.holderName} ${data.number}` : t('permits.one')}
      aside={
        data ? (
          <StatusChip tone={permitTones[data.status]}>{t(`permits.status.${data.status}`)}</StatusChip>
        ) : null
      }
      onClose={onClose}
    >
      <ProblemNotice fault={error} onRetry={() => void refetch()} />
      {isPending && !error ? <Skeleton rows={6} /> : null}
      {data && edits ? <PermitForm permit={data} onDone={() => setEdits(false)} /> : null}
      {data && !edits ? (
        <div className={css.form}>
          <Standing permit={data} />
          <Facts permit={data} />
          <Acts permit={data} onEdit={() => setEdits(true)} />
          <History items={data.history} />
        </div>
      ) : null}
    </Panel>
  )
}

function Standing({ permit }: { permit: PermitCard }) {
  const { t } = useTranslation()
  const { standing } = permit
  if (permit.insideVisitId !== null) return <p className={css.good}>{t('permits.inside')}</p>
  if (standing.ok) return <p className={css.good}>{t('permits.opensNow')}</p>
  return <p className={css.waits}>{reasonWords(t, standing.reason ?? '', standing.paper)}</p>
}

function Facts({ permit }: { permit: PermitCard }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const kind = options?.kinds.find((one) => one.key === permit.kind)
  return (
    <>
      <DescriptionList
        rows={[
          [t('permits.field.organisation'), permit.organisation],
          [t('permits.field.phone'), permit.phoneMasked],
          [t('permits.field.document'), permit.documentMasked],
          [t('permits.field.plate'), permit.plate],
          [t('permits.field.kind'), kind ? spoken(kind.name) : permit.kind],
          [t('permits.field.purpose'), permit.purpose],
          [t('permits.field.host'), [permit.hostName, permit.hostDepartment].filter(Boolean).join(' · ')],
          [t('permits.field.period'), `${permit.validFrom} – ${permit.validTo}`],
          [t('permits.field.when'), whenOf(t, permit)],
          [t('permits.field.areas'), permit.areas.join('、')],
          [t('permits.field.note'), permit.note],
        ]}
      />
      <h3>{t('permits.field.papers')}</h3>
      {permit.papers.length === 0 ? <p>{t('permits.noPapers')}</p> : null}
      <ul className={css.history}>
        {permit.papers.map((one) => (
          <li key={one.id}>
            {[one.kind, one.number, one.expiresOn ?? t('permits.noExpiry')].filter(Boolean).join(' · ')}{' '}
            {one.state === 'good' ? null : (
              <StatusChip tone={one.state === 'expired' ? 'alarm' : 'waiting'}>
                {t(`permits.short.${one.state}`)}
              </StatusChip>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

const orders = { activate: permits.activate, suspend: permits.suspend, end: permits.end } as const
type Order = keyof typeof orders

function Acts({ permit, onEdit }: { permit: PermitCard; onEdit: () => void }) {
  const { t } = useTranslation()
  const renew = useRenewPermits()
  const [asks, setAsks] = useState<Order | null>(null)
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function run(order: Order) {
    setBusy(true)
    setFault(null)
    try {
      await call(orders[order], { params: { id: permit.id }, body: { reason: reason.trim() } })
      setAsks(null)
      setReason('')
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
    await renew()
  }

  return (
    <>
      <ProblemNotice fault={fault} />
      <div className={css.acts}>
        {permit.can.activate ? (
          <Button icon="check" kind="primary" busy={busy} onClick={() => void run('activate')}>
            {t('permits.order.activate')}
          </Button>
        ) : null}
        {permit.can.edit ? (
          <Button icon="edit" onClick={onEdit}>
            {t('permits.edit')}
          </Button>
        ) : null}
        <Button
          icon="print"
          onClick={() => void window.open(`/print/permits/${permit.id}`, '_blank', 'noopener')}
        >
          {t('permits.print')}
        </Button>
        {permit.can.suspend ? (
          <Button icon="minus" onClick={() => setAsks('suspend')}>
            {t('permits.order.suspend')}
          </Button>
        ) : null}
        {permit.can.end ? (
          <Button icon="close" kind="danger" onClick={() => setAsks('end')}>
            {t('permits.order.end')}
          </Button>
        ) : null}
      </div>
      {asks === null ? null : (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (reason.trim() !== '') void run(asks)
          }}
        >
          <Field label={t('permits.reasonOf', { act: t(`permits.order.${asks}`) })} required>
            <TextInput autoFocus maxLength={200} value={reason} onChange={setReason} />
          </Field>
          <Button kind="danger" type="submit" busy={busy} disabled={reason.trim() === ''}>
            {t('permits.confirm')}
          </Button>
        </form>
      )}
    </>
  )
}

function History({ items }: { items: PermitDetail['history'] }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <section>
      <h3>{t('permits.history')}</h3>
      <ol className={css.history}>
        {items.map((line) => (
          <li key={`${line.at}${line.action}`}>
            {[
              formatDateTime(line.at, zone, language),
              t(`permits.journal.${line.action.replace('permit.', '')}`),
              reasonWords(t, line.reason, line.paper),
              line.actorName,
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ol>
    </section>
  )
}
