import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useUiLanguage } from '../../../../ui-kit/language.ts'
import { type KioskSelf, type KioskVisit, kiosks } from '../../kiosk/contract.ts'
import { ReadAndSign } from '../signing/read-and-sign.tsx'
import { arriveWith, faultKey, isAway, isOut, nothingSaid, type Said } from './calls.ts'
import { Exit } from './exit.tsx'
import { ByCode, ByName, Found, Scan } from './find.tsx'
import { canKeep } from './kept.ts'
import css from './kiosk.module.css'
import { Leave } from './leave.tsx'
import { Noted } from './noted.tsx'
import { Photo } from './photo.tsx'
import { HostStep, MatterStep, WhoStep } from './questions.tsx'
import { Language, Start } from './start.tsx'
import { documentsKept, noteVisitor } from './unsent.ts'
import { useIdle } from './use-idle.ts'
import { Wait } from './wait.tsx'

type Step =
  | 'language'
  | 'start'
  | 'scan'
  | 'code'
  | 'name'
  | 'found'
  | 'who'
  | 'matter'
  | 'host'
  | 'photo'
  | 'sign'
  | 'send'
  | 'wait'
  | 'noted'
  | 'leave'

export interface SessionProps {
  self: KioskSelf
  /** There was no server when this visitor began. */
  away: boolean
  /** Registrations that wait here to be sent. */
  waiting: number
  speak: (language: 'zh' | 'en') => void
  onEnd: () => void
  onAway: () => void
  onOut: () => void
}

const registering: readonly Step[] = ['who', 'matter', 'host', 'photo', 'sign', 'send']

const paths = {
  walkIn: ['who', 'matter', 'host', 'photo', 'sign', 'wait'],
  appointment: ['scan', 'found', 'photo', 'sign', 'wait'],
} as const

/** One visitor from the language to the pass: one question a screen, where one is, help and an end on every screen. */
export function Session({
  self,
  away: awayAtFirst,
  waiting: unsent,
  speak,
  onEnd,
  onAway,
  onOut,
}: SessionProps) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const [step, setStep] = useState<Step>('language')
  const [said, setSaid] = useState<Said>(nothingSaid)
  const [visit, setVisit] = useState<KioskVisit | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState(false)
  const [away, setAway] = useState(awayAtFirst)
  // Whoever has not begun yet gets what there is now.
  useEffect(() => {
    if (step === 'language') setAway(awayAtFirst)
  }, [awayAtFirst, step])
  const waiting = step === 'wait' && visit?.state === 'asking'
  const idle = useIdle(self.resetSeconds, step === 'language' || waiting || busy, onEnd)

  const patch = (part: Partial<Said>) => setSaid((before) => ({ ...before, ...part }))
  // Whoever has said where they come from has no appointment, also once the visit is there.
  const announced = said.organisation === '' && (visit !== null || ['scan', 'code', 'name'].includes(step))
  const path: readonly string[] = [...(announced ? paths.appointment : paths.walkIn)].filter(
    (one) => one !== 'photo' || self.photo,
  )
  const place = path.indexOf(
    step === 'code' || step === 'name' ? 'scan' : step === 'send' || step === 'noted' ? 'wait' : step,
  )

  function go(next: Step) {
    setFault(null)
    setStep(next)
  }

  /** Runs a call; what goes wrong is said in the visitor's words, and a kiosk without server says so politely. */
  async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    setBusy(true)
    setFault(null)
    try {
      return await act()
    } catch (problem) {
      // Whoever is registering goes on without the server; what only it knows ends here.
      if (isAway(problem) && visit === null && registering.includes(step) && canKeep()) setAway(true)
      else if (isAway(problem)) onAway()
      else if (isOut(problem)) onOut()
      else setFault(faultKey(problem))
      return undefined
    } finally {
      setBusy(false)
    }
  }

  async function look(ask: () => Promise<KioskVisit>) {
    const found = await attempt(ask)
    if (!found) return
    setVisit(found)
    patch({ visitorName: found.visitorName, due: found.due })
    go(found.state === 'expected' ? 'found' : 'wait')
  }

  const afterQuestions = (next: Said) =>
    self.photo && next.photo === null && step !== 'photo' ? go('photo') : signOrSend(next)

  function signOrSend(next: Said) {
    setSaid(next)
    if (next.signed.length < next.due.length) go('sign')
    else void send(next)
  }

  async function send(next: Said) {
    go('send')
    if (away) return await note(next)
    setBusy(true)
    try {
      setVisit(await arriveWith(next, visit))
      setStep('wait')
    } catch (problem) {
      // A first try may have arrived: sent again later under the same keys, it is still one visit.
      if (isAway(problem) && visit === null && canKeep()) await note(next)
      else if (isAway(problem)) onAway()
      else if (isOut(problem)) onOut()
      else setFault(faultKey(problem))
    } finally {
      setBusy(false)
    }
  }

  async function note(next: Said) {
    try {
      await noteVisitor(next, self.id)
      setStep('noted')
    } catch {
      // The device is full: better no word than a false one.
      onAway()
    }
  }

  async function documentsFor(kind: string) {
    if (away) return await documentsKept(kind)
    try {
      return (await call(kiosks.agreements, { query: { kind } })).items
    } catch (problem) {
      if (!isAway(problem) || !canKeep()) throw problem
      setAway(true)
      return await documentsKept(kind)
    }
  }

  /** What somebody of this kind signs is known only once the kind is. */
  async function hostChosen(part: Pick<Said, 'hostId' | 'hostName'>) {
    const due = await attempt(() => documentsFor(said.kind))
    if (!due) return
    const next = { ...said, ...part, due, signed: [] }
    setSaid(next)
    afterQuestions(next)
  }

  const agreement = said.due[said.signed.length]

  return (
    <div className={css.frame}>
      <Exit onLeft={onOut} />
      <header className={css.top}>
        <span className={css.site}>{self.siteName}</span>
        {step === 'language' && unsent > 0 ? (
          <span className={css.progress}>{t('kiosk.offline.waiting', { count: unsent })}</span>
        ) : null}
        {place >= 0 ? (
          <span className={css.progress}>
            <progress
              max={path.length}
              value={place + 1}
              aria-label={t('kiosk.step', { at: place + 1, total: path.length })}
            />
            {t('kiosk.step', { at: place + 1, total: path.length })}
          </span>
        ) : null}
      </header>
      <main className={css.main}>
        {fault ? (
          <p className={css.fault} role="alert">
            {t(fault)}
          </p>
        ) : null}
        {step === 'language' ? (
          <Language
            onChoose={(chosen) => {
              speak(chosen)
              go('start')
            }}
          />
        ) : null}
        {step === 'start' ? <Start self={self} away={away} onChoose={go} /> : null}
        {step === 'scan' ? (
          <Scan
            busy={busy}
            onCode={(code) => void look(() => call(kiosks.find, { body: { code } }))}
            onStep={go}
          />
        ) : null}
        {step === 'code' ? (
          <ByCode busy={busy} onCode={(code) => void look(() => call(kiosks.find, { body: { code } }))} />
        ) : null}
        {step === 'name' ? (
          <ByName
            busy={busy}
            onName={(name, phoneTail) => void look(() => call(kiosks.find, { body: { name, phoneTail } }))}
          />
        ) : null}
        {step === 'found' && visit ? (
          <Found visit={visit} zone={self.zone} onYes={() => afterQuestions(said)} onNo={onEnd} />
        ) : null}
        {step === 'who' ? (
          <WhoStep self={self} said={said} patch={patch} onNext={() => go('matter')} />
        ) : null}
        {step === 'matter' ? (
          <MatterStep self={self} said={said} patch={patch} onNext={() => go('host')} />
        ) : null}
        {step === 'host' ? (
          <HostStep
            busy={busy}
            away={away}
            find={(q) => attempt(() => call(kiosks.hosts, { query: { q } }))}
            onChosen={(part) => void hostChosen(part)}
          />
        ) : null}
        {step === 'photo' ? (
          <Photo onDone={(photo) => signOrSend({ ...said, photo })} onSkip={() => signOrSend(said)} />
        ) : null}
        {step === 'sign' && agreement ? (
          <>
            <h1>{t('kiosk.agreements')}</h1>
            <ReadAndSign
              key={agreement.versionId}
              agreement={agreement}
              at={said.signed.length + 1}
              total={said.due.length}
              name={said.visitorName}
              busy={busy}
              onSigned={(signing) => signOrSend({ ...said, signed: [...said.signed, signing] })}
            />
          </>
        ) : null}
        {step === 'send' ? (
          <div className={css.notice} role="status">
            <h1>{t('kiosk.wait.title', { host: visit?.hostName || said.hostName })}</h1>
            {fault ? (
              <Button kind="primary" size="large" icon="refresh" onClick={() => void send(said)}>
                {t('kiosk.again')}
              </Button>
            ) : null}
          </div>
        ) : null}
        {step === 'wait' && visit ? (
          <Wait visit={visit} self={self} onVisit={setVisit} onAway={onAway} onFinish={onEnd} />
        ) : null}
        {step === 'noted' ? <Noted name={said.visitorName} onFinish={onEnd} /> : null}
        {step === 'leave' ? <Leave attempt={attempt} onFinish={onEnd} /> : null}
      </main>
      {step === 'language' ? null : (
        <footer className={css.foot}>
          <Button size="large" icon="back" onClick={onEnd}>
            {t('kiosk.home')}
          </Button>
          <Button
            size="large"
            icon="bell"
            disabled={told || away}
            onClick={() =>
              void attempt(() => call(kiosks.help, { body: { language } })).then((done) =>
                setTold(Boolean(done)),
              )
            }
          >
            {t(told ? 'kiosk.help.told' : 'kiosk.help.ask')}
          </Button>
        </footer>
      )}
      {idle.left !== null ? <StillThere left={idle.left} onMore={idle.touch} onEnd={onEnd} /> : null}
    </div>
  )
}

function StillThere({ left, onMore, onEnd }: { left: number; onMore: () => void; onEnd: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={css.veil}>
      <div role="alertdialog" aria-modal="true" aria-labelledby="still-there" className={css.still}>
        <h2 id="still-there">{t('kiosk.reset.title')}</h2>
        <p className={css.count} role="timer">
          {t('kiosk.reset.help', { seconds: left })}
        </p>
        <Button kind="primary" size="large" autoFocus onClick={onMore}>
          {t('kiosk.reset.more')}
        </Button>
        <Button size="large" onClick={onEnd}>
          {t('kiosk.reset.now')}
        </Button>
      </div>
    </div>
  )
}
