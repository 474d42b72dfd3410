import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileRoutes } from '../../../../../kernel/files/contract.ts'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call, fetchFile, routeUrl, saveFile } from '../../../../../ui-kit/client.ts'
import { Field } from '../../../../../ui-kit/field.tsx'
import { Icon } from '../../../../../ui-kit/icon.tsx'
import { SelectNative, TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { Menu } from '../../../../../ui-kit/menu.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { siteId } from '../../../../../ui-kit/site.ts'
import { StatusChip, type Tone } from '../../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../../ui-kit/zone-time.ts'
import { agreements } from '../../../agreements/contract.ts'
import type { VisitDetail } from '../../../card/contract.ts'
import { type Invitation, invitations } from '../../../invitations/contract.ts'
import { visitKeys } from '../../queries.ts'
import own from './guests.module.css'

/** What the visitor was sent and has signed; in the panel of a visit. */
export function VisitGuest({ visit }: { visit: VisitDetail }) {
  return (
    <>
      <VisitInvitation visit={visit} />
      <VisitAgreements visit={visit} />
    </>
  )
}

type LetterStatus = Invitation['letters'][number]['status']
const tones: Record<LetterStatus, Tone> = {
  queued: 'waiting',
  sending: 'waiting',
  sent: 'good',
  failed: 'alarm',
  skipped: 'neutral',
}

const sheets = (['zh', 'en'] as const).flatMap((speaks) =>
  (['A4', 'A5'] as const).map((size) => ({ speaks, size })),
)

function VisitInvitation({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const client = useQueryClient()
  const { problemText, fieldTexts } = useProblemText()
  const [asking, setAsking] = useState(false)
  const [email, setEmail] = useState('')
  const [speaks, setSpeaks] = useState<string>('zh')
  const [fault, setFault] = useState<unknown>(null)
  const key = [...visitKeys.detail(visit.id), 'invitation']
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(invitations.ofVisit, { params: { id: visit.id } }, { signal }),
    // The letter goes out behind the scenes.
    refetchInterval: 15_000,
  })
  if (!data || (data.invitation === null && !data.can.send)) return null
  const { invitation } = data
  const at = (instant: string) => formatDateTime(instant, zone, language)

  async function send(body: { email?: string; language?: 'zh' | 'en' }) {
    setFault(null)
    try {
      await call(invitations.send, { params: { id: visit.id }, body })
      setAsking(false)
      showToast({ text: t('invitation.sent') })
    } catch (problem) {
      setFault(problem)
    }
    await client.invalidateQueries({ queryKey: key })
  }

  async function copy() {
    try {
      const { url } = await call(invitations.link, { params: { id: visit.id } })
      await navigator.clipboard.writeText(url)
      showToast({ text: t('invitation.copied') })
    } catch (problem) {
      showToast({ text: problemText(problem), tone: 'alarm' })
    }
  }

  async function print(speaks: 'zh' | 'en', size: 'A4' | 'A5') {
    setFault(null)
    try {
      saveFile(
        await fetchFile(invitations.paper, { params: { id: visit.id }, body: { language: speaks, size } }),
      )
      showToast({ text: t('invitation.printed') })
    } catch (problem) {
      setFault(problem)
    }
    await client.invalidateQueries({ queryKey: visitKeys.detail(visit.id) })
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send({ email, language: speaks === 'en' ? 'en' : 'zh' })
  }

  return (
    <section className={own.section}>
      <h3>{t('invitation.title')}</h3>
      {invitation === null ? <p className={own.quiet}>{t('invitation.none')}</p> : null}
      {invitation ? (
        <>
          <p>
            {invitation.emailMasked || t('invitation.onPaper')} · {t('invitation.code')}{' '}
            <strong>{invitation.code}</strong>
          </p>
          <p className={own.quiet}>
            {invitation.openedAt
              ? t('invitation.opened', { at: at(invitation.openedAt) })
              : t('invitation.notOpened')}
            {invitation.completedAt
              ? ` · ${t('invitation.completed', { at: at(invitation.completedAt) })}`
              : ''}
          </p>
          <ul className={own.block}>
            {invitation.letters.map((letter) => (
              <li key={letter.id} className={own.row}>
                <StatusChip tone={tones[letter.status]}>{t(`invitation.status.${letter.status}`)}</StatusChip>
                {t(`invitation.letter.${letter.kind}`)}
                <span className={own.quiet}>
                  {at(letter.sentAt ?? letter.at)}
                  {letter.status === 'skipped'
                    ? ` · ${t(letter.lastError === 'setting' ? 'invitation.why.setting' : 'invitation.why.smtp')}`
                    : ''}
                  {letter.status === 'failed' ? ` · ${letter.lastError ?? ''}` : ''}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {data.can.send && !asking ? (
        <div className={own.row}>
          {invitation ? (
            <>
              {invitation.emailMasked ? (
                <Button icon="mail" onClick={() => void send({})}>
                  {t('invitation.resend')}
                </Button>
              ) : null}
              <Button icon="copy" onClick={() => void copy()}>
                {t('invitation.copy')}
              </Button>
            </>
          ) : null}
          <Button kind={invitation ? 'plain' : 'quiet'} icon="edit" onClick={() => setAsking(true)}>
            {t(invitation?.emailMasked ? 'invitation.change' : 'invitation.send')}
          </Button>
          <Menu
            label={t('invitation.print')}
            items={sheets.map(({ speaks, size }) => ({
              id: `${speaks}${size}`,
              label: t(`invitation.sheet.${speaks}${size}`),
              icon: 'print',
              run: () => void print(speaks, size),
            }))}
          >
            <Icon name="print" />
            {t('invitation.print')}
          </Menu>
        </div>
      ) : null}
      {fault ? <ProblemNotice fault={fault} /> : null}
      {asking ? (
        <form className={own.block} noValidate onSubmit={submit}>
          <Field
            label={t('invitation.email')}
            required
            hint={t('invitation.emailHint')}
            error={fault ? fieldTexts(fault).email : undefined}
          >
            <TextInput
              type="email"
              name="email"
              value={email}
              onChange={setEmail}
              maxLength={200}
              autoFocus
            />
          </Field>
          <Field label={t('invitation.language')}>
            <SelectNative
              value={speaks}
              onChange={setSpeaks}
              options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`invitation.${value}`) }))}
            />
          </Field>
          <Button kind="primary" type="submit" icon="mail">
            {t('invitation.send')}
          </Button>
        </form>
      ) : null}
    </section>
  )
}

function VisitAgreements({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const client = useQueryClient()
  const [fault, setFault] = useState<unknown>(null)
  const { data } = useQuery({
    queryKey: [...visitKeys.detail(visit.id), 'agreements'],
    queryFn: ({ signal }) => call(agreements.ofVisit, { params: { id: visit.id } }, { signal }),
  })
  if (!data || (data.due.length === 0 && data.signed.length === 0)) return null

  async function paper(versionId: string) {
    setFault(null)
    try {
      await call(agreements.onPaper, {
        params: { id: visit.id },
        body: { versionId, signerName: visit.visitorName },
      })
      showToast({ text: t('agreement.paperDone') })
    } catch (problem) {
      setFault(problem)
    }
    await client.invalidateQueries({ queryKey: visitKeys.all })
  }

  return (
    <section className={own.section}>
      <h3>{t('agreement.ofVisit')}</h3>
      {fault ? <ProblemNotice fault={fault} /> : null}
      <ul className={own.block}>
        {data.due.map((one) => (
          <li key={one.versionId} className={own.row}>
            <StatusChip tone="waiting">{t('agreement.due')}</StatusChip>
            {spoken(one.title)}
            {visit.can.signAgreement ? (
              <Button icon="signature" onClick={() => void paper(one.versionId)}>
                {t('agreement.paper')}
              </Button>
            ) : null}
          </li>
        ))}
        {data.signed.map((one) => (
          <li key={one.versionId} className={own.row}>
            {one.fileId ? (
              <a
                href={routeUrl(fileRoutes.read, {
                  params: { id: one.fileId },
                  query: { inline: true, site: siteId() || undefined },
                })}
                target="_blank"
                rel="noreferrer"
              >
                {spoken(one.title)}
              </a>
            ) : (
              spoken(one.title)
            )}
            <span className={own.quiet}>
              {one.signerName} · {t(`agreement.surface.${one.surface}`)} ·{' '}
              {formatDateTime(one.signedAt, zone, language)}
            </span>
          </li>
        ))}
      </ul>
      {data.due.length > 0 && visit.can.signAgreement ? (
        <p className={own.quiet}>{t('agreement.paperHelp')}</p>
      ) : null}
    </section>
  )
}
