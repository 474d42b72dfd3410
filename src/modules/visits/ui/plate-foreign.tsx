import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../../ui-kit/inputs.tsx'
import type { VisitDraft } from './visit-draft.ts'

export interface PlateForeignProps {
  draft: Pick<VisitDraft, 'plate' | 'plateForeign'>
  patch: (part: { plateForeign: boolean }) => void
  size?: 'normal' | 'large' | undefined
}

/** Somebody states that it is no plate of the mainland (V19); asked only once there is a plate. */
export function PlateForeign({ draft, patch, size }: PlateForeignProps) {
  const { t } = useTranslation()
  if (draft.plate.trim() === '') return null
  return (
    <Checkbox size={size} checked={draft.plateForeign} onChange={(plateForeign) => patch({ plateForeign })}>
      {t('visit.field.plateForeign')}
    </Checkbox>
  )
}
