import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Key } from '../../../../ui-kit/key.tsx'
import { useUiLanguage } from '../../../../ui-kit/language.ts'
import type { VisitCard } from '../../card/contract.ts'
import { wordingFor } from '../board.ts'
import { useVisitOptions } from '../queries.ts'
import { type ActName, actKey, acts } from '../visit-acts.ts'
import css from './script-strip.module.css'

export interface ScriptStripProps {
  card: VisitCard | undefined
  opened: string | undefined
  next: ActName | null
  /** The words of the moment stand elsewhere. */
  quiet?: boolean | undefined
  legend?: readonly { key: string; text: string }[] | undefined
}

/** What to say now, ready to read aloud (G7), in the visitor's language; and the keys of the moment. */
export function ScriptStrip({ card, opened, next, quiet, legend }: ScriptStripProps) {
  const { t } = useTranslation()
  const { data: options } = useVisitOptions()
  const own = useUiLanguage()
  const [other, setOther] = useState(false)
  const language = other ? (own === 'zh' ? 'en' : 'zh') : own
  const keys = opened === 'new' ? (['greeting', 'askThree'] as const) : wordingFor(card)
  const words = keys.map((key) => options?.wording[key]?.[language] ?? '').filter(Boolean)
  // Another situation begins with its first sentence again.
  const situation = keys.join(' ')
  const [turned, setTurned] = useState({ situation, at: 0 })
  const at = turned.situation === situation ? turned.at % Math.max(1, words.length) : 0
  return (
    <footer className={css.strip}>
      <section className={css.script} aria-label={t('visit.script.title')} aria-live="polite" hidden={quiet}>
        <h2 className={css.title}>{t('visit.script.title')}</h2>
        <p className={css.words} lang={language === 'zh' ? 'zh-CN' : 'en'}>
          <q>{words[at]}</q>
        </p>
        {words.length > 1 ? (
          <button type="button" className={css.switch} onClick={() => setTurned({ situation, at: at + 1 })}>
            {t('visit.script.next', { at: at + 1, of: words.length })}
          </button>
        ) : null}
        <button type="button" className={css.switch} aria-pressed={other} onClick={() => setOther(!other)}>
          {own === 'zh' ? 'English' : '中文'}
        </button>
      </section>
      <ul className={css.keys} aria-label={t('visit.script.keys')}>
        {card && next && acts[next].key ? (
          <Legend name={acts[next].key} text={t(actKey(card, next))} />
        ) : null}
        <Legend name="v" text={t('visit.new.open')} />
        <Legend name="a" text={t('visit.announce.open')} />
        {legend?.map(({ key, text }) => (
          <Legend key={key} name={key} text={text} />
        ))}
        <Legend name="/" text={t('visit.script.find')} />
        <Legend name="?" text={t('visit.script.allKeys')} />
      </ul>
    </footer>
  )
}

function Legend({ name, text }: { name: string; text: string }) {
  return (
    <li className={css.legend}>
      <Key name={name} spoken /> {text}
    </li>
  )
}
