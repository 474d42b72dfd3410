import { useTranslation } from 'react-i18next'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { Masked } from '../../../../ui-kit/masked.tsx'
import type { VisitDetail } from '../../card/contract.ts'
import { categoryFor } from '../options.ts'
import { useVisitOptions } from '../queries.ts'
import { revealField } from '../visit-commands.ts'
import { hostPlaceOf } from '../visit-draft.ts'
import { At } from '../visit-time.tsx'

/** Every fact of the record; what is empty takes no room. Phone and document stay masked until asked for (G5). */
export function VisitFacts({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const category = categoryFor(options, visit.kind, visit.category)
  const kind = spoken(options?.kinds.find((one) => one.key === visit.kind)?.name) || visit.kind
  const topics = options?.kinds.find((one) => one.key === visit.kind)?.topics ?? []
  const topic = spoken(topics.find(({ key }) => key === visit.topic)?.name) || visit.topic
  const at = (instant: string | null) => (instant ? <At instant={instant} /> : null)
  const reveal = (field: 'phone' | 'document') =>
    visit.can.reveal ? () => revealField(visit.id, field) : undefined
  const yesNo = (value: boolean | null) =>
    value === null ? null : t(value ? 'visit.detail.yes' : 'visit.detail.no')
  return (
    <DescriptionList
      rows={[
        [t('visit.field.number'), visit.number],
        [t('visit.field.kind'), [kind, topic, spoken(category?.name)].filter(Boolean).join(' · ')],
        [t('visit.field.route'), spoken(visit.route?.name)],
        [t('visit.field.questionsAt'), at(visit.questionsAt)],
        [t('visit.field.organisation'), visit.organisation],
        [
          t('visit.field.phone'),
          visit.phoneMasked ? (
            <Masked
              key={visit.id}
              masked={visit.phoneMasked}
              label={t('visit.field.phone')}
              onReveal={reveal('phone')}
            />
          ) : null,
        ],
        [t('visit.field.host'), [visit.hostName, hostPlaceOf(visit)].filter(Boolean).join(' · ')],
        [
          t('visit.field.receiver'),
          visit.receiverName && visit.receiverName !== visit.hostName ? visit.receiverName : null,
        ],
        [t('visit.field.purpose'), visit.purpose],
        [
          t('visit.field.consent'),
          visit.consentByName
            ? [visit.consentByName, visit.consentHow ? t(`visit.how.${visit.consentHow}`) : '']
                .filter(Boolean)
                .join(' · ')
            : null,
        ],
        [t('visit.field.declineReason'), visit.declineReason],
        [t('visit.field.refuseReason'), visit.refuseReason],
        [
          t('visit.field.partySize'),
          visit.partySize > 1 ? t('visit.party', { count: visit.partySize }) : null,
        ],
        [t('visit.field.companions'), visit.companions.join(t('visit.policy.comma'))],
        [t('visit.field.group'), visit.groupTitle],
        [t('visit.field.plate'), visit.plate],
        [
          t('visit.field.document'),
          visit.documentKind ? (
            <>
              {t(`visit.document.${visit.documentKind}`)}{' '}
              {visit.documentMasked ? (
                <Masked
                  key={visit.id}
                  masked={visit.documentMasked}
                  label={t('visit.document.number')}
                  onReveal={reveal('document')}
                />
              ) : null}
            </>
          ) : null,
        ],
        [t('visit.pass'), visit.passNumber],
        [t('visit.field.passReturned'), visit.status === 'left' ? yesNo(visit.passReturned) : null],
        [t('visit.field.slipReturned'), visit.status === 'left' ? yesNo(visit.slipReturned) : null],
        [t('visit.field.escort'), visit.escortName],
        [t('visit.field.waitingPlace'), spoken(visit.waitingPlace)],
        [t('visit.field.areas'), visit.areas.join(t('visit.policy.comma'))],
        [t('visit.field.expectedAt'), at(visit.expectedAt)],
        [t('visit.field.arrivedAt'), at(visit.arrivedAt)],
        [t('visit.field.validUntil'), at(visit.validUntil)],
        [t('visit.field.leftAt'), at(visit.leftAt)],
        [t('visit.field.releaseConfirmedBy'), visit.releaseConfirmedBy],
        [t('visit.field.note'), visit.note],
        [t('visit.field.visitsBefore'), t('visit.detail.before', { count: visit.visitsBefore })],
      ]}
    />
  )
}
