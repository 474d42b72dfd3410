import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call } from '../../../../../ui-kit/client.ts'
import { Field } from '../../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../../ui-kit/zone-time.ts'
import type { VisitDetail } from '../../../card/contract.ts'
import { type WatchHit, watchList } from '../../../watch-list/contract.ts'
import type { Decision } from '../../../watch-list/rules.ts'
import { Comparison } from './comparison.tsx'
import { useRenewWatch, watchKeys } from './queries.ts'
import css from './watch.module.css'

/** On top of a visit, for those who may know: who it resembles, and the decision (V12). */
export function WatchDecision({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation()
  const hits = useQuery({
    queryKey: [...watchKeys.all, 'visit', visit.id, visit.version],
    queryFn: ({ signal }) => call(watchList.ofVisit, { params: { id: visit.id } }, { signal }),
  })
  const items = hits.data?.items ?? []
  if (hits.error) return <ProblemNotice fault={hits.error} onRetry={() => void hits.refetch()} />
  if (items.length === 0) return null
  const open = items.filter((hit) => hit.decision === null)
  const [first] = open
  const held = visit.status === 'held'
  return (
    <section className={held ? css.hits : `${css.hits} ${css.quiet}`} aria-label={t('watch.decision.title')}>
      <h3>{t('watch.decision.title')}</h3>
      {items.map((hit) => (
        <div key={hit.id} className={css.hit}>
          <Comparison hit={hit} />
          {hit.decision === null ? null : <Decided hit={hit} />}
          {hit.decision === null && !held ? (
            <Decide hit={hit} names={['not-same-person', 'confirmed']} />
          ) : null}
        </div>
      ))}
      {held && first ? (
        <Decide hit={first} visitId={visit.id} names={['not-same-person', 'let-in', 'confirmed']} />
      ) : null}
    </section>
  )
}

export function Decided({ hit }: { hit: WatchHit }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <p className={css.note}>
      {t('watch.decision.by', {
        what: t(`watch.decided.${hit.decision ?? 'confirmed'}`),
        who: hit.decidedByName,
        when: hit.decidedAt === null ? '' : formatDateTime(hit.decidedAt, zone, language),
        note: hit.note,
      })}
    </p>
  )
}

interface DecideProps {
  hit: WatchHit
  /** Set: the whole held visit is decided. */
  visitId?: string
  names: readonly Decision[]
}

function Decide({ hit, visitId, names }: DecideProps) {
  const { t } = useTranslation()
  const renew = useRenewWatch()
  const [note, setNote] = useState('')
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState<Decision | null>(null)
  const [missing, setMissing] = useState(false)
  if (!hit.canDecide) {
    return hit.whyNot === 'second-person' ? (
      <p className={css.note} role="status">
        {t('watch.decision.secondPerson')}
      </p>
    ) : null
  }

  async function send(decision: Decision) {
    if (note.trim() === '') {
      setMissing(true)
      return
    }
    setBusy(decision)
    setFault(null)
    try {
      if (visitId !== undefined)
        await call(watchList.clear, { params: { id: visitId }, body: { decision, note: note.trim() } })
      else if (decision !== 'let-in')
        await call(watchList.decide, { params: { id: hit.id }, body: { decision, note: note.trim() } })
      showToast({ text: t(`watch.decided.${decision}`) })
    } catch (problem) {
      setFault(problem)
    }
    setBusy(null)
    await renew()
  }

  return (
    <div className={css.form}>
      {fault ? <ProblemNotice fault={fault} /> : null}
      <Field
        label={t('watch.decision.note')}
        required
        hint={t('watch.decision.noteHint')}
        error={missing && note.trim() === '' ? t('field.required') : undefined}
      >
        <TextInput maxLength={200} value={note} onChange={setNote} />
      </Field>
      <div className={css.acts}>
        {names.map((name) => (
          <Button
            key={name}
            kind={name === 'confirmed' ? 'danger' : 'quiet'}
            icon={name === 'confirmed' ? 'shield' : 'check'}
            busy={busy === name}
            disabled={busy !== null}
            onClick={() => void send(name)}
          >
            {t(`watch.decide.${visitId === undefined && name === 'confirmed' ? 'same' : name}`)}
          </Button>
        ))}
      </div>
    </div>
  )
}
