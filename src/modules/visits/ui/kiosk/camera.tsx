import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import css from './kiosk.module.css'
import { pictureOf, useCamera } from './use-camera.ts'

const pauseMs = 120

/** Looks for a code until one is found; the decoder comes with the first look. */
export function CodeCamera({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation()
  const { video, state } = useCamera('user')
  const latest = useRef(onCode)
  latest.current = onCode
  useEffect(() => {
    if (state !== 'running') return
    let gone = false
    void (async () => {
      const { readCode } = await import('../gate/barcode.ts')
      while (!gone && video.current) {
        const canvas = pictureOf(video.current, 1024)
        const picture = canvas.width
          ? canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height)
          : undefined
        const code = picture ? await readCode(picture) : undefined
        if (gone) return
        if (code) return latest.current(code)
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    })()
    return () => {
      gone = true
    }
  }, [state, video])
  return (
    <div className={css.camera}>
      <video
        ref={video}
        muted
        playsInline
        hidden={state === 'missing'}
        aria-label={t('kiosk.scan.picture')}
      />
      <p role="status">{t(state === 'missing' ? 'kiosk.scan.noCamera' : 'kiosk.scan.aim')}</p>
    </div>
  )
}
