import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage } from '../../../../ui-kit/language.ts'
import type { DueAgreement, Signing } from '../../agreements/contract.ts'
import { SignaturePad } from './signature-pad.tsx'
import css from './signing.module.css'

export interface ReadAndSignProps {
  agreement: DueAgreement
  at: number
  total: number
  name: string
  busy: boolean
  onSigned: (signing: Signing) => void
}

/** One document: shown in full, read to the end, then the name and the hand (V11, V13). Shared by kiosk and invitation. */
export function ReadAndSign({ agreement, at, total, name, busy, onSigned }: ReadAndSignProps) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const words = useRef<HTMLElement>(null)
  const [read, setRead] = useState(false)
  const [signerName, setSignerName] = useState(name)
  const [picture, setPicture] = useState<string | null>(null)
  const [typed, setTyped] = useState(false)
  const [agreed, setAgreed] = useState(false)
  const [tried, setTried] = useState(false)

  function look() {
    const box = words.current
    if (box && box.scrollTop + box.clientHeight >= box.scrollHeight - 8) setRead(true)
  }
  // A text that fits is read at a glance: there is nothing to scroll. The other language may be longer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew for another text
  useEffect(look, [agreement.versionId, language])

  const needsHand = agreement.needsSignature && !typed && picture === null
  const faults = {
    read: read ? undefined : t('agreement.needRead'),
    name: signerName.trim() ? undefined : t('agreement.needName'),
    hand: needsHand ? t('agreement.needSignature') : undefined,
    agree: agreed ? undefined : t('agreement.needAgree'),
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (busy || Object.values(faults).some(Boolean)) return
    onSigned({
      versionId: agreement.versionId,
      signerName: signerName.trim(),
      language,
      picture: typed ? null : picture,
      read: true,
    })
  }

  return (
    <form className={css.sheet} noValidate autoComplete="off" onSubmit={submit}>
      <header className={css.head}>
        <h2>{agreement.title[language]}</h2>
        <span className={css.quiet}>
          {t('agreement.version', { number: agreement.number })}
          {total > 1 ? ` · ${t('agreement.of', { at, total })}` : ''}
        </span>
      </header>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable from the keyboard
        tabIndex={0}
        ref={words}
        className={css.words}
        aria-label={agreement.title[language]}
        onScroll={look}
      >
        {agreement.body[language].split(/\n{2,}/).map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: published words never change
          <p key={index}>{part}</p>
        ))}
      </section>
      <p className={css.quiet} role="status">
        {read ? t('agreement.readAll') : t('agreement.scroll')}
      </p>
      <Field
        label={t('agreement.name')}
        hint={t('agreement.nameHint')}
        required
        error={tried ? faults.name : undefined}
      >
        <TextInput size="large" name="signer" value={signerName} onChange={setSignerName} maxLength={80} />
      </Field>
      {agreement.needsSignature ? (
        <div className={css.hand}>
          {typed ? null : (
            <>
              <span className={css.label}>{t('agreement.draw')}</span>
              <SignaturePad label={t('agreement.pad')} onChange={setPicture} />
            </>
          )}
          <Checkbox size="large" checked={typed} onChange={setTyped} hint={t('agreement.noDraw')}>
            {t('agreement.typedInstead')}
          </Checkbox>
        </div>
      ) : null}
      <Checkbox size="large" checked={agreed} onChange={setAgreed}>
        {t(agreement.needsSignature ? 'agreement.agree' : 'agreement.agreeRead')}
      </Checkbox>
      {tried ? (
        <ul className={css.faults} role="alert">
          {[faults.read, faults.hand, faults.agree].filter(Boolean).map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      ) : null}
      <Button kind="primary" size="large" icon="signature" type="submit" busy={busy}>
        {t(agreement.needsSignature ? 'agreement.sign' : 'agreement.confirm')}
      </Button>
    </form>
  )
}
