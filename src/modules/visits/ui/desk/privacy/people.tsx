import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { Card } from '../../../../../ui-kit/card.tsx'
import { call, fetchFile, saveFile } from '../../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../../ui-kit/description-list.tsx'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { ErrorNotice } from '../../../../../ui-kit/error-notice.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { SearchText } from '../../../../../ui-kit/search-text.tsx'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { formatDay } from '../../../../../ui-kit/zone-time.ts'
import { privacy } from '../../../retention/contract.ts'
import css from './privacy.module.css'

const formats = ['xlsx', 'pdf', 'json'] as const
type Format = (typeof formats)[number]

interface Person {
  readonly id: string
  readonly name: string
  readonly organisation: string
  readonly phoneMasked: string
}

/** Somebody asks what the house knows of them: find, look, give a copy, erase (G5). */
export function People() {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const [q, setQ] = useState('')
  const [chosen, setChosen] = useState<Person | null>(null)
  const list = useQuery({
    queryKey: ['privacy', 'people', q],
    queryFn: ({ signal }) => call(privacy.people, { query: { q } }, { signal }),
    enabled: q.length >= 2,
  })
  return (
    <section className={css.part} aria-labelledby="privacy-people">
      <h2 id="privacy-people">{t('visits.privacy.people')}</h2>
      <p className={css.hint}>{t('visits.privacy.peopleHint')}</p>
      <SearchText
        label={t('visits.privacy.search')}
        hint={t('visits.privacy.searchHint')}
        value={q}
        onChange={(text) => {
          setQ(text)
          setChosen(null)
        }}
      />
      <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
      {list.isLoading ? <Skeleton kind="cards" rows={2} /> : null}
      {list.data?.items.length === 0 ? <Empty icon="user" title={t('visits.privacy.nobody')} /> : null}
      {chosen === null ? (
        <ul className={css.found}>
          {list.data?.items.map((one) => (
            <Card
              key={one.id}
              as="li"
              title={one.name}
              actions={<Button onClick={() => setChosen(one)}>{t('visits.privacy.look')}</Button>}
            >
              {[one.organisation, one.phoneMasked, formatDay(one.lastVisitAt, zone, language)]
                .filter(Boolean)
                .join(' · ')}
            </Card>
          ))}
        </ul>
      ) : (
        <OnePerson key={chosen.id} person={chosen} onDone={() => setChosen(null)} />
      )}
    </section>
  )
}

function OnePerson({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const client = useQueryClient()
  const { fieldTexts } = useProblemText()
  const [reason, setReason] = useState('')
  const [name, setName] = useState('')
  const [fault, setFault] = useState<unknown>(null)
  const [own, setOwn] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const stored = useQuery({
    queryKey: ['privacy', 'person', person.id],
    queryFn: ({ signal }) => call(privacy.person, { params: { id: person.id } }, { signal }),
  })
  if (stored.isPending) return <Skeleton rows={4} />
  if (!stored.data) return <ProblemNotice fault={stored.error} onRetry={() => void stored.refetch()} />
  const { hindrances, ...counts } = stored.data

  async function run(what: Format | 'erase') {
    const missing = {
      ...(reason.trim() === '' ? { reason: t('field.required') } : {}),
      ...(what === 'erase' && name.trim() !== person.name ? { name: t('visits.privacy.typeName') } : {}),
    }
    setOwn(missing)
    setFault(null)
    if (busy || Object.keys(missing).length > 0) return
    setBusy(true)
    const params = { id: person.id }
    try {
      if (what !== 'erase') {
        const body = { reason: reason.trim(), language, format: what }
        saveFile(await fetchFile(privacy.export, { params, body }))
        showToast({ text: t('visits.privacy.exported') })
      } else {
        const { visits } = await call(privacy.erase, {
          params,
          body: { reason: reason.trim(), name: name.trim() },
        })
        showToast({ text: t('visits.privacy.erased', { count: visits }) })
        onDone()
      }
      await client.invalidateQueries({ queryKey: ['privacy'] })
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }

  const errors = { ...fieldTexts(fault), ...own }
  return (
    <Card title={person.name}>
      <div className={css.part}>
        <DescriptionList
          rows={[
            ...counts.parts
              .filter(({ rows }) => rows > 0)
              .map(({ title, rows }): [string, string] => [spoken(title), String(rows)]),
            [
              t('visits.privacy.period'),
              counts.firstAt === null || counts.lastAt === null
                ? ''
                : `${formatDay(counts.firstAt, zone, language)} — ${formatDay(counts.lastAt, zone, language)}`,
            ],
          ]}
        />
        <Field
          label={t('visits.privacy.reason')}
          required
          hint={t('visits.privacy.reasonHint')}
          error={errors.reason}
        >
          <TextInput name="reason" maxLength={200} value={reason} onChange={setReason} />
        </Field>
        <ProblemNotice fault={fault} />
        <div className={css.row}>
          {formats.map((format) => (
            <Button key={format} icon="download" busy={busy} onClick={() => void run(format)}>
              {t('visits.privacy.giveCopy', { format: t(`visits.privacy.format.${format}`) })}
            </Button>
          ))}
          <Button kind="plain" onClick={onDone}>
            {t('visits.privacy.back')}
          </Button>
        </div>
        {hindrances.length > 0 ? (
          <ErrorNotice
            tone="waiting"
            title={t('visits.privacy.cannot', {
              why: hindrances
                .map((one) => t(`visits.privacy.hindrance.${one}`))
                .join(t('visit.policy.comma')),
            })}
          />
        ) : (
          <>
            <Field
              label={t('visits.privacy.name')}
              required
              hint={t('visits.privacy.nameHint')}
              error={errors.name}
            >
              <TextInput name="name" maxLength={80} value={name} onChange={setName} />
            </Field>
            <div>
              <Button kind="danger" icon="close" busy={busy} onClick={() => void run('erase')}>
                {t('visits.privacy.eraseNow')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  )
}
