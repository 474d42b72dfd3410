import { useTranslation } from 'react-i18next'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { useCan } from '../../../../ui-kit/session.ts'
import type { VisitDraft } from '../visit-draft.ts'
import { type Askee, useProposal } from './queries.ts'
import './texts.ts'
import css from './whom.module.css'

/** V6: whom this visitor leads to, in order, before anything is sent; read out when it changes. */
export function WhomToAsk({ draft, appointment = false }: { draft: VisitDraft; appointment?: boolean }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data, error } = useProposal(draft, appointment, useCan('visit.register'))
  if (draft.kind === '' || !data || error) return null
  const { route, decision, targets, last } = data
  const say = spoken(route?.say)
  const note = spoken(route?.note)
  return (
    <section className={css.whom} aria-label={t('visit.whom.title')}>
      <div className={css.head} role="status">
        <h3>{t(`visit.whom.decision.${decision}`)}</h3>
        {route ? <span className={css.quiet}>{spoken(route.name)}</span> : null}
      </div>
      {say ? (
        <p className={css.say}>
          <q>{say}</q>
        </p>
      ) : null}
      {note ? <p className={css.quiet}>{note}</p> : null}
      {targets.length > 0 ? (
        <ol className={css.list}>
          {targets.map((one, index) => (
            <li key={one.id} className={index === 0 ? css.now : css.later}>
              <Person who={one} place={index + 1} />
            </li>
          ))}
        </ol>
      ) : null}
      {decision === 'ask' ? (
        <p className={css.quiet}>
          {t(targets.length > 0 ? `visit.whom.last.${last}` : `visit.whom.nobody.${last}`)}
        </p>
      ) : null}
    </section>
  )
}

/** Name, department and the extension in figures to read while dialling. */
export function Person({
  who,
  place,
}: {
  who: Pick<Askee, 'name' | 'department' | 'extension' | 'target'>
  place: number
}) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  return (
    <span className={css.person}>
      <span className={css.place} aria-hidden>
        {place}
      </span>
      <span>
        <strong>{spoken(who.name)}</strong>{' '}
        <span className={css.quiet}>
          {[who.department, t(`visit.whom.target.${who.target}`)].filter(Boolean).join(' · ')}
        </span>
      </span>
      {who.extension ? (
        <span className={css.extension}>
          <span className={css.quiet}>{t('visit.whom.extension')}</span> {who.extension}
        </span>
      ) : null}
    </span>
  )
}
