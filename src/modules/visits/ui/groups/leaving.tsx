import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { type EscortAnswer, EscortQuestion } from '../../areas/ui/escort-question.tsx'
import { groups } from '../../groups/contract.ts'
import type { GroupDetail } from '../../groups/shapes.ts'
import css from './groups.module.css'
import { useAct } from './queries.ts'

interface LeavingProps {
  group: GroupDetail
  selected: readonly string[]
  onDone: () => void
}

/** Out: those chosen or everybody, with the passes that were not handed in (V10, V11, V22). */
export function Leaving({ group, selected, onDone }: LeavingProps) {
  const { t } = useTranslation()
  const { busy, run } = useAct()
  const [kept, setKept] = useState('')
  const [escort, setEscort] = useState<EscortAnswer>(null)
  const [confirm, setConfirm] = useState<{ ids: readonly string[] | null; by: string }>()
  const missingPasses = [
    ...new Set(
      kept
        .toUpperCase()
        .split(/[\s,,、;;]+/)
        .filter(Boolean),
    ),
  ]
  const held = new Set(group.members.filter((one) => one.leftAt === null).map((one) => one.passNumber))
  // A mistyped number would put the right pass back into stock.
  const unknown = missingPasses.filter((number) => !held.has(number))

  // V13: whoever had to be walked along is asked for, all at once as one at a time.
  const escorted = (ids: readonly string[] | null) =>
    group.members.filter(
      (one) => one.escortDue && one.arrivedAt !== null && (ids === null || ids.includes(one.id)),
    )
  // Everybody may leave at once beside whom is chosen: the question stands there as long as one of the two asks it.
  const walked = escorted(null)
  const unanswered = (ids: readonly string[] | null) => escort === null && escorted(ids).length > 0

  async function out(ids: readonly string[] | null, by?: string) {
    for (;;) {
      const body = {
        missingPasses,
        ...(ids === null ? {} : { memberIds: [...ids] }),
        ...(by === undefined ? {} : { hostConfirmed: { byName: by } }),
        ...(escorted(ids).length === 0 ? {} : { escortPresent: escort === 'here' }),
      }
      let asks = false
      const done = await run(
        async () => {
          try {
            return await call(groups.release, { params: { id: group.id }, body })
          } catch (fault) {
            asks = fault instanceof ApiProblem && fault.code === 'visit.host-must-confirm'
            throw fault
          }
        },
        (answer) => t('groups.counter.out', { count: answer.done }),
      )
      if (asks) return setConfirm({ ids, by: group.hostName })
      if (!done) return
      if (ids !== null || done.left <= 0) break
    }
    setKept('')
    setEscort(null)
    setConfirm(undefined)
    onDone()
  }

  return (
    <>
      {walked.length > 0 ? (
        <EscortQuestion
          size="large"
          name={[...new Set(walked.map((one) => one.escortName).filter(Boolean))].join('、')}
          value={escort}
          onChange={setEscort}
        />
      ) : null}
      <div className={css.acts}>
        {selected.length > 0 ? (
          <Button
            size="large"
            busy={busy}
            disabled={unknown.length > 0 || unanswered(selected)}
            onClick={() => void out(selected)}
          >
            {t('groups.counter.selectedOut', { count: selected.length })}
          </Button>
        ) : null}
        <Button
          size="large"
          icon="door"
          busy={busy}
          disabled={unknown.length > 0 || unanswered(null)}
          onClick={() => void out(null)}
        >
          {t('groups.counter.allOut')}
        </Button>
        {group.passMode === 'none' ? null : (
          <Field
            label={t('groups.counter.missingPasses')}
            hint={t('groups.counter.missingPassesHint')}
            error={
              unknown.length > 0
                ? t('groups.counter.unknownPasses', { numbers: unknown.join(', ') })
                : undefined
            }
          >
            <TextInput value={kept} onChange={setKept} autoComplete="off" maxLength={2000} />
          </Field>
        )}
      </div>
      {confirm ? (
        <div className={css.acts}>
          <Field label={t('groups.counter.hostSaid')}>
            <TextInput value={confirm.by} onChange={(by) => setConfirm({ ...confirm, by })} />
          </Field>
          <Button
            kind="primary"
            busy={busy}
            disabled={confirm.by.trim() === '' || unknown.length > 0}
            onClick={() => void out(confirm.ids, confirm.by)}
          >
            {t('groups.counter.confirmOut')}
          </Button>
        </div>
      ) : null}
    </>
  )
}
