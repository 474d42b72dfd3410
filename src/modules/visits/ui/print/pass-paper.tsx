import { cx } from '../../../../ui-kit/cx.ts'
import { useSession } from '../../../../ui-kit/session.ts'
import { type Paper, stamp, Word } from './paper-words.tsx'
import css from './pass-paper.module.css'
import { Code } from './slip-paper.tsx'

/** V11: name, organisation, validity, areas, number and the signed code, in the size of a bank card or on a label. */
export function PassPaper({ paper, form }: { paper: Paper; form: 'card' | 'label' }) {
  const { site } = useSession()
  const { visit } = paper
  const until = stamp(visit.validUntil, site.zone)
  // What fits on a card: the way to the first area (V21).
  const [way] = paper.ways
  const long = visit.visitorName.length > 12
  return (
    <section className={cx(css.pass, form === 'card' ? css.card : css.label)}>
      <header className={css.passHead}>
        <p className={css.passSite}>{paper.siteName}</p>
        <h2 className={css.passTitle}>
          <Word name="pass" />
        </h2>
      </header>
      <div className={css.passBody}>
        <div className={css.passFacts}>
          <p className={cx(css.passName, long && css.passNameLong)}>{visit.visitorName}</p>
          <p className={css.passFrom}>{visit.organisation}</p>
          <dl className={css.passRows}>
            <div>
              <dt>
                <Word name="host" />
              </dt>
              <dd>{visit.receiverName || visit.hostName}</dd>
            </div>
            <div>
              <dt>
                <Word name="areas" />
              </dt>
              <dd>{visit.areas.join('、') || '—'}</dd>
            </div>
            {way ? (
              <div>
                <dt>
                  <Word name="way" />
                </dt>
                <dd>{way.way.zh}</dd>
              </div>
            ) : null}
            <div>
              <dt>
                <Word name="until" />
              </dt>
              <dd className={css.passUntil}>{until}</dd>
            </div>
          </dl>
        </div>
        <div className={css.passCode}>
          <Code svg={paper.qrSvg} number={visit.passNumber ?? visit.number} />
          <p className={css.passNumber}>{visit.passNumber ?? visit.number}</p>
        </div>
      </div>
    </section>
  )
}
