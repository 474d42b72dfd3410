import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import css from './kiosk.module.css'
import { pictureOf, useCamera } from './use-camera.ts'

/** Never a must: who wants no picture goes on (G5). */
export function Photo({ onDone, onSkip }: { onDone: (jpeg: string) => void; onSkip: () => void }) {
  const { t } = useTranslation()
  const { video, state } = useCamera('user')
  const [taken, setTaken] = useState<string | null>(null)
  const take = () => {
    if (video.current) setTaken(pictureOf(video.current, 640).toDataURL('image/jpeg', 0.85))
  }
  return (
    <div className={css.column}>
      <h1>{t('kiosk.photo.title')}</h1>
      <p className={css.lead}>{t('kiosk.photo.hint')}</p>
      <div className={css.camera}>
        <video
          ref={video}
          muted
          playsInline
          hidden={taken !== null || state === 'missing'}
          aria-label={t('kiosk.scan.picture')}
        />
        {taken ? <img src={taken} alt={t('kiosk.photo.picture')} /> : null}
        {state === 'missing' ? <p role="status">{t('kiosk.scan.noCamera')}</p> : null}
      </div>
      <div className={css.answers}>
        {taken ? (
          <>
            <Button kind="primary" size="large" onClick={() => onDone(taken.split(',')[1] ?? '')}>
              {t('kiosk.photo.use')}
            </Button>
            <Button size="large" onClick={() => setTaken(null)}>
              {t('kiosk.photo.retake')}
            </Button>
          </>
        ) : (
          <Button kind="primary" size="large" disabled={state !== 'running'} onClick={take}>
            {t('kiosk.photo.take')}
          </Button>
        )}
        <Button size="large" onClick={onSkip}>
          {t('kiosk.skip')}
        </Button>
      </div>
    </div>
  )
}
