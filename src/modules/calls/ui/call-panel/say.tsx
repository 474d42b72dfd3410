import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../../ui-kit/clock.ts'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useSession } from '../../../../ui-kit/session.ts'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import type { CallDetail } from '../../card/contract.ts'
import type { Situation } from '../../rules.ts'
import { type Spoken, speak, wordsFor } from '../call-flow.ts'
import { useCallOptions } from '../queries.ts'
import css from './call-panel.module.css'

export interface SayProps {
  call: CallDetail
  /** The first is the sentence of the moment, the others are one press away. */
  keys: readonly Situation[]
  /** What the form beside it already knows better than the record. */
  facts?: Partial<Spoken> | undefined
}

/** 尾号5678: enough to agree on; the full number is a look of its own (G5). */
export function useTail() {
  const { t } = useTranslation()
  return (masked: string) =>
    masked === '' ? '' : t('call.tail', { tail: masked.replace(/\D/g, '').slice(-4) })
}

/** What to say now, ready to read aloud, in the caller's language (G7). Read out when it changes. */
export function Say({ call, keys, facts }: SayProps) {
  const { t } = useTranslation()
  const tail = useTail()
  const { site, user } = useSession()
  const { data: options } = useCallOptions()
  const own = useUiLanguage()
  const zone = useZone()
  const now = useNow()
  const [other, setOther] = useState(false)
  const situation = keys.join(' ')
  // Another situation begins with its first sentence again.
  const [turned, setTurned] = useState({ situation, at: 0 })
  const at = turned.situation === situation ? turned.at : 0
  const language = other ? (own === 'zh' ? 'en' : 'zh') : own
  const known = [...new Set(keys)].flatMap(
    (key) => wordsFor(key, call, options?.words ?? [], facts !== undefined) ?? [],
  )
  const words = known[at % Math.max(1, known.length)]
  if (!words) return null
  const last = call.hops.at(-1)
  const spoken: Partial<Spoken> = {
    site: site.name,
    agent: user.name,
    caller: call.contactName,
    company: call.organisation,
    target: call.next.target?.name || last?.name || call.wantedName,
    minutes: call.next.minutes ? String(call.next.minutes) : '',
    number: tail(call.phoneMasked || call.callerMasked),
    time: formatTime(now, zone, language),
    ...facts,
  }
  return (
    <section className={css.say} aria-label={t('call.say.title')}>
      <p className={css.words} lang={language === 'zh' ? 'zh-CN' : 'en'} aria-live="polite">
        <q>{speak(words[language], spoken)}</q>
      </p>
      {words.note[own] ? <p className={css.quiet}>{words.note[own]}</p> : null}
      <div className={css.sayOthers}>
        {known.map((one, index) =>
          index === at ? null : (
            <button
              key={one.key}
              type="button"
              className={css.other}
              onClick={() => setTurned({ situation, at: index })}
            >
              {t(`call.say.${one.key}`)}
            </button>
          ),
        )}
        <button type="button" className={css.other} aria-pressed={other} onClick={() => setOther(!other)}>
          {own === 'zh' ? 'English' : '中文'}
        </button>
      </div>
    </section>
  )
}
