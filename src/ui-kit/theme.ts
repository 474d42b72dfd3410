import { useSyncExternalStore } from 'react'

export type ThemeChoice = 'light' | 'dark' | 'system'

const setting = 'foyer.theme'
const listeners = new Set<() => void>()
const systemDark = matchMedia('(prefers-color-scheme: dark)')

function choice(): ThemeChoice {
  const stored = localStorage.getItem(setting)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** Writes the choice onto `<html>`; call once before the first paint, afterwards `chooseTheme` does it. */
export function applyTheme() {
  const chosen = choice()
  if (chosen === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
}

export function chooseTheme(next: ThemeChoice) {
  if (next === 'system') localStorage.removeItem(setting)
  else localStorage.setItem(setting, next)
  applyTheme()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  systemDark.addEventListener('change', listener)
  return () => {
    listeners.delete(listener)
    systemDark.removeEventListener('change', listener)
  }
}

/** `mode` is what is on the screen, `choice` what the user asked for. */
export function useTheme(): { mode: 'light' | 'dark'; choice: ThemeChoice } {
  const state = useSyncExternalStore(subscribe, () => `${choice()} ${systemDark.matches ? 'dark' : 'light'}`)
  const [chosen = 'system', system = 'light'] = state.split(' ')
  const mode = chosen === 'system' ? system : chosen
  return {
    mode: mode === 'dark' ? 'dark' : 'light',
    choice: chosen === 'light' || chosen === 'dark' ? chosen : 'system',
  }
}
