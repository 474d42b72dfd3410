import { useEffect, useRef } from 'react'

export interface KeyAction {
  /** What it does, for the `?` list. */
  label: string
  run: (event: KeyboardEvent) => void
  /** Works while typing too; combinations with Ctrl and Esc always do. */
  whileTyping?: boolean
}

/** `v`, `?`, `Enter`, `Escape`, `ArrowDown`, `Ctrl+k` (⌘ counts as Ctrl). Absent (`undefined`) = not now. */
export type KeyMap = Readonly<Record<string, KeyAction | undefined>>

/** A panel's keys win over the screen's, the screen's over the shell's; within a layer the newest win. */
export type KeyLayer = 'shell' | 'screen' | 'panel'

interface Registration {
  layer: KeyLayer
  read: () => KeyMap
}

const order: KeyLayer[] = ['panel', 'screen', 'shell']
const registrations = new Set<Registration>()

const singleKeysSetting = 'foyer.single-keys'

/** Single letters can be switched off (WCAG 2.1.4), for people whose speech input types stray letters. */
export function singleKeysOn() {
  return localStorage.getItem(singleKeysSetting) !== 'off'
}

export function setSingleKeys(on: boolean) {
  if (on) localStorage.removeItem(singleKeysSetting)
  else localStorage.setItem(singleKeysSetting, 'off')
}

function* byPriority() {
  const newestFirst = [...registrations].reverse()
  for (const layer of order) for (const found of newestFirst) if (found.layer === layer) yield found
}

/** What the keys do right now, for the help list; a key taken by a nearer layer is listed once. */
export function currentKeys() {
  const seen = new Set<string>()
  const list: { key: string; label: string; layer: KeyLayer }[] = []
  for (const { layer, read } of byPriority()) {
    for (const [key, action] of Object.entries(read())) {
      if (!action || seen.has(key.toLowerCase())) continue
      seen.add(key.toLowerCase())
      list.push({ key, label: action.label, layer })
    }
  }
  return list
}

/** Runs what the key would run now; for the command palette. */
export function pressKey(key: string) {
  for (const { read } of byPriority()) {
    const action = read()[key]
    if (action) return action.run(new KeyboardEvent('keydown', { key }))
  }
}

function keyName(event: KeyboardEvent) {
  // Under a Cyrillic or an active Chinese layout `key` is not the letter printed on the key; `code` still is.
  const letter = /^[a-z]$/i.test(event.key) ? event.key : /^Key([A-Z])$/.exec(event.code)?.[1]
  const name = letter && event.key !== 'Process' ? letter : event.key
  return `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${name}`.toLowerCase()
}

function isTyping(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  )
}

/** Enter and Space belong to the focused button or link. */
function belongsToControl(target: EventTarget | null, name: string) {
  return (
    (name === 'enter' || name === ' ') &&
    target instanceof HTMLElement &&
    target.closest('button, a[href], summary, [role="option"], [role="menuitem"]') !== null
  )
}

function onKeyDown(event: KeyboardEvent) {
  // While the input method composes, every key is part of a Chinese word.
  if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return
  if (document.querySelector('dialog:modal')) return
  const name = keyName(event)
  const combined = name.startsWith('ctrl+') || name === 'escape'
  const typing = isTyping(event.target)
  if (belongsToControl(event.target, name)) return
  if (name.length === 1 && !singleKeysOn()) return
  for (const { read } of byPriority()) {
    const entry = Object.entries(read()).find(([key, action]) => action && key.toLowerCase() === name)
    const action = entry?.[1]
    if (!action || (typing && !combined && !action.whileTyping)) continue
    event.preventDefault()
    action.run(event)
    return
  }
}

/**
 * Keys of the current screen: `useKeys({ v: { label: t('…'), run: open } })`. Ignored while typing, except Ctrl
 * combinations and Esc; silent while a modal dialog is open; all listed by `?`.
 */
export function useKeys(map: KeyMap, options: { layer?: KeyLayer; enabled?: boolean } = {}) {
  const latest = useRef(map)
  latest.current = map
  const { layer = 'screen', enabled = true } = options
  useEffect(() => {
    if (!enabled) return
    const registration: Registration = { layer, read: () => latest.current }
    if (registrations.size === 0) window.addEventListener('keydown', onKeyDown)
    registrations.add(registration)
    return () => {
      registrations.delete(registration)
      if (registrations.size === 0) window.removeEventListener('keydown', onKeyDown)
    }
  }, [layer, enabled])
}
