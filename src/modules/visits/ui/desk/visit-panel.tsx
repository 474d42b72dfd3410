import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { Menu } from '../../../../ui-kit/menu.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { VisitAreas } from '../../areas/ui/visit-areas.tsx'
import type { VisitCard, VisitDetail } from '../../card/contract.ts'
import { ReceptionPart } from '../../important/ui/reception-part.tsx'
import { LazyVisitCars } from '../../vehicles/ui/lazy-cars.tsx'
import { categoryFor } from '../options.ts'
import { useVisit, useVisitOptions } from '../queries.ts'
import { ActButtons } from '../visit-act-buttons.tsx'
import { type ActName, acts, actsOf, nextAct } from '../visit-acts.ts'
import { VisitStatusChip } from '../visit-status.tsx'
import { Asking } from '../whom/asking.tsx'
import { HopList } from '../whom/hop-list.tsx'
import { DocumentChecks } from './document-checks.tsx'
import { EditForm } from './edit-form.tsx'
import { VisitGuest } from './guests/visit-guest.tsx'
import { Situation } from './situation.tsx'
import { VisitFacts } from './visit-facts.tsx'
import { VisitFiles } from './visit-files.tsx'
import { VisitForm } from './visit-forms.tsx'
import { VisitNeeds } from './visit-needs.tsx'
import css from './visit-panel.module.css'
import { VisitTimeline } from './visit-timeline.tsx'

/** Few may know of the list; nobody else loads a word of it (V12). */
const WatchDecision = lazy(async () => ({
  default: (await import('./watch/decision.tsx')).WatchDecision,
}))

const ListVisitor = lazy(async () => ({
  default: (await import('./watch/from-visit.tsx')).ListVisitor,
}))

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
      aside={
        data ? (
          <>
            <VisitStatusChip status={data.status} />
            <RareActs visit={data} act={act} />
          </>
        ) : null
      }
      onClose={onClose}
      footer={
        data && (form === null || form === 'settleArea' || form === 'nameEscort') ? (
          <Footer visit={data} act={act} />
        ) : null
      }
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
  const watches = useCan('watch-list.read')
  const lists = useCan('watch-list.manage')
  const done = () => onForm(null)
  if (form === 'edit') return <EditForm visit={visit} onDone={done} />
  return (
    <>
      <Situation visit={visit} />
      {watches && form === null ? (
        <Suspense fallback={<Skeleton rows={3} />}>
          <WatchDecision visit={visit} />
        </Suspense>
      ) : null}
      {visit.status === 'asking' && visit.can.redirect ? <Asking visit={visit} /> : null}
      {form ? <VisitForm key={form} visit={visit} act={form} onDone={done} /> : null}
      {category ? <VisitNeeds visit={visit} category={category} act={act} /> : null}
      {visit.important ? <ReceptionPart visit={visit} /> : null}
      {form === null ? (
        <Suspense fallback={null}>
          <LazyVisitCars visit={visit} />
        </Suspense>
      ) : null}
      {form === null || form === 'settleArea' || form === 'nameEscort' ? <VisitAreas id={visit.id} /> : null}
      <section aria-label={t('visit.detail.facts')}>
        <VisitFacts visit={visit} />
      </section>
      <DocumentChecks visit={visit} />
      {visit.status !== 'asking' && visit.hops.length > 0 ? (
        <section className={css.section}>
          <h3>{t('visit.whom.course')}</h3>
          <HopList hops={visit.hops} />
        </section>
      ) : null}
      <VisitGuest visit={visit} />
      <VisitFiles id={visit.id} />
      {lists && form === null ? (
        <Suspense fallback={null}>
          <ListVisitor visit={visit} />
        </Suspense>
      ) : null}
      <section className={css.section}>
        <h3>{t('visit.detail.course')}</h3>
        <VisitTimeline visit={visit} />
      </section>
    </>
  )
}

/** Rarely needed, settled already, or an end that needs a reason: behind the menu at the head. */
function isRare(visit: VisitDetail, name: ActName): boolean {
  if (name === 'checkDocument') return visit.documentChecked || !visit.outstanding.includes('document')
  if (name === 'issuePass') return visit.passNumber !== null || !visit.outstanding.includes('pass')
  return ['edit', 'print', 'refuse', 'cancel', 'noShow'].includes(name)
}

function RareActs({ visit, act }: { visit: VisitDetail; act: VisitPanelProps['act'] }) {
  const { t } = useTranslation()
  const names = actsOf(visit).filter((name) => isRare(visit, name) && name !== nextAct(visit))
  if (names.length === 0) return null
  return (
    <Menu
      label={t('visit.detail.more')}
      align="end"
      items={names.map((name) => ({
        id: name,
        label: t(`visit.act.${name}`),
        icon: acts[name].icon,
        apart: name === 'refuse',
        run: () => act(visit, name),
      }))}
    >
      <Icon name="more" />
    </Menu>
  )
}

/** What belongs to this state, the next act first. */
function Footer({ visit, act }: { visit: VisitDetail; act: VisitPanelProps['act'] }) {
  const first = nextAct(visit)
  const names = actsOf(visit).filter((name) => name !== first && !isRare(visit, name))
  if (!first && names.length === 0) return null
  return (
    <div className={css.acts}>
      <ActButtons card={visit} names={first ? [first, ...names] : names} first={first} keys run={act} />
    </div>
  )
}
