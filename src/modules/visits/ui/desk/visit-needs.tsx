import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import type { VisitCard, VisitDetail } from '../../card/contract.ts'
import type { CategoryOption } from '../options.ts'
import { type ActName, acts, escortDue, offers, settles } from '../visit-acts.ts'
import css from './visit-panel.module.css'

interface Need {
  key: 'document' | 'pass' | 'escort' | 'signOff'
  done: boolean
  value: string
  act: ActName
}

function needsOf(visit: VisitDetail, category: CategoryOption): Need[] {
  const list: Need[] = []
  if (category.idCheck)
    list.push({
      key: 'document',
      done: visit.documentChecked,
      value: visit.documentMasked,
      act: settles.document,
    })
  if (category.pass)
    list.push({
      key: 'pass',
      done: visit.passNumber !== null,
      value: visit.passNumber ?? '',
      act: settles.pass,
    })
  if (category.escort || escortDue(visit))
    list.push({ key: 'escort', done: visit.escortId !== null, value: visit.escortName, act: settles.escort })
  if (category.signOff)
    list.push({
      key: 'signOff',
      done: visit.signedAt !== null,
      value: visit.signedByName,
      act: visit.lateSignature ? 'signLate' : 'sign',
    })
  return list
}

const over: readonly VisitDetail['status'][] = [
  'declined',
  'refused',
  'cancelled',
  'no_show',
  'expected',
  'asking',
]

/** What this category wants (V2): done or open, with the act that settles it beside it. */
export function VisitNeeds({
  visit,
  category,
  act,
}: {
  visit: VisitDetail
  category: CategoryOption
  act: (card: VisitCard, act: ActName) => void
}) {
  const { t } = useTranslation()
  const needs = needsOf(visit, category)
  if (needs.length === 0 || over.includes(visit.status)) return null
  return (
    <section className={css.section}>
      <h3>{t('visit.detail.needs')}</h3>
      <ul className={css.needs}>
        {needs.map((need) => (
          <li key={need.key} className={need.done ? css.done : css.open}>
            <Icon
              name={need.done ? 'checkCircle' : 'circle'}
              label={need.done ? t('visit.detail.done') : t('visit.detail.open')}
            />
            <span className={css.needName}>
              {t(`visit.policy.${need.key === 'document' ? 'idCheck' : need.key}`)}
              {need.value ? <span className={css.quiet}> {need.value}</span> : null}
            </span>
            {!need.done && offers(visit, need.act) ? (
              <Button
                icon={acts[need.act].icon}
                keyHint={acts[need.act].key}
                onClick={() => act(visit, need.act)}
              >
                {t(need.key === 'escort' ? 'visit.act.escort' : `visit.act.${need.act}`)}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
