import { type PointerEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import css from './signing.module.css'

/** Drawn in this size whatever the screen: the picture on paper is the same from a phone and from a kiosk. */
const width = 600
const height = 200

/**
 * A name by finger, pen or mouse. Who cannot draw types the name instead, so the pad itself takes no keys.
 * @param onChange PNG in base64 without its head; null while nothing is drawn
 */
export function SignaturePad({
  onChange,
  label,
}: {
  onChange: (picture: string | null) => void
  label: string
}) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const last = useRef<{ x: number; y: number } | null>(null)
  const length = useRef(0)

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    context.lineWidth = 4
    context.lineCap = 'round'
    context.lineJoin = 'round'
    context.strokeStyle = '#1B2733'
  }, [])

  function place(event: PointerEvent<HTMLCanvasElement>) {
    const box = event.currentTarget.getBoundingClientRect()
    return {
      x: ((event.clientX - box.left) / box.width) * width,
      y: ((event.clientY - box.top) / box.height) * height,
    }
  }

  function move(event: PointerEvent<HTMLCanvasElement>) {
    const context = canvas.current?.getContext('2d')
    const from = last.current
    if (!context || !from) return
    const to = place(event)
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.lineTo(to.x, to.y)
    context.stroke()
    length.current += Math.hypot(to.x - from.x, to.y - from.y)
    last.current = to
  }

  function end() {
    if (!last.current) return
    last.current = null
    // A dot is a touch, not a signature.
    const drawn = length.current > 40
    onChange(drawn ? (canvas.current?.toDataURL('image/png').split(',')[1] ?? null) : null)
  }

  function clear() {
    canvas.current?.getContext('2d')?.clearRect(0, 0, width, height)
    length.current = 0
    onChange(null)
  }

  return (
    <div className={css.pad}>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        className={css.canvas}
        role="img"
        aria-label={label}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          last.current = place(event)
        }}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <button type="button" className={css.clear} onClick={clear}>
        {t('agreement.clear')}
      </button>
    </div>
  )
}
