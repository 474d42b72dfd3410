import { useTranslation } from 'react-i18next'
import { cx } from '../../../../ui-kit/cx.ts'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatTime, toWall } from '../../../../ui-kit/zone-time.ts'
import type { CallCard } from '../../card/contract.ts'
import { useCallOptions } from '../queries.ts'
import css from './log.module.css'
import { Duration, OutcomeChip } from './words.tsx'

const columns = [
  'number',
  'day',
  'time',
  'caller',
  'phone',
  'reason',
  'wanted',
  'rings',
  'talk',
  'handler',
  'outcome',
] as const

export interface LogTableProps {
  rows: readonly CallCard[]
  opened: string | undefined
  /** These rows are still the last filter's. */
  stale: boolean
  onOpen: (id: string) => void
}

/** The columns of 客户来电记录单, newest first; the caller opens. */
export function LogTable({ rows, opened, stale, onOpen }: LogTableProps) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={cx(css.scroll, stale && css.stale)} tabIndex={0} aria-label={t('calls.log.title')}>
      <table className={css.table} aria-busy={stale}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`calls.log.column.${column}`)}
              </th>
            ))}
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

function Row({ card, opened, onOpen }: { card: CallCard; opened: boolean; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const { data: options } = useCallOptions()
  const route = options?.routes.find(({ key }) => key === card.route)
  const name = card.contactName || card.callerShown || card.callerExtension || card.callerMasked
  return (
    <tr className={opened ? css.chosen : undefined} aria-current={opened || undefined}>
      <td className={css.figure}>{card.number}</td>
      <td className={css.figure}>{toWall(card.startedAt, zone).slice(0, 10)}</td>
      <td className={css.figure}>{formatTime(card.startedAt, zone, language)}</td>
      <th scope="row">
        <button type="button" className={css.name} onClick={() => onOpen(card.id)}>
          {card.vip ? <Icon name="star" size={16} label={t('calls.log.vip')} /> : null}
          {name || t('calls.log.unknown')}
        </button>
        <span className={css.quiet}>{card.organisation}</span>
      </th>
      <td className={css.figure}>{card.phoneMasked || card.callerMasked}</td>
      <td className={css.matter}>
        {card.reason}
        <span className={css.quiet}>{route === undefined ? '' : spoken(route.name)}</span>
      </td>
      <td>
        {card.wantedName}
        <span className={css.quiet}>{card.departmentName}</span>
      </td>
      <td className={css.figure}>
        <span className={css.rings}>
          {card.rings}
          {card.late ? <StatusChip tone="waiting">{t('calls.log.late')}</StatusChip> : null}
        </span>
      </td>
      <td className={css.figure}>
        {card.answeredAt === null ? '' : <Duration seconds={card.talkSeconds} />}
      </td>
      <td>{card.handlerName}</td>
      <td>
        <OutcomeChip card={card} />
      </td>
    </tr>
  )
}
