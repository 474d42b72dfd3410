import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { VisitDetail } from '../../card/contract.ts'
import { statuses } from '../../rules.ts'
import { At } from '../visit-time.tsx'
import css from './visit-panel.module.css'

/** The course of the visit in words, newest last, from the journal (G4). */
export function VisitTimeline({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation()
  return (
    <ol className={css.timeline}>
      {visit.timeline.map((line) => (
        <li key={`${line.at} ${line.action}`} className={css.line}>
          <span className={css.when}>
            <At instant={line.at} />
          </span>
          <span>
            {sentence(t, line)}
            <span className={css.quiet}> {line.actorName}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

type Line = VisitDetail['timeline'][number]

const known = [
  'announced',
  'registered',
  'checked-in',
  'asked',
  'answered',
  'declined',
  'document-checked',
  'agreement-signed',
  'invitation-sent',
  'invitation-copied',
  'invitation-printed',
  'invitation-failed',
  'completed-by-guest',
  'pass-issued',
  'met',
  'signed',
  'released',
  'late-signed',
  'refused',
  'cancelled',
  'no-show',
  'edited',
  'revealed',
  'undone',
  'waiting-reminded',
  'imported',
  'erased',
  'held',
  'cleared',
  'warned',
  'warning-acknowledged',
  'led-in',
  'leaving',
  'gate-told',
  'driver-told',
  'step-undone',
  'emergency-let-in',
  'emergency-registered',
  'contacted',
  'instructed',
  'escort-named',
  'escort-handed-over',
  'vehicle-added',
  'vehicle-edited',
  'vehicle-in',
  'vehicle-out',
  'vehicle-driver-told',
  'place-assigned',
  'place-freed',
  'import-undone',
  'file-attached',
  'file-removed',
  'file-restored',
  'area-asked',
  'area-approved',
  'area-declined',
  'area-withdrawn',
  'area-expired',
  'area-undone',
]

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

function sentence(t: TFunction, { action, data }: Line) {
  const name = action.replace(/^visit\./, '').replace('.', '-')
  const parts = [known.includes(name) ? t(`visit.course.${name}`) : action, ...details(t, name, data)]
  return parts.filter(Boolean).join(t('visit.policy.comma'))
}

function details(t: TFunction, name: string, data: Line['data']): string[] {
  const asked = text(data.askedName)
  switch (name) {
    case 'registered':
    case 'checked-in':
      return [
        asked && t('visit.course.askedOf', { name: asked }),
        data.passNumber ? t('visit.course.withPass', { number: text(data.passNumber) }) : '',
      ]
    case 'asked':
      return [asked && t('visit.course.askedOf', { name: asked })]
    case 'answered':
      return [
        answers.includes(text(data.answer)) ? t(`visit.answer.${text(data.answer)}`) : '',
        data.minutes ? t('visit.course.minutes', { count: Number(data.minutes) }) : '',
        text(data.toName),
        data.how ? t(`visit.how.${text(data.how)}`) : '',
      ]
    case 'declined':
      return [text(data.reason), data.how ? t(`visit.how.${text(data.how)}`) : '']
    case 'document-checked':
      return data.documentKind ? [t(`visit.document.${text(data.documentKind)}`)] : []
    case 'pass-issued':
      return [text(data.passNumber)]
    case 'released':
      return [
        data.lateSignature === true ? t('visit.flag.lateSignature') : '',
        data.pass === 'missing' ? t('visit.course.passMissing') : '',
        data.escortPresent === false ? t('visit.course.escortAbsent') : '',
      ]
    case 'revealed':
      return [t(data.field === 'document' ? 'visit.document.number' : 'visit.field.phone')]
    case 'undone': {
      const to = statuses.find((status) => status === data.to)
      return to ? [t('visit.course.backTo', { status: t(`visit.status.${to}`) })] : []
    }
    case 'contacted':
      return [text(data.name), text(data.nextName)]
    case 'instructed':
      return [text(data.byName), text(data.words)]
    case 'escort-named':
    case 'escort-handed-over':
      return [text(data.toName)]
    case 'vehicle-added':
    case 'vehicle-in':
    case 'vehicle-out':
    case 'vehicle-driver-told':
      return [text(data.plate)]
    case 'vehicle-edited':
      return [text(data.before)]
    case 'emergency-let-in':
    case 'place-assigned':
    case 'place-freed':
      return [text(data.place)]
    case 'step-undone':
      return data.step ? [t(`important.step.${text(data.step)}`)] : []
    case 'file-attached':
    case 'file-removed':
    case 'file-restored':
      return [text(data.name)]
    default:
      return [text(data.area), text(data.reason)]
  }
}

const answers = ['receive', 'wait', 'delegate', 'decline']
