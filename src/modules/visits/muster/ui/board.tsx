import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import type { MusterCard, MusterPersonCard } from '../contract.ts'
import { AddPerson, EndMuster } from './board-forms.tsx'
import { type Grouping, grouped, groupings, type Show, shown, shows } from './groups.ts'
import css from './muster.module.css'
import { PersonRow } from './person-row.tsx'
import { type CurrentMuster, useMusterCommands, useMusterPeople } from './queries.ts'

/** A browser lays out a few hundred buttons at once; the rest comes when asked for. */
const atOnce = 300
const pointKey = 'foyer.muster.point'

/** V18: the running evacuation; the same on desk, tablet and phone, every target wide enough for a glove. */
export function MusterBoard({ muster, current }: { muster: MusterCard; current: CurrentMuster }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const language = useUiLanguage()
  const { problemText } = useProblemText()
  const people = useMusterPeople(muster.id)
  const commands = useMusterCommands(muster.id)
  const [show, setShow] = useState<Show>('missing')
  const [by, setBy] = useState<Grouping>('zone')
  const [text, setText] = useState('')
  const [most, setMost] = useState(atOnce)
  const [form, setForm] = useState<'add' | 'end' | null>(null)
  const [point, setPoint] = useState(() => localStorage.getItem(pointKey) ?? '')
  const all = people.data?.items ?? []
  const safe = all.filter((person) => person.safe).length
  const missing = all.length - safe
  const rows = shown(all, show, text)
  const { rights } = current

  function choosePoint(value: string) {
    localStorage.setItem(pointKey, value)
    setPoint(value)
  }
  async function mark(whom: readonly MusterPersonCard[], to: boolean) {
    const [first] = whom
    try {
      await commands.mark(whom, to, point)
      showToast({
        text: t(to ? 'muster.board.markedSafe' : 'muster.board.takenBack', { name: first?.name ?? '' }),
        undo: () => void mark(whom, !to),
      })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
  }

  return (
    <section className={css.board} aria-label={t('muster.title')}>
      <header className={css.figures}>
        <StatusChip tone={muster.kind === 'alarm' ? 'alarm' : 'waiting'}>
          {t(`muster.kind.${muster.kind}`)}
        </StatusChip>
        <RunningTime since={muster.startedAt} size="figure" label={t('muster.board.running')} />
        <p role="status" className={css.counts}>
          <span className={css.missing}>
            <strong>{missing}</strong> {t('muster.board.missing')}
          </span>
          <span className={css.safe}>
            <strong>
              {safe}/{all.length}
            </strong>{' '}
            {t('muster.board.safe')}
          </span>
        </p>
      </header>
      {muster.note ? <p>{muster.note}</p> : null}
      <div className={css.tools}>
        <Field label={t('muster.board.search')}>
          <TextInput type="search" size="large" value={text} onChange={setText} maxLength={60} />
        </Field>
        <Field label={t('muster.board.by')}>
          <SelectNative
            size="large"
            value={by}
            options={groupings.map((value) => ({ value, label: t(`muster.by.${value}`) }))}
            onChange={(value) => setBy(groupings.find((one) => one === value) ?? 'zone')}
          />
        </Field>
        <Field label={t('muster.board.point')}>
          <SelectNative
            size="large"
            value={point}
            placeholder={t('muster.board.anyPoint')}
            options={current.points.map((one) => ({ value: one.zh, label: spoken(one) }))}
            onChange={choosePoint}
          />
        </Field>
      </div>
      <div className={css.acts}>
        {rights.mark ? (
          <Button size="large" icon="plus" expanded={form === 'add'} onClick={() => setForm('add')}>
            {t('muster.add.open')}
          </Button>
        ) : null}
        {rights.end ? (
          <Button size="large" kind="danger" expanded={form === 'end'} onClick={() => setForm('end')}>
            {t('muster.end.open')}
          </Button>
        ) : null}
      </div>
      {form === 'add' ? <AddPerson point={point} add={commands.add} onClose={() => setForm(null)} /> : null}
      {form === 'end' ? (
        <EndMuster missing={missing} end={commands.end} onClose={() => setForm(null)} />
      ) : null}
      <ProblemNotice fault={people.error} onRetry={() => void people.refetch()} />
      {people.isPending ? <Skeleton rows={8} /> : null}
      <Tabs
        label={t('muster.board.show')}
        size="large"
        value={show}
        onChange={setShow}
        tabs={shows.map((value) => ({
          value,
          label: t(`muster.show.${value}`),
          count: value === 'missing' ? missing : value === 'safe' ? safe : all.length,
        }))}
      >
        {people.data && rows.length === 0 ? (
          <Empty icon="checkCircle" title={t(text ? 'muster.board.noHit' : `muster.empty.${show}`)} />
        ) : null}
        {grouped(rows.slice(0, most), by, language).map((group) => (
          <section key={group.key} className={css.group}>
            <h3>
              {by === 'kind' ? t(`muster.person.${group.key}`) : group.key || t('muster.board.nowhere')}{' '}
              <span className={css.quiet}>{group.people.length}</span>
              {rights.mark && group.missing > 1 && group.people.length === group.missing ? (
                <Button
                  size="large"
                  kind="plain"
                  onClick={() =>
                    void mark(
                      group.people.filter((person) => !person.safe),
                      true,
                    )
                  }
                >
                  {t('muster.board.allSafe')}
                </Button>
              ) : null}
            </h3>
            <ul className={css.people}>
              {group.people.map((person) => (
                <PersonRow
                  key={person.id}
                  person={person}
                  mayMark={rights.mark}
                  onMark={(to) => void mark([person], to)}
                />
              ))}
            </ul>
          </section>
        ))}
        {rows.length > most ? (
          <Button size="large" wide onClick={() => setMost(most + atOnce)}>
            {t('muster.board.more', { count: rows.length - most })}
          </Button>
        ) : null}
      </Tabs>
    </section>
  )
}
