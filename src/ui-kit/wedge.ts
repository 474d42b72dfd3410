/** PURE: a reader that works as a keyboard, told from a person by its speed. Times are milliseconds of the key events. */
export interface WedgeKey {
  readonly key: string
  readonly at: number
  /** An input method is composing, or Ctrl, Alt or Meta is held: no reader does that. */
  readonly other?: boolean
}

export interface WedgeState {
  readonly text: string
  readonly last: number
}

/** Two keys rolled by a person may be this near, three and an Enter are not. */
const fastMs = 50
const shortest = 3
export const noKeys: WedgeState = { text: '', last: 0 }

export interface WedgeStep {
  readonly state: WedgeState
  /** Set by the Enter or Tab that ends a burst. */
  readonly burst: string | null
}

export function wedgeStep(state: WedgeState, { key, at, other = false }: WedgeKey): WedgeStep {
  // Readers hold Shift for capitals; that key says nothing.
  if (key === 'Shift') return { state, burst: null }
  if (other) return { state: noKeys, burst: null }
  const fast = state.text !== '' && at - state.last <= fastMs
  if (key === 'Enter' || key === 'Tab')
    return { state: noKeys, burst: fast && state.text.length >= shortest ? state.text : null }
  if ([...key].length !== 1) return { state: noKeys, burst: null }
  return {
    state: fast ? { text: state.text + key, last: at } : { text: key, last: at },
    burst: null,
  }
}

/** The first key of a burst looks like a person's: a shortcut waits this long for a second one. */
export const holdMs = fastMs
