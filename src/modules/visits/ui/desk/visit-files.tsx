import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileRoutes } from '../../../../kernel/files/contract.ts'
import { Button, IconButton } from '../../../../ui-kit/button.tsx'
import { call, routeUrl } from '../../../../ui-kit/client.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { siteId } from '../../../../ui-kit/site.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { visitKeys } from '../queries.ts'
import css from './visit-panel.module.css'

/** Papers that belong to the visit: letter of introduction, photo of a document, delivery note. */
export function VisitFiles({ id }: { id: string }) {
  const { t } = useTranslation()
  return <SubjectFiles entity="visit" id={id} title={t('visit.files.title')} />
}

interface SubjectFilesProps {
  entity: 'visit' | 'watch-entry'
  id: string
  title: string
}

export function SubjectFiles({ entity, id, title }: SubjectFilesProps) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const picker = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const key = entity === 'visit' ? [...visitKeys.detail(id), 'files'] : ['files', entity, id]
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(fileRoutes.list, { query: { entity, id } }, { signal }),
  })
  const renew = () => client.invalidateQueries({ queryKey: key })

  async function attempt(act: () => Promise<unknown>) {
    setBusy(true)
    setFault(null)
    try {
      await act()
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
    await renew()
  }

  async function add(files: FileList | null) {
    for (const file of files ?? []) {
      const form = new FormData()
      form.set('subjectEntity', entity)
      form.set('subjectId', id)
      form.set('file', file)
      await attempt(() => call(fileRoutes.add, {}, { form, timeoutMs: 120_000 }))
    }
    if (picker.current) picker.current.value = ''
  }

  const shown = (data?.items ?? []).filter((file) => file.removedAt === null)
  if (!data || (shown.length === 0 && !data.can.add)) return null
  const size = new Intl.NumberFormat(i18n.language, {
    style: 'unit',
    unit: 'kilobyte',
    maximumFractionDigits: 0,
  })
  return (
    <section className={css.section}>
      <h3>{title}</h3>
      {fault ? <ProblemNotice fault={fault} /> : null}
      <ul className={css.needs}>
        {shown.map((file) => (
          <li key={file.id} className={css.done}>
            <a
              className={css.needName}
              href={routeUrl(fileRoutes.read, {
                params: { id: file.id },
                query: { inline: file.can.show, site: siteId() || undefined },
              })}
              target="_blank"
              rel="noreferrer"
            >
              {file.name}
            </a>
            <span className={css.quiet}>{size.format(Math.max(1, Math.round(file.size / 1000)))}</span>
            {file.can.remove ? (
              <IconButton
                icon="trash"
                label={t('visit.files.remove', { name: file.name })}
                onClick={() =>
                  void attempt(async () => {
                    await call(fileRoutes.remove, { params: { id: file.id } })
                    showToast({
                      text: t('visit.files.removed', { name: file.name }),
                      undo: () => void attempt(() => call(fileRoutes.restore, { params: { id: file.id } })),
                    })
                  })
                }
              />
            ) : null}
          </li>
        ))}
      </ul>
      {data.can.add ? (
        <div>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label={t('visit.files.add')}
            onChange={(event) => void add(event.target.files)}
          />
          <Button kind="plain" icon="upload" busy={busy} onClick={() => picker.current?.click()}>
            {t('visit.files.add')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
