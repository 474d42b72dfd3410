import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VisitVersions } from '../../../../modules/visits/ui/offline/versions.tsx'
import { Button } from '../../../../ui-kit/button.tsx'
import { Card } from '../../../../ui-kit/card.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { correctionsOf, decide, mend } from '../../../../ui-kit/offline/engine.ts'
import type { Correction, Entry, Refusal } from '../../../../ui-kit/offline/part.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import css from './outbox.module.css'

const problemOf = (refusal: Refusal | null) =>
  refusal === null ? null : new ApiProblem({ ...refusal, data: { ...refusal.data } })

/** One entry the server refused: why, both pictures of it, and what can be done. Whatever is chosen is on record (G4). */
export function ConflictCard({ entry, online }: { entry: Entry; online: boolean }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const [open, setOpen] = useState<'drop' | Correction | null>(null)
  const [word, setWord] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const [corrections] = useState(() => correctionsOf(entry))

  async function run(task: () => Promise<Refusal | null | undefined>) {
    setBusy(true)
    setFault(null)
    try {
      setFault(problemOf((await task()) ?? null))
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
  }

  const drop = () => run(async () => void (await decide(entry, 'dropped', word.trim())))
  const mended = (correction: Correction) => run(() => mend(entry, correction, word.trim()))
  const choose = (correction: Correction) => (correction.asks ? setOpen(correction) : void mended(correction))

  return (
    <Card
      as="li"
      tone="alarm"
      title={`${entry.label} · ${t(`offline.route.${entry.route.split('.').at(-1)}`)}`}
      aside={<time dateTime={entry.occurredAt}>{formatDateTime(entry.occurredAt, zone, language)}</time>}
      actions={
        open === null ? (
          <>
            {corrections.map((correction) => (
              <Button
                key={correction.key}
                kind="primary"
                busy={busy}
                disabled={!online}
                onClick={() => choose(correction)}
              >
                {t(`offline.correct.${correction.key}`)}
              </Button>
            ))}
            {entry.theirs === null ? null : (
              <Button
                busy={busy}
                disabled={!online}
                onClick={() => void run(async () => void (await decide(entry, 'theirs', '')))}
              >
                {t('offline.keepTheirs')}
              </Button>
            )}
            <Button kind="danger" disabled={!online} onClick={() => setOpen('drop')}>
              {t('offline.drop')}
            </Button>
          </>
        ) : null
      }
    >
      <ProblemNotice fault={problemOf(entry.refusal)} />
      <VisitVersions mine={entry.after} theirs={entry.theirs} />
      {open ? (
        <form
          className={css.word}
          onSubmit={(event) => {
            event.preventDefault()
            if (word.trim() === '') return
            void (open === 'drop' ? drop() : mended(open))
          }}
        >
          <Field
            label={t(open === 'drop' ? 'offline.why' : `offline.asks.${open.asks ?? 'reason'}`)}
            required
          >
            <TextInput value={word} onChange={setWord} maxLength={200} autoFocus />
          </Field>
          <Button
            kind={open === 'drop' ? 'danger' : 'primary'}
            type="submit"
            busy={busy}
            disabled={word.trim() === ''}
          >
            {t(open === 'drop' ? 'offline.drop' : `offline.correct.${open.key}`)}
          </Button>
          <Button onClick={() => setOpen(null)}>{t('offline.back')}</Button>
        </form>
      ) : null}
      <ProblemNotice fault={fault} />
    </Card>
  )
}
