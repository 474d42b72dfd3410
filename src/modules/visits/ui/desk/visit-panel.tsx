import { useTranslation } from 'react-i18next'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import type { VisitCard, VisitDetail } from '../../card/contract.ts'
import { categoryFor } from '../options.ts'
import { useVisit, useVisitOptions } from '../queries.ts'
import { ActButtons } from '../visit-act-buttons.tsx'
import { type ActName, actsOf, nextAct } from '../visit-acts.ts'
import { VisitStatusChip } from '../visit-status.tsx'
import { EditForm } from './edit-form.tsx'
import { Situation } from './situation.tsx'
import { VisitFacts } from './visit-facts.tsx'
import { VisitForm } from './visit-forms.tsx'
import { VisitNeeds } from './visit-needs.tsx'
import css from './visit-panel.module.css'
import { VisitTimeline } from './visit-timeline.tsx'

export interface VisitPanelProps {
  id: string
  /** The act whose form is open. */
  form: ActName | null
  onForm: (form: ActName | null) => void
  act: (card: VisitCard, act: ActName) => void
  onClose: () => void
}

/** Everything about one visit, beside the board: what it waits for, every act, every fact, its course. */
export function VisitPanel({ id, form, onForm, act, onClose }: VisitPanelProps) {
  const { t } = useTranslation()
  const visit = useVisit(id)
  const { data } = visit
  return (
    <Panel
      title={data?.visitorName ?? t('visit.detail.title')}
      aside={data ? <VisitStatusChip status={data.status} /> : null}
      onClose={onClose}
      footer={data && form === null ? <Footer visit={data} act={act} /> : null}
    >
      {visit.error && !data ? (
        <ProblemNotice fault={visit.error} onRetry={() => void visit.refetch()} />
      ) : data ? (
        <Content visit={data} form={form} onForm={onForm} act={act} />
      ) : (
        <Skeleton rows={6} />
      )}
    </Panel>
  )
}

type ContentProps = Pick<VisitPanelProps, 'form' | 'onForm' | 'act'> & { visit: VisitDetail }

function Content({ visit, form, onForm, act }: ContentProps) {
  const { t } = useTranslation()
  const { data: options } = useVisitOptions()
  const category = categoryFor(options, visit.kind, visit.category)
  const done = () => onForm(null)
  if (form === 'edit') return <EditForm visit={visit} onDone={done} />
  return (
    <>
      <Situation visit={visit} />
      {form ? <VisitForm key={form} visit={visit} act={form} onDone={done} /> : null}
      {category ? <VisitNeeds visit={visit} category={category} act={act} /> : null}
      <section aria-label={t('visit.detail.facts')}>
        <VisitFacts visit={visit} />
      </section>
      <section className={css.section}>
        <h3>{t('visit.detail.course')}</h3>
        <VisitTimeline visit={visit} />
      </section>
    </>
  )
}

/** Acts by weight: the next one, what else belongs to the state, then corrections and ends. */
function Footer({ visit, act }: { visit: VisitDetail; act: VisitPanelProps['act'] }) {
  const first = nextAct(visit)
  const all = actsOf(visit)
  const ends: readonly ActName[] = ['refuse', 'cancel', 'noShow', 'edit', 'undo']
  const main = all.filter((name) => name !== first && !ends.includes(name))
  const rest = all.filter((name) => name !== first && ends.includes(name))
  if (all.length === 0) return null
  return (
    <div className={css.acts}>
      <div className={css.buttons}>
        <ActButtons card={visit} names={first ? [first, ...main] : main} first={first} keys run={act} />
      </div>
      {rest.length > 0 ? (
        <div className={css.buttons}>
          <ActButtons card={visit} names={rest} keys run={act} />
        </div>
      ) : null}
    </div>
  )
}
