import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call } from '../../../../../ui-kit/client.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { ErrorNotice } from '../../../../../ui-kit/error-notice.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { StatusChip } from '../../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { useWedge } from '../../../ui/gate/use-wedge.ts'
import { type StaffState, staffPresence } from '../../contract.ts'
import { OutingFormView } from '../outing-form.tsx'
import { OutingStatus } from '../outing-status.tsx'
import { outingKeys, useLiveOutings, useOutingCommands, useOutingOptions } from '../queries.ts'
import css from '../staff.module.css'
import { GiveCard } from './give-card.tsx'

/** V20 at the gate: initials, staff number or a card; out and in with one tap, signed in for the evacuation list (V18). */
export function StaffGate() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [zone, setZone] = useState('')
  const [card, setCard] = useState<string | null>(null)
  const { data: options } = useOutingOptions()
  useLiveOutings()
  const wanted = text.trim()
  const found = useQuery({
    queryKey: [...outingKeys.all, 'find', wanted],
    queryFn: ({ signal }) => call(staffPresence.find, { query: { q: wanted } }, { signal }),
    enabled: wanted !== '',
  })
  const onSite = useQuery({
    queryKey: [...outingKeys.all, 'on-site'],
    queryFn: ({ signal }) => call(staffPresence.list, {}, { signal }),
  })
  useWedge((code) => {
    setText(code)
    setCard(code)
  })
  const people =
    wanted === ''
      ? (onSite.data?.items ?? []).filter((one) => one.outing?.status === 'out')
      : (found.data?.items ?? [])
  const unknownCard = card !== null && found.data?.byCard === false ? card : null
  return (
    <div className={css.page}>
      <h1>{t('outing.gate.title')}</h1>
      {onSite.data ? (
        <p role="status">{t('outing.gate.onSite', { inside: onSite.data.inside, out: onSite.data.out })}</p>
      ) : null}
      <Field label={t('outing.gate.search')}>
        <TextInput
          type="search"
          size="large"
          placeholder={t('outing.gate.hint')}
          value={text}
          onChange={setText}
          maxLength={60}
          onKeyDown={(event) => {
            // A card reader types into the box, too, and ends with Enter.
            if (event.key === 'Enter' && /\d{4,}/.test(wanted)) setCard(wanted)
          }}
        />
      </Field>
      {options && options.zones.length > 0 ? (
        <Field label={t('outing.gate.zone')}>
          <SelectNative
            size="large"
            value={zone}
            placeholder={t('outing.gate.anyZone')}
            options={options.zones.map((value) => ({ value, label: value }))}
            onChange={setZone}
          />
        </Field>
      ) : null}
      {unknownCard ? (
        <ErrorNotice tone="waiting" title={t('outing.gate.card', { code: unknownCard })} />
      ) : null}
      <ProblemNotice fault={found.error ?? onSite.error} onRetry={() => void found.refetch()} />
      {wanted === '' ? <h2>{t('outing.gate.out')}</h2> : null}
      {wanted !== '' && found.data && people.length === 0 && !unknownCard ? (
        <Empty icon="user" title={t('outing.gate.noHit')} />
      ) : null}
      {wanted === '' && onSite.data && people.length === 0 ? (
        <Empty icon="checkCircle" title={t('outing.gate.nobodyOut')} />
      ) : null}
      <ul className={css.cards}>
        {people.map((person) => (
          <li key={person.id}>
            <Person person={person} zone={zone} byCard={found.data?.byCard === true} />
          </li>
        ))}
      </ul>
      {unknownCard ? (
        <GiveCard
          code={unknownCard}
          onDone={(name) => {
            showToast({ text: t('outing.gate.cardSaved', { name }) })
            setCard(null)
            void found.refetch()
          }}
        />
      ) : null}
    </div>
  )
}

function Person({ person, zone, byCard }: { person: StaffState; zone: string; byCard: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { problemText } = useProblemText()
  const commands = useOutingCommands()
  const [writing, setWriting] = useState(false)
  const { outing } = person
  async function sign(direction: 'in' | 'out') {
    try {
      await call(staffPresence.sign, {
        body: { employeeId: person.id, direction, zone, via: byCard ? 'card' : 'gate' },
      })
      showToast({
        text: t(direction === 'in' ? 'outing.done.in' : 'outing.done.left', { name: person.name }),
        undo: () => void sign(direction === 'in' ? 'out' : 'in'),
      })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm' })
    }
    void client.invalidateQueries({ queryKey: outingKeys.all })
  }
  return (
    <article className={css.card}>
      <span className={css.acts}>
        <strong className={css.name}>{person.name}</strong>
        <span className={css.quiet}>{[person.number, person.department].filter(Boolean).join(' · ')}</span>
        <StatusChip tone={person.inside ? 'good' : 'neutral'}>
          {person.inside === null
            ? t('outing.gate.unknown')
            : t(person.inside ? 'outing.gate.inside' : 'outing.gate.outside')}
          {person.zone ? ` · ${person.zone}` : ''}
        </StatusChip>
        {outing ? <OutingStatus card={outing} /> : null}
      </span>
      {outing ? <span>{outing.destination}</span> : null}
      {writing ? (
        <OutingFormView
          atGate
          onClose={() => setWriting(false)}
          send={async ({ leaveAt: _, ...form }) =>
            (await commands.leaveNow({ ...form, employeeId: person.id })) !== undefined
          }
        />
      ) : (
        <div className={css.acts}>
          {outing?.can.leave ? (
            <Button kind="primary" size="large" onClick={() => void commands.leave(outing.id)}>
              {t('outing.act.leave')}
            </Button>
          ) : null}
          {outing?.can.return ? (
            <Button kind="primary" size="large" onClick={() => void commands.comeBack(outing.id)}>
              {t('outing.act.return')}
            </Button>
          ) : null}
          {outing === null ? (
            <Button size="large" onClick={() => setWriting(true)}>
              {t('outing.act.leaveNow')}
            </Button>
          ) : null}
          {outing?.status === 'out' ? null : (
            <Button size="large" onClick={() => void sign(person.inside ? 'out' : 'in')}>
              {t(person.inside ? 'outing.gate.signOut' : 'outing.gate.signIn')}
            </Button>
          )}
        </div>
      )}
    </article>
  )
}
