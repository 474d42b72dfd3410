import { useCallback, useEffect, useRef, useState } from 'react'

const warnSeconds = 20

/**
 * Seconds left once they are few, null before. Any touch or key begins anew; `paused` while the visitor waits for
 * somebody else.
 */
export function useIdle(seconds: number, paused: boolean, onEnd: () => void) {
  const last = useRef(Date.now())
  const [left, setLeft] = useState<number | null>(null)
  const end = useRef(onEnd)
  end.current = onEnd

  const touch = useCallback(() => {
    last.current = Date.now()
    setLeft(null)
  }, [])

  useEffect(() => {
    touch()
    if (paused) return
    // While the question stands, only its own buttons count: a sleeve on the glass is no answer.
    const onTouch = () => {
      if (Date.now() - last.current < (seconds - warnSeconds) * 1000) last.current = Date.now()
    }
    const names = ['pointerdown', 'keydown', 'wheel'] as const
    for (const name of names) window.addEventListener(name, onTouch, { passive: true })
    const timer = setInterval(() => {
      const rest = seconds - Math.floor((Date.now() - last.current) / 1000)
      if (rest <= 0) end.current()
      else setLeft(rest <= Math.min(warnSeconds, seconds - 1) ? rest : null)
    }, 250)
    return () => {
      clearInterval(timer)
      for (const name of names) window.removeEventListener(name, onTouch)
    }
  }, [seconds, paused, touch])

  return { left, touch }
}
