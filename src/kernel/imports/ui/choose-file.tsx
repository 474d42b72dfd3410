import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { cx } from '../../../ui-kit/cx.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { imports } from '../contract.ts'
import css from './imports.module.css'
import type { Upload } from './imports.tsx'

/** By button or by dropping; the file is only read, nothing is stored yet. */
export function ChooseFile({ kind, onDone }: { kind: string; onDone: (upload: Upload) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const send = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('file', file)
      return call(imports.upload, { params: { kind } }, { form, timeoutMs: 120_000 })
    },
    onSuccess: onDone,
  })
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file && !send.isPending) send.mutate(file)
    // The same file, mended, may be chosen again.
    if (input.current) input.current.value = ''
  }
  return (
    <>
      <section
        className={cx(css.drop, over && css.over)}
        aria-label={t('imports.file.label')}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        <Button kind="primary" icon="upload" busy={send.isPending} onClick={() => input.current?.click()}>
          {t('imports.file.choose')}
        </Button>
        <p className={css.note}>{t('imports.file.hint')}</p>
        <input
          ref={input}
          type="file"
          hidden
          accept=".xlsx,.csv,.tsv,.txt,text/csv"
          aria-label={t('imports.file.label')}
          onChange={(event) => take(event.target.files)}
        />
      </section>
      <ProblemNotice fault={send.error} />
    </>
  )
}
