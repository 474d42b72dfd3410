import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { NumberInput, TextInput } from '../../../../ui-kit/inputs.tsx'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { type GroupDone, groups } from '../../groups/contract.ts'
import { mayArrive } from '../../groups/rules.ts'
import type { GroupDetail } from '../../groups/shapes.ts'
import css from './groups.module.css'
import { meant, useAct } from './queries.ts'

interface CounterProps {
  group: GroupDetail
  selected: readonly string[]
  onDone: () => void
}

/** Type initials, Enter, type the next: two hundred and forty people at one desk (V22). */
export function Counter({ group, selected, onDone }: CounterProps) {
  const { t } = useTranslation()
  const { busy, run } = useAct()
  const [text, setText] = useState('')
  const [people, setPeople] = useState<number | null>(null)
  const [confirm, setConfirm] = useState<{ ids: readonly string[] | null; by: string }>()
  const field = useRef<HTMLInputElement>(null)
  const params = { id: group.id }
  const waiting = group.members.filter((one) => mayArrive.includes(one.status))
  const found = meant(waiting, text)
  const said = (done: GroupDone) =>
    `${t('groups.counter.doneMany', { count: done.done })}${done.held > 0 ? ` · ${t('groups.counter.held', { count: done.held })}` : ''}`

  async function arrive(event: FormEvent) {
    event.preventDefault()
    const typed = text.trim()
    if (typed === '') return
    // A scanned code and a whole document number are the server's to read; the field is free for the next at once.
    const byCode =
      found.length > 0 ? [] : await run(() => call(groups.find, { params, body: { code: typed } }))
    const id = found[0]?.id ?? (Array.isArray(byCode) ? undefined : byCode?.memberIds[0])
    setText('')
    field.current?.focus()
    const name = group.members.find((one) => one.id === id)?.visitorName ?? typed
    await run(
      async () => {
        if (id === undefined) throw new ApiProblem(problemOf('entity.not-found'))
        return call(groups.checkInMember, { params: { id: group.id, memberId: id } })
      },
      (done) => (done.held > 0 ? said(done) : t('groups.counter.done', { name })),
    )
  }

  /** Three hundred in a request; a larger group is sent again until nobody is left. */
  async function all(memberIds: readonly string[] | null) {
    for (;;) {
      const body = memberIds === null ? {} : { memberIds: [...memberIds] }
      const done = await run(() => call(groups.checkIn, { params, body }), said)
      if (!done || memberIds !== null || done.left === 0) break
    }
    onDone()
  }

  async function out(ids: readonly string[] | null, by?: string) {
    for (;;) {
      const body = {
        ...(ids === null ? {} : { memberIds: [...ids] }),
        ...(by === undefined ? {} : { hostConfirmed: { byName: by } }),
      }
      let asks = false
      const done = await run(
        async () => {
          try {
            return await call(groups.release, { params, body })
          } catch (fault) {
            asks = fault instanceof ApiProblem && fault.code === 'visit.host-must-confirm'
            throw fault
          }
        },
        (answer) => t('groups.counter.out', { count: answer.done }),
      )
      if (asks) return setConfirm({ ids, by: group.hostName })
      if (!done || ids !== null || done.left <= 0) break
    }
    setConfirm(undefined)
    onDone()
  }

  return (
    <section className={css.page} aria-labelledby="counter-title">
      <h2 id="counter-title">{t('groups.counter.title')}</h2>
      {group.can.checkIn ? (
        <form onSubmit={(event) => void arrive(event)}>
          <Field label={t('groups.counter.find')} hint={t('groups.counter.hint')}>
            <TextInput
              ref={field}
              size="large"
              value={text}
              onChange={setText}
              autoComplete="off"
              maxLength={3000}
            />
          </Field>
          <p role="status" className={css.quiet}>
            {text.trim() === ''
              ? ''
              : found.length === 0
                ? t('groups.counter.nobody')
                : found
                    .slice(0, 5)
                    .map((one) => one.visitorName)
                    .join('、')}
          </p>
        </form>
      ) : null}
      <div className={css.acts}>
        {group.can.checkIn && waiting.length > 0 ? (
          <Button kind="primary" size="large" icon="check" busy={busy} onClick={() => void all(null)}>
            {t('groups.counter.all')}
          </Button>
        ) : null}
        {group.can.checkIn && selected.length > 0 ? (
          <Button size="large" busy={busy} onClick={() => void all(selected)}>
            {t('groups.counter.selected', { count: selected.length })}
          </Button>
        ) : null}
        {group.can.release && selected.length > 0 ? (
          <Button size="large" busy={busy} onClick={() => void out(selected)}>
            {t('groups.counter.selectedOut', { count: selected.length })}
          </Button>
        ) : null}
        {group.can.release && group.counts.inside > 0 ? (
          <Button size="large" icon="door" busy={busy} onClick={() => void out(null)}>
            {t('groups.counter.allOut')}
          </Button>
        ) : null}
      </div>
      {confirm ? (
        <div className={css.acts}>
          <Field label={t('groups.counter.hostSaid')}>
            <TextInput value={confirm.by} onChange={(by) => setConfirm({ ...confirm, by })} />
          </Field>
          <Button
            kind="primary"
            busy={busy}
            disabled={confirm.by.trim() === ''}
            onClick={() => void out(confirm.ids, confirm.by)}
          >
            {t('groups.counter.confirmOut')}
          </Button>
        </div>
      ) : null}
      {group.can.checkIn && (group.headcount.expected > 0 || group.headcount.in > 0) ? (
        <div className={css.acts}>
          <p>{t('groups.counter.headcount', group.headcount)}</p>
          <Field label={t('groups.counter.people')}>
            <NumberInput value={people} onChange={setPeople} min={1} max={2000} />
          </Field>
          {(['in', 'out'] as const).map((direction) => (
            <Button
              key={direction}
              busy={busy}
              disabled={people === null}
              onClick={() =>
                void run(() => call(groups.count, { params, body: { direction, people: people ?? 1 } })).then(
                  (done) => done && setPeople(null),
                )
              }
            >
              {t(direction === 'in' ? 'groups.counter.countIn' : 'groups.counter.countOut', {
                count: people ?? 0,
              })}
            </Button>
          ))}
        </div>
      ) : null}
    </section>
  )
}

const problemOf = (code: string) => ({ type: '', title: code, status: 404, code })
