import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../../ui-kit/client.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { useSpoken } from '../../../../../ui-kit/language.ts'
import paper from '../../../../../ui-kit/paper.module.css'
import css from '../../../../../ui-kit/paper-list.module.css'
import { PaperCount, PaperWord } from '../../../../../ui-kit/paper-word.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { toWall } from '../../../../../ui-kit/zone-time.ts'
import { musters } from '../../contract.ts'
import { words } from './words.ts'

const columns = ['index', 'name', 'kind', 'organisation', 'host', 'detail', 'zone', 'safe'] as const
const widths = ['10mm', '40mm', '18mm', '55mm', '30mm', '28mm', '55mm', '20mm']

/** V18: who is inside at this moment, staff too, on paper; also without an evacuation, also from what was kept offline. */
export function EvacuationPaper() {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { site } = useSession()
  const list = useQuery({
    queryKey: ['muster', 'inside'],
    queryFn: ({ signal }) => call(musters.inside, {}, { signal }),
  })
  if (list.isPending) return <Skeleton rows={12} />
  if (!list.data) return <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
  const { at, items } = list.data
  if (items.length === 0)
    return (
      <>
        <h1>
          <PaperWord text={words.evacuation} />
        </h1>
        <Empty icon="checkCircle" title={t('muster.inside.nobody')} />
      </>
    )
  return (
    <section className={css.sheet}>
      <h1>
        <PaperWord text={words.evacuation} />
      </h1>
      <div className={css.facts}>
        <span>{site.name}</span>
        <span>{toWall(at, site.zone).replace('T', ' ')}</span>
        <PaperCount count={items.length} of="people" />
      </div>
      <table className={css.table}>
        <colgroup>
          {columns.map((name, index) => (
            <col key={name} style={{ width: widths[index] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                <PaperWord text={words[name]} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((person, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the sheet is laid out once and never reordered
            <tr key={index}>
              <td className={css.figure}>{index + 1}</td>
              <td>{person.name}</td>
              <td>{t(`muster.person.${person.kind}`)}</td>
              <td>{person.organisation}</td>
              <td>{person.hostName}</td>
              <td className={css.figure}>{person.detail}</td>
              <td>{spoken(person.zone)}</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <div className={css.signs}>
        {(['warden', 'checkedBy', 'date'] as const).map((name) => (
          <p key={name} className={paper.signature}>
            <PaperWord text={words[name]} />
            <span className={paper.line} />
          </p>
        ))}
      </div>
    </section>
  )
}
