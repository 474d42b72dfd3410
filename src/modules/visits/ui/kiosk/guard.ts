import { useEffect } from 'react'

/** Nothing of a visitor stays in the browser: no draft, no choice, no place in the history to go back to. */
export function forgetAll() {
  localStorage.clear()
  sessionStorage.clear()
  history.replaceState(null, '', location.pathname)
}

/**
 * The screen cannot be left by a visitor: back leads to the kiosk, no menu opens, nothing can be dropped on it. The
 * page has no link at all, and takes no key chord. Keys of the system are the kiosk mode's business of the browser.
 */
export function useGuard() {
  useEffect(() => {
    const stop = (event: Event) => event.preventDefault()
    // Printing, searching, saving, the browser's tools; what is typed with AltGr is a letter, and staff have their own key.
    const onKey = (event: KeyboardEvent) => {
      const letter = event.getModifierState('AltGraph')
      const chord = !letter && (event.ctrlKey || event.metaKey || event.altKey)
      if (chord || /^F\d+$/.test(event.key)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    const stay = () => history.pushState(null, '', location.pathname)
    stay()
    window.addEventListener('popstate', stay)
    for (const name of ['contextmenu', 'dragover', 'drop', 'dragstart']) window.addEventListener(name, stop)
    // Copied text would be the next visitor's to paste.
    for (const name of ['copy', 'cut']) window.addEventListener(name, stop)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('popstate', stay)
      for (const name of ['contextmenu', 'dragover', 'drop', 'dragstart', 'copy', 'cut'])
        window.removeEventListener(name, stop)
    }
  }, [])
}
