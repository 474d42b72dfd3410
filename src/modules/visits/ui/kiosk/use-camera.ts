import { useEffect, useRef, useState } from 'react'

/** The camera as long as the screen stands; its light goes out with it. */
export function useCamera(facingMode: 'user' | 'environment') {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<'starting' | 'running' | 'missing'>('starting')
  useEffect(() => {
    let stream: MediaStream | undefined
    let gone = false
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    void (async () => {
      try {
        if (navigator.mediaDevices === undefined) throw new Error('not on this address')
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode, width: { ideal: 1280 }, height: { ideal: 960 } },
        })
        if (gone || !video.current) return stop()
        video.current.srcObject = stream
        await video.current.play()
        setState('running')
      } catch {
        if (!gone) setState('missing')
      }
    })()
    return () => {
      gone = true
      stop()
    }
  }, [facingMode])
  return { video, state }
}

/** The picture of this moment, no larger than `most` pixels wide. */
export function pictureOf(video: HTMLVideoElement, most: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const scale = Math.min(1, most / (video.videoWidth || most))
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  canvas.getContext('2d', { willReadFrequently: true })?.drawImage(video, 0, 0, canvas.width, canvas.height)
  return canvas
}
