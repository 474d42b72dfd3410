import { useTranslation } from 'react-i18next'
import { cx } from '../../../../ui-kit/cx.ts'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { SortHeading } from '../../../../ui-kit/sort-heading.tsx'
import { formatTime, toWall } from '../../../../ui-kit/zone-time.ts'
import type { VisitCard } from '../../card/contract.ts'
import { useVisitOptions } from '../queries.ts'
import { revealField } from '../visit-commands.ts'
import { VisitFlags, VisitStatusChip } from '../visit-status.tsx'
import css from './register.module.css'

const columns = [
  'number',
  'day',
  'visitor',
  'phone',
  'party',
  'kind',
  'purpose',
  'host',
  'in',
  'out',
  'pass',
  'state',
] as const

export interface RegisterTableProps {
  rows: readonly VisitCard[]
  order: 'newest' | 'oldest'
  opened: string | undefined
  /** These rows are still the last filter's. */
  stale: boolean
  onOpen: (id: string) => void
  onOrder: (order: 'newest' | 'oldest') => void
}

/** The columns of 来访人员登记表; the day sorts, the name opens. */
export function RegisterTable({ rows, order, opened, stale, onOpen, onOrder }: RegisterTableProps) {
  const { t } = useTranslation()
  const look = cx(css.scroll, stale && css.stale)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={look} tabIndex={0} aria-label={t('visits.register.title')}>
      <table className={css.table} aria-busy={stale}>
        <thead>
          <tr>
            {columns.map((column) =>
              column === 'day' ? (
                <SortHeading
                  key={column}
                  label={t('visits.register.column.day')}
                  order={order}
                  onOrder={onOrder}
                />
              ) : (
                <th key={column} scope="col">
                  {t(`visits.register.column.${column}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((card) => (
            <Row key={card.id} card={card} opened={card.id === opened} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ card, opened, onOpen }: { card: VisitCard; opened: boolean; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const { data: options } = useVisitOptions()
  const kind = spoken(options?.kinds.find((one) => one.key === card.kind)?.name) || card.kind
  const day = card.arrivedAt ?? card.expectedAt
  const time = (instant: string | null) => (instant ? formatTime(instant, zone, language) : '')
  return (
    <tr className={opened ? css.chosen : undefined} aria-current={opened || undefined}>
      <td className={css.figure}>{card.number}</td>
      <td className={css.figure}>{day ? toWall(day, zone).slice(0, 10) : ''}</td>
      <th scope="row">
        <button type="button" className={css.name} onClick={() => onOpen(card.id)}>
          {card.important ? <Icon name="star" size={16} label={t('visit.important')} /> : null}
          {card.visitorName}
        </button>
        <span className={css.quiet}>{card.organisation}</span>
      </th>
      <td className={css.figure}>
        {card.phoneMasked ? (
          <Masked
            masked={card.phoneMasked}
            label={t('visits.register.column.phone')}
            onReveal={card.can.reveal ? () => revealField(card.id, 'phone') : undefined}
          />
        ) : null}
      </td>
      <td className={css.figure}>{card.partySize}</td>
      <td>{kind}</td>
      <td className={css.purpose}>{card.purpose}</td>
      <td>
        {card.receiverName || card.hostName}
        <span className={css.quiet}>{card.hostDepartment}</span>
      </td>
      <td className={css.figure}>{time(card.arrivedAt)}</td>
      <td className={css.figure}>{time(card.leftAt)}</td>
      <td className={css.figure}>{card.passNumber}</td>
      <td>
        <span className={css.chips}>
          <VisitStatusChip status={card.status} />
          {card.lateSignature ? <VisitFlags card={card} /> : null}
        </span>
      </td>
    </tr>
  )
}
