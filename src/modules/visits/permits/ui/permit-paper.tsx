import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { cx } from '../../../../ui-kit/cx.ts'
import { PaperWord } from '../../../../ui-kit/paper-word.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import { Word } from '../../ui/print/paper-words.tsx'
import css from '../../ui/print/pass-paper.module.css'
import { Code } from '../../ui/print/slip-paper.tsx'
import { permits } from '../contract.ts'
import { clockOf } from './words.ts'

/** The words of the card are part of the form, in both languages whatever the screen speaks. */
const card = {
  title: ['长期通行证', 'PERMIT'],
  days: ['日期时段', 'Days, hours'],
} as const
const weekdays = ['', '一', '二', '三', '四', '五', '六', '日'] as const

/** The permit as a card with its code: who, of whom, where, on which days, until when (V11, V22). */
export function PermitPaper() {
  const { t } = useTranslation()
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['permits', 'paper', id],
    queryFn: ({ signal }) => call(permits.paper, { params: { id } }, { signal }),
  })
  const permit = data?.permit
  return (
    <>
      <VisuallyHidden>
        <h1>{t('permits.printTitle')}</h1>
      </VisuallyHidden>
      <ProblemNotice fault={error} onRetry={() => void refetch()} />
      {isPending && !error ? <Skeleton rows={8} /> : null}
      {data && permit ? (
        <section className={cx(css.pass, css.card)}>
          <header className={css.passHead}>
            <p className={css.passSite}>{data.siteName}</p>
            <h2 className={css.passTitle}>
              <PaperWord text={card.title} />
            </h2>
          </header>
          <div className={css.passBody}>
            <div className={css.passFacts}>
              <p className={cx(css.passName, permit.holderName.length > 12 && css.passNameLong)}>
                {permit.holderName}
              </p>
              <p className={css.passFrom}>{permit.organisation}</p>
              <dl className={css.passRows}>
                <div>
                  <dt>
                    <Word name="areas" />
                  </dt>
                  <dd>{permit.areas.join('、') || '—'}</dd>
                </div>
                <div>
                  <dt>
                    <PaperWord text={card.days} />
                  </dt>
                  <dd>
                    {permit.weekdays.map((day) => weekdays[day]).join('')} {clockOf(permit.fromMinute)}–
                    {clockOf(permit.toMinute)}
                  </dd>
                </div>
                <div>
                  <dt>
                    <Word name="until" />
                  </dt>
                  <dd className={css.passUntil}>{permit.validTo}</dd>
                </div>
              </dl>
            </div>
            <div className={css.passCode}>
              <Code svg={data.qrSvg} number={permit.number} />
              <p className={css.passNumber}>{permit.number}</p>
            </div>
          </div>
        </section>
      ) : null}
    </>
  )
}
