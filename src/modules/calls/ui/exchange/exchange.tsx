import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteAnswer } from '../../../../kernel/contract.ts'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { ErrorNotice } from '../../../../ui-kit/error-notice.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, NumberInput, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { exchange } from '../../intake/contract.ts'
import { callKeys } from '../queries.ts'
import css from './exchange.module.css'

type State = NonNullable<RouteAnswer<typeof exchange.state>['exchange']>
type Address = NonNullable<State['address']>

const blank: Address = {
  host: '',
  port: 5038,
  username: 'foyer',
  login: 'md5',
  tls: false,
  context: 'internal',
  technology: 'PJSIP',
  trunks: ['PJSIP/trunk'],
  outsidePrefix: '',
  ringCadenceSeconds: 5,
  keepAliveSeconds: 30,
}

const tones: Record<State['state'], Tone> = {
  up: 'good',
  connecting: 'waiting',
  down: 'alarm',
  refused: 'alarm',
  stopped: 'neutral',
}

/** The connection to the telephone exchange: state, address, a try before it is saved (C15). */
export function Exchange() {
  const { t } = useTranslation()
  useLiveInvalidate({ exchange: callKeys.exchange })
  const query = useQuery({
    queryKey: callKeys.exchange,
    queryFn: ({ signal }) => call(exchange.state, {}, { signal }),
  })
  const { data } = query
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('exchange.title')}</h1>
        {data?.exchange ? <Standing state={data.exchange} /> : null}
      </header>
      <ProblemNotice fault={query.error} onRetry={() => void query.refetch()} />
      {query.isPending ? <Skeleton rows={6} /> : null}
      {data && data.exchange === null ? (
        <ErrorNotice tone="waiting" title={t('exchange.none')}>
          {t('exchange.noneHelp')}
        </ErrorNotice>
      ) : null}
      {data?.can.configure ? <ExchangeForm key={data.exchange?.version ?? 0} stored={data.exchange} /> : null}
    </div>
  )
}

function Standing({ state }: { state: State }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <p className={css.standing} role="status">
      <StatusChip tone={tones[state.state]}>{t(`exchange.state.${state.state}`)}</StatusChip>
      {state.reason === null ? null : <span>{t(`exchange.reason.${state.reason}`)}</span>}
      {state.stateAt === null ? null : (
        <span className={css.quiet}>
          {t('exchange.since', { at: formatDateTime(state.stateAt, zone, language) })}
        </span>
      )}
    </p>
  )
}

function ExchangeForm({ stored }: { stored: State | null }) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const client = useQueryClient()
  const [address, setAddress] = useState<Address>(stored?.address ?? blank)
  const [secret, setSecret] = useState('')
  const [enabled, setEnabled] = useState(stored?.enabled ?? true)
  const [trunks, setTrunks] = useState(address.trunks.join(', '))
  const change = (part: Partial<Address>) => setAddress({ ...address, ...part })
  const body = () => ({
    address: {
      ...address,
      trunks: trunks
        .split(/[,，\s]+/)
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    },
    ...(secret === '' ? {} : { secret }),
  })
  const test = useMutation({ mutationFn: () => call(exchange.test, { body: body() }) })
  const save = useMutation({
    mutationFn: () =>
      call(exchange.set, {
        body: { ...body(), enabled, ...(stored === null ? {} : { version: stored.version }) },
      }),
    onSuccess: () => {
      showToast({ text: t('exchange.saved') })
      void client.invalidateQueries({ queryKey: callKeys.exchange })
    },
  })
  const wrong = fieldTexts(save.error ?? test.error)
  const text = (name: 'host' | 'username' | 'context' | 'technology' | 'outsidePrefix') => (
    <Field
      label={t(`exchange.field.${name}`)}
      hint={t(`exchange.hint.${name}`)}
      required={name !== 'outsidePrefix'}
      error={wrong[`address.${name}`]}
    >
      <TextInput value={address[name]} maxLength={200} onChange={(value) => change({ [name]: value })} />
    </Field>
  )
  const number = (name: 'port' | 'ringCadenceSeconds' | 'keepAliveSeconds', min: number, max: number) => (
    <Field
      label={t(`exchange.field.${name}`)}
      hint={t(`exchange.hint.${name}`)}
      required
      error={wrong[`address.${name}`]}
    >
      <NumberInput
        value={address[name]}
        min={min}
        max={max}
        onChange={(value) => change({ [name]: value ?? blank[name] })}
      />
    </Field>
  )
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <ProblemNotice fault={save.error ?? test.error} />
      <div className={css.fields}>
        {text('host')}
        {number('port', 1, 65_535)}
        {text('username')}
        <Field
          label={t('exchange.field.secret')}
          hint={t(stored === null ? 'exchange.hint.secret' : 'exchange.hint.secretStored')}
          required={stored === null}
          error={wrong.secret}
        >
          <TextInput type="password" autoComplete="off" value={secret} maxLength={200} onChange={setSecret} />
        </Field>
        <Field label={t('exchange.field.login')}>
          <SelectNative
            value={address.login}
            options={(['md5', 'plain'] as const).map((value) => ({
              value,
              label: t(`exchange.login.${value}`),
            }))}
            onChange={(value) => change({ login: value === 'plain' ? 'plain' : 'md5' })}
          />
        </Field>
        {text('context')}
        {text('technology')}
        <Field
          label={t('exchange.field.trunks')}
          hint={t('exchange.hint.trunks')}
          error={wrong['address.trunks']}
        >
          <TextInput value={trunks} maxLength={400} onChange={setTrunks} />
        </Field>
        {text('outsidePrefix')}
        {number('ringCadenceSeconds', 2, 10)}
        {number('keepAliveSeconds', 5, 300)}
      </div>
      <Checkbox checked={address.tls} onChange={(tls) => change({ tls })}>
        {t('exchange.field.tls')}
      </Checkbox>
      <Checkbox checked={enabled} onChange={setEnabled}>
        {t('exchange.field.enabled')}
      </Checkbox>
      {test.data ? (
        <p role="status" className={css.standing}>
          <StatusChip tone={test.data.ok ? 'good' : 'alarm'}>
            {t(test.data.ok ? 'exchange.testGood' : 'exchange.testBad', {
              seconds: test.data.seconds.toFixed(1),
            })}
          </StatusChip>
          {test.data.ok ? null : <span>{t(`exchange.reason.${test.data.reason}`)}</span>}
        </p>
      ) : null}
      <div className={css.tools}>
        <Button type="submit" kind="primary" busy={save.isPending}>
          {t('exchange.save')}
        </Button>
        <Button busy={test.isPending} onClick={() => test.mutate()}>
          {t('exchange.test')}
        </Button>
      </div>
    </form>
  )
}
