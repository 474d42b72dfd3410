import { useEffect, useRef } from 'react'

/** A scanner types faster than a person, and ends with Enter. */
const fastMs = 50
const shortest = 3

/** Hears a hand scanner that works as a keyboard, wherever the focus is but in a text box. */
export function useWedge(onCode: (code: string) => void) {
  const latest = useRef(onCode)
  latest.current = onCode
  useEffect(() => {
    let typed = ''
    let last = 0
    function onKeyDown(event: KeyboardEvent) {
      const { target } = event
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const slow = event.timeStamp - last > fastMs
      last = event.timeStamp
      if (event.key === 'Enter') {
        const code = slow ? '' : typed
        typed = ''
        if (code.length < shortest) return
        // The button that has the focus must not be pressed by the scanner's Enter.
        event.preventDefault()
        event.stopPropagation()
        latest.current(code)
      } else if (event.key.length === 1) typed = (slow ? '' : typed) + event.key
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}
