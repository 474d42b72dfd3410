import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { fetchFile, saveFile } from '../../../ui-kit/client.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { imports } from '../contract.ts'
import css from './imports.module.css'

interface Problem {
  readonly field: string
  readonly code: string
  readonly value?: string | undefined
}

interface BadProps {
  kind: string
  id: string
  lines: readonly { readonly line: number; readonly problems: readonly Problem[] }[]
  total: number
}

/** Every bad line with its reasons; all of them as an Excel file to mend. */
export function BadLines({ kind, id, lines, total }: BadProps) {
  const { t, i18n } = useTranslation()
  const lang = i18n.language.startsWith('zh') ? 'zh' : 'en'
  const download = useMutation({
    mutationFn: async () => saveFile(await fetchFile(imports.bad, { params: { kind, id }, query: { lang } })),
  })
  const reason = ({ field, code, value }: Problem) => {
    const said = t([`import.problem.${code}`, 'import.problem.invalid'], { value: value ?? '' })
    const whole =
      value === undefined || said.includes(value) ? said : t('imports.withValue', { reason: said, value })
    return field === '' ? whole : t('imports.reason', { field: t(`import.${kind}.${field}`), reason: whole })
  }
  return (
    <div className={css.part}>
      <div className={css.acts}>
        <h2>{t('imports.bad.title')}</h2>
        <Button icon="download" busy={download.isPending} onClick={() => download.mutate()}>
          {t('imports.bad.download')}
        </Button>
      </div>
      <ProblemNotice fault={download.error} onRetry={() => download.mutate()} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label={t('imports.bad.title')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col" className={css.line}>
                {t('imports.line')}
              </th>
              <th scope="col">{t('imports.bad.problems')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ line, problems }) => (
              <tr key={line}>
                <td className={css.line}>{line}</td>
                <td>
                  <ul className={css.problems}>
                    {problems.map((problem) => (
                      <li key={`${problem.field} ${problem.code}`}>{reason(problem)}</li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {total > lines.length ? (
        <p className={css.note}>{t('imports.bad.more', { shown: lines.length, total })}</p>
      ) : null}
    </div>
  )
}
