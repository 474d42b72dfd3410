/** PURE: what an instruction about an unannounced visitor comes to (V15). */

export type Outcome = 'admit' | 'refuse' | 'wait'

export interface Instruction {
  readonly instruction: 'receive' | 'wait' | 'decline' | 'other'
  readonly words: string
  readonly comesTo?: Outcome | undefined
}

/** Other words need to be written down, and what they come to be chosen: nothing is guessed. */
export function lackingIn(given: Instruction): 'words' | 'comesTo' | null {
  if (given.instruction !== 'other') return null
  if (given.words === '') return 'words'
  return given.comesTo === undefined ? 'comesTo' : null
}

export function outcomeOf(given: Instruction): Outcome {
  switch (given.instruction) {
    case 'receive':
      return 'admit'
    case 'decline':
      return 'refuse'
    case 'wait':
      return 'wait'
    default:
      return given.comesTo ?? 'wait'
  }
}
