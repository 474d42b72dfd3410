import type { ReactNode } from 'react'
import css from '../../../../ui-kit/paper.module.css'
import { useSession } from '../../../../ui-kit/session.ts'
import { useVisitOptions } from '../queries.ts'
import { type Paper, stamp, Word, type WordName } from './paper-words.tsx'

/** 来访单: stub for the gate, copy that the visitor carries and the host signs; one A4, torn in the middle (V8, V10). */
export function SlipPaper({ paper }: { paper: Paper }) {
  return (
    <div className={css.slip}>
      <Half paper={paper} part="stub" />
      <p className={css.tear}>
        <span aria-hidden="true">✂</span>
        <Word name="tear" />
      </p>
      <Half paper={paper} part="copy" />
    </div>
  )
}

type Cell = readonly [name: WordName, value: ReactNode, width?: 2 | 4]

function Half({ paper, part }: { paper: Paper; part: 'stub' | 'copy' }) {
  const { site } = useSession()
  const { data: options } = useVisitOptions()
  const { visit } = paper
  const kind = options?.kinds.find((one) => one.key === visit.kind)?.name.zh ?? visit.kind
  const place = [visit.hostDepartment, visit.hostExtension].filter(Boolean).join(' / ')
  const cells: readonly Cell[] = [
    ['visitor', visit.visitorName],
    ['organisation', visit.organisation],
    ['phone', paper.phone],
    ['document', paper.documentMasked],
    ['party', visit.partySize],
    ['kind', kind],
    ...(paper.companions.length > 0 ? ([['companions', paper.companions.join('、'), 4]] as const) : []),
    ['purpose', visit.purpose, 4],
    ['host', visit.receiverName || visit.hostName],
    ['department', place],
    ['passNumber', visit.passNumber],
    ['plate', visit.plate],
    ['areas', visit.areas.join('、'), 4],
    ...(part === 'copy' && paper.ways.length > 0
      ? ([['way', <Ways key="way" ways={paper.ways} />, 4]] as const)
      : []),
    ['timeIn', stamp(visit.arrivedAt, site.zone)],
    part === 'stub'
      ? ['timeOut', stamp(visit.leftAt, site.zone)]
      : ['until', stamp(visit.validUntil, site.zone)],
  ]
  return (
    <section className={css.half}>
      <header className={css.slipHead}>
        <div>
          <p className={css.siteName}>{paper.siteName}</p>
          <p className={css.part}>
            <Word name={part} />
          </p>
        </div>
        <h2 className={css.slipTitle}>
          <Word name="slip" />
        </h2>
        <p className={css.slipNumber}>
          <Word name="number" /> <strong>{visit.number}</strong>
        </p>
      </header>
      <div className={css.slipBody}>
        <dl className={css.cells}>
          {cells.map(([name, value, width]) => (
            <div key={name} className={width === 4 ? css.cellWide : css.cell}>
              <dt>
                <Word name={name} />
              </dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {part === 'copy' ? <Code svg={paper.qrSvg} number={visit.passNumber ?? visit.number} /> : null}
      </div>
      {part === 'copy' ? (
        <p className={css.notes}>
          <strong>
            <Word name="notes" />
          </strong>
          <br />
          {paper.safetyNotes.zh} <span className={css.en}>{paper.safetyNotes.en}</span>
        </p>
      ) : null}
      <div className={css.signatures}>
        {part === 'stub' ? (
          <>
            <Signature name="signVisitor" />
            <Signature name="signGate" />
          </>
        ) : (
          <>
            <Signature
              name="signHost"
              given={visit.signedAt ? visit.receiverName || visit.hostName : ''}
              at={stamp(visit.signedAt, site.zone)}
            />
            <Signature name="signRelease" at={stamp(visit.leftAt, site.zone)} />
          </>
        )}
      </div>
    </section>
  )
}

/** In both languages, as everything a visitor reads on the slip (V21). */
function Ways({ ways }: { ways: Paper['ways'] }) {
  return ways.map(({ area, way }) => (
    <span key={area.zh} className={css.way}>
      {area.zh}：{way.zh}
      {way.en === way.zh && area.en === area.zh ? null : (
        <span className={css.en}>
          {' '}
          {area.en}: {way.en}
        </span>
      )}
    </span>
  ))
}

/** A line to sign on, or the signature given in Foyer. */
function Signature({ name, given = '', at = '' }: { name: WordName; given?: string; at?: string }) {
  return (
    <p className={css.signature}>
      <Word name={name} />
      <span className={css.line}>{given}</span>
      <Word name="at" />
      <span className={css.lineShort}>{at}</span>
    </p>
  )
}

/** The signed pass as a code; an image, because the page's policy allows no foreign markup. */
export function Code({ svg, number }: { svg: string; number: string }) {
  return (
    <img className={css.code} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={`QR ${number}`} />
  )
}
