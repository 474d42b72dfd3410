import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextArea } from '../../../../ui-kit/inputs.tsx'
import { groups, type ListAnswer } from '../../groups/contract.ts'
import css from './groups.module.css'
import { useAct } from './queries.ts'

const atOnce = 500

/** A pasted list or a sheet: what was understood is shown before anything is stored (V22). */
export function ListBox({ id }: { id: string }) {
  const { t } = useTranslation()
  const { busy, run } = useAct()
  const [text, setText] = useState('')
  const [read, setRead] = useState<ListAnswer>()
  const file = useRef<HTMLInputElement>(null)

  async function readFile(chosen: File | undefined) {
    if (!chosen) return
    const form = new FormData()
    form.append('file', chosen)
    const answer = await run(() => call(groups.readFile, {}, { form, timeoutMs: 120_000 }))
    if (answer) setRead(answer)
    if (file.current) file.current.value = ''
  }

  async function add(list: ListAnswer) {
    const members = list.members.map(({ line: _, ...member }) => member)
    let added = 0
    let known = 0
    for (let from = 0; from < members.length; from += atOnce) {
      const part = members.slice(from, from + atOnce)
      const answer = await run(() => call(groups.add, { params: { id }, body: { members: part } }))
      if (!answer) return
      added += answer.added
      known += answer.known
    }
    await run(
      async () => ({ added, known }),
      (done) => t('groups.list.added', done),
    )
    setText('')
    setRead(undefined)
  }

  return (
    <section className={css.page} aria-labelledby="group-list-title">
      <h2 id="group-list-title">{t('groups.list.paste')}</h2>
      <Field label={t('groups.list.title')} hint={t('groups.list.pasteHint')}>
        <TextArea value={text} onChange={setText} rows={6} />
      </Field>
      <div className={css.acts}>
        <Button
          busy={busy}
          disabled={text.trim() === ''}
          onClick={() =>
            void run(() => call(groups.readText, { body: { text } })).then(
              (answer) => answer && setRead(answer),
            )
          }
        >
          {t('groups.list.read')}
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".xlsx,.csv,.txt"
          onChange={(event) => void readFile(event.target.files?.[0])}
        />
        <Button icon="upload" busy={busy} onClick={() => file.current?.click()}>
          {t('groups.list.file')}
        </Button>
      </div>
      {read ? (
        <>
          <p role="status">
            {read.members.length === 0
              ? t('groups.list.nothing')
              : t('groups.list.good', { count: read.members.length })}
            {read.bad.length > 0 ? ` · ${t('groups.list.bad', { count: read.bad.length })}` : ''}
          </p>
          {read.bad.length > 0 ? (
            <ul>
              {read.bad.slice(0, 100).map((bad) => (
                <li key={bad.line}>
                  {t('groups.list.line', { line: bad.line })}:{' '}
                  {t(`groups.list.fault.${bad.code}`, { value: bad.value })} <q>{bad.text}</q>
                </li>
              ))}
            </ul>
          ) : null}
          {read.members.length > 0 ? (
            <>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard */}
              <section className={css.scroll} tabIndex={0} aria-label={t('groups.list.title')}>
                <table className={css.table}>
                  <tbody>
                    {read.members.map((one) => (
                      <tr key={one.line}>
                        <td>{one.line}</td>
                        <th scope="row">{one.visitorName}</th>
                        <td>{one.organisation}</td>
                        <td>{one.phone}</td>
                        <td>{one.document}</td>
                        <td>{one.plate}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
              <Button kind="primary" icon="plus" busy={busy} onClick={() => void add(read)}>
                {t('groups.list.add', { count: read.members.length })}
              </Button>
            </>
          ) : null}
        </>
      ) : null}
    </section>
  )
}
