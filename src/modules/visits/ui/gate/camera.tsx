import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import css from './scan.module.css'

type CameraState = 'starting' | 'running' | 'refused' | 'missing' | 'insecure'

/** Pictures wider than this only take longer to search. */
const widest = 1024
const pauseMs = 90

function faultOf(fault: unknown): CameraState {
  const name = fault instanceof DOMException ? fault.name : ''
  return name === 'NotAllowedError' || name === 'SecurityError' ? 'refused' : 'missing'
}

/** Takes pictures until a code is read, then stays still until the next time. */
function useCamera(onCode: (code: string) => void) {
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef(onCode)
  latest.current = onCode
  const [state, setState] = useState<CameraState>(
    navigator.mediaDevices === undefined ? 'insecure' : 'starting',
  )
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt starts the camera again
  useEffect(() => {
    if (navigator.mediaDevices === undefined) return
    const stop = new AbortController()
    let stream: MediaStream | undefined
    setState('starting')
    void (async () => {
      try {
        const decoder = import('./barcode.ts')
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 960 } },
        })
        const element = video.current
        if (stop.signal.aborted || !element) return end(stream)
        element.srcObject = stream
        await element.play()
        setState('running')
        const { readCode } = await decoder
        await look(element, readCode, stop.signal, (code) => latest.current(code))
      } catch (fault) {
        if (!stop.signal.aborted) setState(faultOf(fault))
      }
    })()
    return () => {
      stop.abort()
      end(stream)
    }
  }, [attempt])

  return { video, state, again: () => setAttempt(attempt + 1) }
}

function end(stream: MediaStream | undefined) {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

async function look(
  video: HTMLVideoElement,
  readCode: (picture: ImageData) => Promise<string | undefined>,
  signal: AbortSignal,
  onCode: (code: string) => void,
) {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  while (!signal.aborted && context) {
    const scale = Math.min(1, widest / (video.videoWidth || widest))
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    if (canvas.width > 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      context.drawImage(video, 0, 0, canvas.width, canvas.height)
      const code = await readCode(context.getImageData(0, 0, canvas.width, canvas.height))
      if (signal.aborted) return
      if (code) {
        navigator.vibrate?.(80)
        onCode(code)
        return
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

/** The camera's picture with a frame to aim by; says what to do where there is none. */
export function Camera({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation()
  const { video, state, again } = useCamera(onCode)
  const shows = state === 'starting' || state === 'running'
  return (
    <div className={css.camera}>
      <video
        ref={video}
        className={css.picture}
        muted
        playsInline
        hidden={!shows}
        aria-label={t('visits.gate.scan.picture')}
      />
      {state === 'running' ? <div className={css.frame} aria-hidden="true" /> : null}
      <p className={shows ? css.aim : css.noCamera} role="status">
        <Icon name={shows ? 'scan' : 'alert'} size={24} />
        {t(`visits.gate.scan.camera.${state}`)}
      </p>
      {state === 'refused' || state === 'missing' ? (
        <Button size="large" icon="refresh" onClick={again}>
          {t('visits.gate.scan.again')}
        </Button>
      ) : null}
    </div>
  )
}
