import { Suspense, useEffect, useState } from 'react'
import { lazyPart } from '../../../ui-kit/lazy-part.ts'
import { surfaceTexts } from '../i18n.ts'

const Banner = lazyPart(async () => {
  await surfaceTexts('muster')
  return (await import('../../../modules/visits/muster/ui/banner.tsx')).MusterBanner
})

/** After the first screen stands: the banner is seldom there, and nobody waits for its script. */
export function MusterBanner({ to }: { to: '/muster' | '/gate/muster' | '/host/muster' }) {
  const [ready, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  return ready ? (
    <Suspense>
      <Banner to={to} />
    </Suspense>
  ) : null
}
