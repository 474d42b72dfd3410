import css from './key.module.css'

const mac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

const words: Record<string, string> = {
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  ' ': 'Space',
  ctrl: mac ? '⌘' : 'Ctrl',
}

/**
 * A key as printed on the keyboard: `v` → V, `Ctrl+k` → Ctrl K (⌘ K on a Mac). Hidden from screen
 * readers (unless `spoken`) and on touch screens.
 */
export function Key({ name, spoken = false }: { name: string; spoken?: boolean }) {
  const parts = name === '+' ? ['+'] : name.split('+')
  const text = parts
    .map((part) => words[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ')
  return (
    <kbd className={css.key} aria-hidden={spoken ? undefined : true}>
      {text}
    </kbd>
  )
}
