import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileRoutes } from '../../../../../kernel/files/contract.ts'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call, routeUrl } from '../../../../../ui-kit/client.ts'
import { Field } from '../../../../../ui-kit/field.tsx'
import {
  Checkbox,
  DateTimeInput,
  NumberInput,
  SelectNative,
  TextArea,
  TextInput,
} from '../../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { Panel } from '../../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { siteId } from '../../../../../ui-kit/site.ts'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { formatDateTime, fromWall } from '../../../../../ui-kit/zone-time.ts'
import { type Agreement, agreements, purposes } from '../../../agreements/contract.ts'
import { useVisitOptions } from '../../queries.ts'
import own from './guests.module.css'

const agreementsKey = ['agreements']

export interface AgreementPanelProps {
  agreement: Agreement | null
  onClose: () => void
  onMade: (id: string) => void
}

/** To whom it applies and its next words; what is published stays as it is. */
export function AgreementPanel({ agreement, onClose, onMade }: AgreementPanelProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const client = useQueryClient()
  const { fieldTexts } = useProblemText()
  const { data: options } = useVisitOptions()
  const words = (agreement?.draft ?? agreement?.coming ?? agreement?.current)?.body
  const [purpose, setPurpose] = useState<string>(agreement?.purpose ?? 'safety')
  const [title, setTitle] = useState({ zh: agreement?.title.zh ?? '', en: agreement?.title.en ?? '' })
  const [body, setBody] = useState({ zh: words?.zh ?? '', en: words?.en ?? '' })
  const [kinds, setKinds] = useState<readonly string[]>(agreement?.kinds ?? [])
  const [categories, setCategories] = useState<readonly string[]>(agreement?.categories ?? [])
  const [validDays, setValidDays] = useState<number | null>(agreement?.validDays ?? 0)
  const [needsSignature, setNeedsSignature] = useState(agreement?.needsSignature ?? true)
  const [effectiveAt, setEffectiveAt] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const required = t('field.required')
  const errors = fault ? fieldTexts(fault) : {}

  async function attempt(act: () => Promise<void>) {
    if (busy) return
    setBusy(true)
    setFault(null)
    try {
      await act()
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
    await client.invalidateQueries({ queryKey: agreementsKey })
  }

  async function save(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (![title.zh, title.en, body.zh, body.en].every((text) => text.trim())) return
    const conditions = {
      ...{ title, needsSignature, validDays: validDays ?? 0 },
      ...{ kinds: [...kinds], categories: [...categories] },
    }
    await attempt(async () => {
      if (agreement === null) {
        const known = purposes.find((one) => one === purpose) ?? 'other'
        onMade((await call(agreements.create, { body: { ...conditions, purpose: known, body } })).id)
      } else {
        const changed = body.zh !== words?.zh || body.en !== words?.en
        const { id, version } = agreement
        await call(agreements.edit, {
          params: { id },
          body: { version, ...conditions, ...(changed ? { body } : {}) },
        })
      }
      showToast({ text: t('agreement.saved') })
    })
  }

  const publish = (one: Agreement) =>
    attempt(async () => {
      const at = effectiveAt ? { effectiveAt: fromWall(effectiveAt, zone) } : {}
      await call(agreements.publish, { params: { id: one.id }, body: { version: one.version, ...at } })
      showToast({ text: t('agreement.published', { number: one.draft?.number ?? '' }) })
    })
  const restore = (id: string, version: number) =>
    attempt(async () => {
      await call(agreements.restore, { params: { id }, body: { version } })
      showToast({ text: t('agreement.restored') })
    })
  const withdraw = (one: Agreement) =>
    attempt(async () => {
      const after = await call(agreements.withdraw, {
        params: { id: one.id },
        body: { version: one.version },
      })
      showToast({ text: t('agreement.withdrawn'), undo: () => void restore(one.id, after.version) })
    })

  return (
    <Panel
      title={agreement ? spoken(agreement.title) : t('agreement.new')}
      onClose={onClose}
      footer={
        <>
          <Button kind={agreement?.draft ? 'quiet' : 'primary'} type="submit" form="agreement" busy={busy}>
            {t('agreement.save')}
          </Button>
          {agreement?.draft ? (
            <Button kind="primary" icon="check" busy={busy} onClick={() => void publish(agreement)}>
              {t('agreement.publish')}
            </Button>
          ) : null}
          {agreement?.status === 'published' ? (
            <Button icon="close" onClick={() => void withdraw(agreement)}>
              {t('agreement.withdraw')}
            </Button>
          ) : null}
          {agreement?.status === 'withdrawn' ? (
            <Button icon="back" onClick={() => void restore(agreement.id, agreement.version)}>
              {t('agreement.restore')}
            </Button>
          ) : null}
        </>
      }
    >
      <form id="agreement" className={own.block} noValidate onSubmit={(event) => void save(event)}>
        {fault ? <ProblemNotice fault={fault} /> : null}
        {agreement ? null : (
          <Field label={t('agreement.field.purpose')}>
            <SelectNative
              value={purpose}
              onChange={setPurpose}
              options={purposes.map((value) => ({ value, label: t(`agreement.purpose.${value}`) }))}
            />
          </Field>
        )}
        {(['zh', 'en'] as const).map((language) => (
          <div key={language} className={own.block} lang={language === 'zh' ? 'zh-CN' : 'en'}>
            <Field
              label={t(language === 'zh' ? 'agreement.field.titleZh' : 'agreement.field.titleEn')}
              required
              error={tried && !title[language].trim() ? required : errors[`title.${language}`]}
            >
              <TextInput
                value={title[language]}
                onChange={(text) => setTitle({ ...title, [language]: text })}
                maxLength={200}
              />
            </Field>
            <Field
              label={t(language === 'zh' ? 'agreement.field.bodyZh' : 'agreement.field.bodyEn')}
              required
              error={tried && !body[language].trim() ? required : errors[`body.${language}`]}
            >
              <TextArea
                rows={8}
                value={body[language]}
                onChange={(text) => setBody({ ...body, [language]: text })}
                maxLength={20_000}
              />
            </Field>
          </div>
        ))}
        <Choices
          label={t('agreement.field.kinds')}
          all={options?.kinds ?? []}
          chosen={kinds}
          onChange={setKinds}
        />
        <Choices
          label={t('agreement.field.categories')}
          all={options?.categories ?? []}
          chosen={categories}
          onChange={setCategories}
        />
        <Field
          label={t('agreement.field.validDays')}
          hint={t('agreement.field.validHint')}
          error={errors.validDays}
        >
          <NumberInput value={validDays} onChange={setValidDays} min={0} max={3650} />
        </Field>
        <Checkbox checked={needsSignature} onChange={setNeedsSignature}>
          {t('agreement.field.needsSignature')}
        </Checkbox>
        {agreement?.draft ? (
          <>
            <Field
              label={t('agreement.field.effectiveAt')}
              hint={t('agreement.field.effectiveHint')}
              error={errors.effectiveAt}
            >
              <DateTimeInput kind="datetime" value={effectiveAt} onChange={setEffectiveAt} />
            </Field>
            <p className={own.quiet}>{t('agreement.publishHelp')}</p>
          </>
        ) : null}
      </form>
      {agreement && agreement.status !== 'draft' ? <Signatures id={agreement.id} /> : null}
    </Panel>
  )
}

function Choices(props: {
  label: string
  all: readonly { key: string; name: { zh: string; en: string } }[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  return (
    <Field group label={props.label} hint={t('agreement.field.all')}>
      <div className={own.checks}>
        {props.all.map(({ key, name }) => (
          <Checkbox
            key={key}
            checked={props.chosen.includes(key)}
            onChange={(on) =>
              props.onChange(on ? [...props.chosen, key] : props.chosen.filter((one) => one !== key))
            }
          >
            {spoken(name)}
          </Checkbox>
        ))}
      </div>
    </Field>
  )
}

/** Who signed which version, newest first. */
function Signatures({ id }: { id: string }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const pages = useInfiniteQuery({
    queryKey: [...agreementsKey, id, 'signatures'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(agreements.signatures, { params: { id }, query: { cursor: pageParam, limit: 20 } }, { signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className={own.section}>
      <h3>{t('agreement.signedList')}</h3>
      <ProblemNotice fault={pages.error} onRetry={() => void pages.refetch()} />
      {pages.data && items.length === 0 ? <p className={own.quiet}>{t('agreement.noSignatures')}</p> : null}
      <ul className={own.block}>
        {items.map((one) => (
          <li key={one.id} className={own.row}>
            <a href={`/register?visit=${one.visitId}`}>{one.signerName}</a>
            <span className={own.quiet}>
              {t('agreement.version', { number: one.number })} · {t(`agreement.surface.${one.surface}`)} ·{' '}
              {formatDateTime(one.signedAt, zone, language)}
            </span>
            {one.fileId ? (
              <a
                href={routeUrl(fileRoutes.read, {
                  params: { id: one.fileId },
                  query: { inline: true, site: siteId() || undefined },
                })}
                target="_blank"
                rel="noreferrer"
              >
                {t('agreement.open')}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <Button kind="plain" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('agreement.more')}
        </Button>
      ) : null}
    </section>
  )
}
