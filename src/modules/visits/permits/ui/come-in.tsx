import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { type PermitCard, permits } from '../contract.ts'
import css from './permits.module.css'
import { useRenewPermits } from './queries.ts'
import { reasonWords } from './words.ts'

export interface ComeInProps {
  size?: 'normal' | 'large'
  /** Scanned already: asked at once. */
  first?: string | undefined
  onOpen: (visitId: string) => void
}

type Came = { readonly visit: VisitCard; readonly permit: PermitCard }
interface Choice {
  readonly number: string
  readonly name: string
  readonly organisation: string
}

const isChoice = (one: unknown): one is Choice =>
  typeof one === 'object' &&
  one !== null &&
  'number' in one &&
  typeof one.number === 'string' &&
  'name' in one

const choicesOf = (value: unknown): Choice[] => (Array.isArray(value) ? value.filter(isChoice) : [])

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** V22: a code scanned, a number or a name typed: in, or a clear reason why not. */
export function ComeIn({ size = 'normal', first, onOpen }: ComeInProps) {
  const { t } = useTranslation()
  const renew = useRenewPermits()
  const [code, setCode] = useState('')
  const [came, setCame] = useState<Came | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const begun = useRef('')

  async function take(text: string) {
    setBusy(true)
    setCame(null)
    setFault(null)
    try {
      setCame(await call(permits.use, { body: { code: text } }))
      setCode('')
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
    await renew()
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a code that was scanned is asked once
  useEffect(() => {
    if (!first || begun.current === first) return
    begun.current = first
    void take(first)
  }, [first])

  return (
    <div className={css.comeIn}>
      <form
        className={css.line}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (code.trim() !== '' && !busy) void take(code.trim())
        }}
      >
        <Field label={t('permits.comeIn.code')} hint={t('permits.comeIn.hint')}>
          <TextInput
            size={size}
            name="permitCode"
            autoFocus={size === 'normal'}
            autoComplete="off"
            maxLength={3000}
            value={code}
            onChange={setCode}
          />
        </Field>
        <Button
          kind="primary"
          size={size}
          icon="scan"
          type="submit"
          busy={busy}
          disabled={code.trim() === ''}
        >
          {t('permits.comeIn.act')}
        </Button>
      </form>
      <div role="status">
        {came ? <In came={came} size={size} onOpen={onOpen} /> : null}
        {fault ? (
          <Out fault={fault} size={size} onOpen={onOpen} onChoose={(number) => void take(number)} />
        ) : null}
      </div>
    </div>
  )
}

function In({ came, size, onOpen }: { came: Came; size: 'normal' | 'large'; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const { visit, permit } = came
  // V12: who is held learns no more than that a colleague is on the way.
  const held = visit.status === 'held'
  return (
    <section className={held ? css.waits : css.good}>
      <Icon name={held ? 'clock' : 'checkCircle'} size={size === 'large' ? 32 : 20} />
      <h2>{t(held ? 'permits.comeIn.held' : 'permits.comeIn.in', { name: visit.visitorName })}</h2>
      <p>{[visit.organisation, visit.hostName, visit.areas.join('、')].filter(Boolean).join(' · ')}</p>
      {visit.passNumber ? <p>{t('permits.comeIn.pass', { number: visit.passNumber })}</p> : null}
      {permit.standing.warnings.length > 0 ? (
        <p className={css.warning}>
          {t('permits.comeIn.warning', { papers: permit.standing.warnings.join('、') })}
        </p>
      ) : null}
      <Button size={size} icon="user" onClick={() => onOpen(visit.id)}>
        {t('permits.comeIn.open')}
      </Button>
    </section>
  )
}

function Out({
  fault,
  size,
  onOpen,
  onChoose,
}: {
  fault: unknown
  size: 'normal' | 'large'
  onOpen: (id: string) => void
  onChoose: (number: string) => void
}) {
  const { t } = useTranslation()
  if (fault instanceof ApiProblem && fault.code === 'permit.refused') {
    const { reason, paper, number, name } = fault.data
    return (
      <section className={css.refused}>
        <Icon name="close" size={size === 'large' ? 32 : 20} />
        <h2>
          {textOf(name) === ''
            ? t('permits.comeIn.notOurs')
            : t('permits.comeIn.refused', { name: textOf(name), number: textOf(number) })}
        </h2>
        <p>{reasonWords(t, textOf(reason), textOf(paper))}</p>
      </section>
    )
  }
  const choices = fault instanceof ApiProblem ? choicesOf(fault.data.choices) : []
  if (choices.length > 0) {
    return (
      <section className={css.waits}>
        <h2>{t('permits.comeIn.which')}</h2>
        {choices.map((one) => (
          <Button key={one.number} size={size} icon="user" onClick={() => onChoose(one.number)}>
            {[one.name, one.organisation, one.number].filter(Boolean).join(' · ')}
          </Button>
        ))}
      </section>
    )
  }
  const visitId = fault instanceof ApiProblem ? textOf(fault.data.visitId) : ''
  return (
    <>
      <ProblemNotice fault={fault} />
      {visitId === '' ? null : (
        <Button size={size} icon="user" onClick={() => onOpen(visitId)}>
          {t('permits.comeIn.open')}
        </Button>
      )}
    </>
  )
}
