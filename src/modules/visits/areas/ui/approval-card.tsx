import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import type { Approval } from '../contract.ts'
import css from './areas.module.css'
import { useAreaCommands } from './queries.ts'

const tones: Record<Approval['status'], Tone> = {
  asked: 'waiting',
  approved: 'good',
  declined: 'alarm',
  withdrawn: 'neutral',
  expired: 'neutral',
}

/** One question to a head and what became of it (V9). `byPhone`: the desk takes down what was said. */
export function ApprovalCard(props: {
  approval: Approval
  byPhone: boolean
  size?: 'normal' | 'large'
  /** Within the visit's own page nobody has to be told whose it is. */
  ofVisit?: boolean
}) {
  const { approval, byPhone, size = 'normal', ofVisit = false } = props
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const came = approval.arrivedAt ?? approval.expectedAt
  const commands = useAreaCommands()
  const [declining, setDeclining] = useState(false)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  async function run(act: () => Promise<boolean>) {
    if (busy) return
    setBusy(true)
    if (await act()) setDeclining(false)
    setBusy(false)
  }
  return (
    <article className={css.card}>
      <span className={css.row}>
        <strong>{spoken(approval.area)}</strong>
        <StatusChip tone={tones[approval.status]}>{t(`area.status.${approval.status}`)}</StatusChip>
      </span>
      {ofVisit ? null : (
        <span>
          {[approval.visitorName, approval.organisation, approval.purpose].filter(Boolean).join(' · ')}
          <br />
          {[
            approval.hostName ? t('area.toSee', { name: approval.hostName }) : '',
            came ? formatDateTime(came, zone, language) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
      <span className={css.quiet}>
        {approval.decidedByName
          ? t('area.decidedBy', { name: approval.decidedByName })
          : t('area.askedOf', {
              name: approval.askedName || t([`todo.post.${approval.askedId}`, 'area.dutyManager']),
            })}{' '}
        {approval.note}
      </span>
      {declining ? (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (note.trim()) void run(() => commands.decline(approval, note.trim(), byPhone))
          }}
        >
          <Field label={t('area.reason')} required>
            <TextInput size={size} value={note} onChange={setNote} maxLength={200} autoFocus />
          </Field>
          <div className={css.acts}>
            <Button type="submit" kind="danger" size={size} busy={busy} disabled={!note.trim()}>
              {t('area.act.decline')}
            </Button>
            <Button size={size} onClick={() => setDeclining(false)}>
              {t('area.act.back')}
            </Button>
          </div>
        </form>
      ) : (
        <div className={css.acts}>
          {approval.can.decide ? (
            <>
              <Button
                kind="primary"
                size={size}
                busy={busy}
                onClick={() => void run(() => commands.approve(approval, byPhone))}
              >
                {t(byPhone ? 'area.act.approveByPhone' : 'area.act.approve')}
              </Button>
              <Button size={size} onClick={() => setDeclining(true)}>
                {t('area.act.decline')}
              </Button>
            </>
          ) : null}
          {approval.can.withdraw && (byPhone || !approval.can.decide) ? (
            <Button size={size} busy={busy} onClick={() => void run(() => commands.withdraw(approval.id))}>
              {t('area.act.withdraw')}
            </Button>
          ) : null}
          {approval.can.undo ? (
            <Button
              size={size}
              icon="back"
              busy={busy}
              onClick={() => void run(() => commands.undo(approval.id))}
            >
              {t('area.act.undo')}
            </Button>
          ) : null}
        </div>
      )}
    </article>
  )
}
