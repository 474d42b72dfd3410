import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../../../ui-kit/button.tsx'
import { cx } from '../../../../../ui-kit/cx.ts'
import { Icon } from '../../../../../ui-kit/icon.tsx'
import { useSpoken } from '../../../../../ui-kit/language.ts'
import { StatusChip, type Tone } from '../../../../../ui-kit/status-chip.tsx'
import type { VisitRoute, VisitTarget } from '../../../routes/contract.ts'
import css from './routes.module.css'
import type { TableCheck } from './use-table.ts'

const tones: Record<VisitRoute['decision'], Tone> = {
  ask: 'waiting',
  notify: 'good',
  admit: 'good',
  decline: 'alarm',
}

export interface RowListProps {
  rows: readonly VisitRoute[]
  check: TableCheck
  selected: string | null
  /** The row the tried visitor came to. */
  hit: string | null
  editable: boolean
  onOpen: (key: string) => void
  onMove: (key: string, by: -1 | 1) => void
  onRemove: (key: string) => void
}

/** Read from the top; the first row that fits decides. Alt with the arrows moves a row, Delete takes it out. */
export function RowList(props: RowListProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { rows, check, selected, editable } = props
  return (
    <ol className={css.rows} aria-label={t('visitRoutes.title')}>
      {rows.map((row, index) => {
        const silent = check.unreachable.find(({ key }) => key === row.key)
        const unknown = check.places.filter((place) => place.row === row.key && place.found === null)
        const name = spoken(row.name) || t('visitRoutes.unnamed')
        const above = silent?.by.map((key) => spoken(rows.find((one) => one.key === key)?.name) || key) ?? []
        return (
          <li
            key={row.key}
            className={cx(css.row, selected === row.key && css.selected, props.hit === row.key && css.hit)}
          >
            <button
              type="button"
              className={css.open}
              aria-current={selected === row.key || undefined}
              onClick={() => props.onOpen(row.key)}
              onKeyDown={(event) => {
                if (!editable) return
                if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
                  event.preventDefault()
                  props.onMove(row.key, event.key === 'ArrowUp' ? -1 : 1)
                }
                if (event.key === 'Delete') props.onRemove(row.key)
              }}
            >
              <span className={css.number}>{index + 1}</span>
              <strong className={css.name}>{name}</strong>
              <StatusChip tone={tones[row.decision]}>{t(`visitRoutes.decision.${row.decision}`)}</StatusChip>
            </button>
            <div className={css.parts}>
              <Conditions row={row} check={check} />
              {row.decision === 'ask' || row.decision === 'notify' ? (
                <p className={css.way}>
                  <Icon name="arrowRight" size={16} />
                  {row.targets.length === 0 ? t('visitRoutes.noTargets') : null}
                  {row.targets.map((target, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: targets have no name of their own, their place is it
                    <span key={at} className={css.chip}>
                      {at + 1}. <TargetText target={target} check={check} />
                    </span>
                  ))}
                  {row.decision === 'ask' ? (
                    <span className={css.quiet}>{t(`visitRoutes.last.${row.last}`)}</span>
                  ) : null}
                </p>
              ) : null}
              {silent ? (
                <p className={css.warn}>
                  <Icon name="alert" size={16} />
                  {above.length > 0
                    ? t('visitRoutes.covered', { rows: above.join(t('visit.policy.comma')) })
                    : t('visitRoutes.noCase')}
                </p>
              ) : null}
              {unknown.map(({ index: at }) => {
                const target = row.targets[at]
                return target ? (
                  <p key={at} className={css.warn}>
                    <Icon name="alert" size={16} />
                    {t('visitRoutes.nobodyBehind')} <TargetText target={target} check={check} />
                  </p>
                ) : null
              })}
            </div>
            {editable ? (
              <div className={css.tools}>
                <IconButton
                  icon="chevronUp"
                  label={t('visitRoutes.up', { name })}
                  disabled={index === 0}
                  onClick={() => props.onMove(row.key, -1)}
                />
                <IconButton
                  icon="chevronDown"
                  label={t('visitRoutes.down', { name })}
                  disabled={index === rows.length - 1}
                  onClick={() => props.onMove(row.key, 1)}
                />
                <IconButton
                  icon="trash"
                  label={t('visitRoutes.remove', { name })}
                  onClick={() => props.onRemove(row.key)}
                />
              </div>
            ) : null}
          </li>
        )
      })}
      <li className={css.usual}>{t('visitRoutes.usual')}</li>
    </ol>
  )
}

function Conditions({ row, check }: { row: VisitRoute; check: TableCheck }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { when } = row
  const kinds = check.options?.kinds ?? []
  const chips = [
    ...when.kinds.map((key) => spoken(kinds.find((one) => one.key === key)?.name) || key),
    ...when.topics.map((key) => {
      const topic = kinds.flatMap((one) => one.topics).find((one) => one.key === key)
      return spoken(topic?.name) || key
    }),
    when.appointment === 'any' ? '' : t(`visitRoutes.appointment.${when.appointment}`),
    when.person === 'any' ? '' : t(`visitRoutes.person.${when.person}`),
    when.hours === 'any' ? '' : t(`visitRoutes.hours.${when.hours}`),
    ...when.words.map((word) => t('visitRoutes.word', { word })),
  ].filter(Boolean)
  return (
    <p className={css.way}>
      {chips.length === 0 ? <span className={css.quiet}>{t('visitRoutes.everybody')}</span> : null}
      {chips.map((chip) => (
        <span key={chip} className={css.chip}>
          {chip}
        </span>
      ))}
    </p>
  )
}

function TargetText({ target, check }: { target: VisitTarget; check: Pick<TableCheck, 'posts'> }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  switch (target.kind) {
    case 'extension':
      return `${spoken(target.name)} ${target.extension}`
    case 'person':
      return t('visitRoutes.target.personOf', { number: target.staffNumber })
    case 'department':
      return target.department
    case 'department-head':
      return t('visitRoutes.target.headOf', { department: target.department })
    case 'duty':
      return t('visitRoutes.target.dutyOf', {
        post: check.posts.find(({ key }) => key === target.post)?.name ?? target.post,
      })
    default:
      return t(`visitRoutes.target.${target.kind}`)
  }
}

export function AddRow({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation()
  return (
    <Button icon="plus" keyHint="+" onClick={onAdd}>
      {t('visitRoutes.add')}
    </Button>
  )
}
