import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { NumberInput, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { type GroupDone, groups } from '../../groups/contract.ts'
import { mayArrive } from '../../groups/rules.ts'
import type { GroupDetail, GroupMember } from '../../groups/shapes.ts'
import css from './groups.module.css'
import { Leaving } from './leaving.tsx'
import { meant, useAct, usePlaceArrival } from './queries.ts'

interface CounterProps {
  group: GroupDetail
  selected: readonly string[]
  /** Looked for elsewhere: stands in the field already. */
  first?: string | undefined
  onDone: () => void
}

export function Counter({ group, selected, first, onDone }: CounterProps) {
  const { t } = useTranslation()
  const { busy, run } = useAct()
  const params = { id: group.id }
  const someWait = group.members.some((one) => mayArrive.includes(one.status))

  /** Three hundred in a request; a larger group is sent again until nobody is left. */
  async function all(memberIds: readonly string[] | null) {
    const said = (done: GroupDone) =>
      `${t('groups.counter.doneMany', { count: done.done })}${done.held > 0 ? ` · ${t('groups.counter.held', { count: done.held })}` : ''}`
    for (;;) {
      const body = memberIds === null ? {} : { memberIds: [...memberIds] }
      const done = await run(() => call(groups.checkIn, { params, body }), said)
      if (!done || memberIds !== null || done.left === 0) break
    }
    onDone()
  }

  return (
    <section className={css.page} aria-labelledby="counter-title">
      <h2 id="counter-title">{t('groups.counter.title')}</h2>
      {group.can.checkIn ? (
        <Arrivals group={group} first={group.members.find((one) => one.id === first)} />
      ) : null}
      <div className={css.acts}>
        {group.can.checkIn && someWait ? (
          <Button kind="primary" size="large" icon="check" busy={busy} onClick={() => void all(null)}>
            {t('groups.counter.all')}
          </Button>
        ) : null}
        {group.can.checkIn && selected.length > 0 ? (
          <Button size="large" busy={busy} onClick={() => void all(selected)}>
            {t('groups.counter.selected', { count: selected.length })}
          </Button>
        ) : null}
      </div>
      {group.can.release && group.counts.inside > 0 ? (
        <Leaving group={group} selected={selected} onDone={onDone} />
      ) : null}
      {group.can.checkIn && (group.headcount.expected > 0 || group.headcount.in > 0) ? (
        <HeadcountForm group={group} />
      ) : null}
    </section>
  )
}

/** Type initials, Enter, type the next: two hundred and forty people at one desk; nobody waits for an answer (V22). */
function Arrivals({ group, first }: { group: GroupDetail; first: GroupMember | undefined }) {
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const place = usePlaceArrival(group.id)
  const [text, setText] = useState(
    first !== undefined && mayArrive.includes(first.status) ? first.visitorName : '',
  )
  const [said, setSaid] = useState<{ text: string; tone: 'good' | 'waiting' | 'alarm' }>()
  // Sent from here, by the version they were sent at: the list may say for a moment that they still wait.
  const [sent, setSent] = useState<ReadonlyMap<string, number>>(new Map())
  const field = useRef<HTMLInputElement>(null)
  const waiting = group.members.filter(
    (one) => mayArrive.includes(one.status) && sent.get(one.id) !== one.version,
  )
  const named = meant(waiting, text)
  // Of two with one name the one who was looked for.
  const own = named.filter((one) => one.id === first?.id && one.visitorName === text)
  const found = [...own, ...named.filter((one) => !own.includes(one))]

  async function memberOf(typed: string): Promise<GroupMember | undefined> {
    if (found[0]) return found[0]
    // A scanned code and a whole document number are the server's to read.
    const { memberIds } = await call(groups.find, { params: { id: group.id }, body: { code: typed } })
    return waiting.find((one) => memberIds.includes(one.id))
  }

  async function arrive(event: FormEvent) {
    event.preventDefault()
    const typed = text.trim()
    if (typed === '') return
    setText('')
    field.current?.focus()
    let member: GroupMember | undefined
    try {
      member = await memberOf(typed)
      if (member === undefined) {
        setSaid({ text: t('groups.counter.notFound', { text: typed.slice(0, 40) }), tone: 'alarm' })
        return
      }
      const { id, version, visitorName } = member
      setSent((old) => new Map(old).set(id, version))
      const done = await call(groups.checkInMember, { params: { id: group.id, memberId: id } })
      place(id, done)
      setSaid(
        done.held > 0
          ? { text: t('groups.counter.held', { count: done.held }), tone: 'waiting' }
          : {
              text: [t('groups.counter.done', { name: visitorName }), done.passes[0]?.number]
                .filter(Boolean)
                .join(' · '),
              tone: 'good',
            },
      )
    } catch (fault) {
      const id = member?.id
      setSent((old) => new Map([...old].filter(([one]) => one !== id)))
      setSaid({
        text: [member?.visitorName ?? typed.slice(0, 40), problemText(fault)].join(': '),
        tone: 'alarm',
      })
    }
  }

  return (
    <form className={css.narrow} onSubmit={(event) => void arrive(event)}>
      <Field label={t('groups.counter.find')} hint={t('groups.counter.hint')}>
        <TextInput
          ref={field}
          size="large"
          value={text}
          onChange={setText}
          autoComplete="off"
          autoFocus={first !== undefined}
          maxLength={3000}
        />
      </Field>
      <p className={css.quiet}>
        {text.trim() === ''
          ? ''
          : found.length === 0
            ? t('groups.counter.nobody')
            : found
                .slice(0, 5)
                .map((one) => one.visitorName)
                .join('、')}
      </p>
      <p role="status">{said ? <StatusChip tone={said.tone}>{said.text}</StatusChip> : null}</p>
    </form>
  )
}

function HeadcountForm({ group }: { group: GroupDetail }) {
  const { t } = useTranslation()
  const { busy, run } = useAct()
  const [people, setPeople] = useState<number | null>(null)
  const count = async (direction: 'in' | 'out') => {
    const done = await run(() =>
      call(groups.count, { params: { id: group.id }, body: { direction, people: people ?? 1 } }),
    )
    if (done) setPeople(null)
  }
  return (
    <div className={css.acts}>
      <p>{t('groups.counter.headcount', group.headcount)}</p>
      <Field label={t('groups.counter.people')}>
        <NumberInput value={people} onChange={setPeople} min={1} max={2000} />
      </Field>
      {(['in', 'out'] as const).map((direction) => (
        <Button key={direction} busy={busy} disabled={people === null} onClick={() => void count(direction)}>
          {t(direction === 'in' ? 'groups.counter.countIn' : 'groups.counter.countOut', {
            count: people ?? 0,
          })}
        </Button>
      ))}
    </div>
  )
}
