import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { Masked } from '../../../../ui-kit/masked.tsx'
import type { CallDetail } from '../../card/contract.ts'
import { revealCall } from '../call-commands.ts'
import { useCallOptions } from '../queries.ts'
import { special } from './call-form.ts'
import css from './call-panel.module.css'

/** What was taken down so far, in short. */
export function Written(props: {
  call: CallDetail
  onEdit: (() => void) | undefined
  onRoute?: (() => void) | undefined
}) {
  const { call, onEdit, onRoute } = props
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useCallOptions()
  const route = options?.routes.find(({ key }) => key === call.route)
  useKeys(
    {
      e: onEdit && { label: t('call.edit'), run: onEdit },
      w: onRoute && { label: t('call.route.other'), run: onRoute },
    },
    { layer: 'panel' },
  )
  return (
    <section className={css.written} aria-label={t('call.record')}>
      <DescriptionList
        rows={[
          [t('call.field.who'), [call.contactName, call.organisation].filter(Boolean).join(' · ')],
          [
            t('call.field.phone'),
            call.phoneMasked && call.phoneMasked !== call.callerMasked ? (
              <Masked
                key={call.id}
                masked={call.phoneMasked}
                label={t('call.field.phone')}
                onReveal={call.can.reveal ? () => revealCall(call.id, 'phone') : undefined}
              />
            ) : null,
          ],
          [t('call.field.reason'), call.reason],
          [t('call.field.wanted'), call.wantedName],
          [t('call.route.title'), spoken(route?.name)],
          [
            t('call.special.title'),
            call.situations.map((one) => situationText(t, one)).join(t('call.comma')),
          ],
        ]}
      />
      {onEdit || onRoute ? (
        <div className={css.buttons}>
          {onEdit ? (
            <Button kind="plain" icon="edit" keyHint="e" onClick={onEdit}>
              {t('call.edit')}
            </Button>
          ) : null}
          {onRoute ? (
            <Button kind="plain" icon="swap" keyHint="w" onClick={onRoute}>
              {t('call.route.other')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}

const situationText = (t: (key: string) => string, name: string) =>
  special.some((one) => one === name) ? t(`call.special.${name}`) : name
