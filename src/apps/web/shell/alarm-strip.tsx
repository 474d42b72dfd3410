import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../../ui-kit/keys.ts'
import { lazyPart } from '../../../ui-kit/lazy-part.ts'
import { useCan } from '../../../ui-kit/session.ts'
import { withTexts } from '../routes/with-texts.ts'

// After the first screen stands; its words come with it.
const Alarms = lazyPart(
  async () => (await withTexts('urgent', import('../../../modules/visits/security/ui/alarms.tsx'))).Alarms,
)

/** Security calls and important guests, over every screen of desk and gate (V7, V16). */
export function AlarmStrip({ surface }: { surface: 'desk' | 'gate' }) {
  const { t } = useTranslation()
  const raises = useCan('incident.raise')
  const [early, setEarly] = useState(false)
  // Whoever calls for help does not wait for a page to load: the key works before the part behind it has come, which
  // then takes the key over and makes the call that was asked for.
  useKeys(
    { '!': raises ? { label: t('incident.call'), run: () => setEarly(true) } : undefined },
    { layer: 'shell' },
  )
  return (
    <Suspense>
      <Alarms surface={surface} early={early} />
    </Suspense>
  )
}
