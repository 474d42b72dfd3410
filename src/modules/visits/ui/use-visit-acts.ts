import type { VisitCard } from '../card/contract.ts'
import { categoryFor } from './options.ts'
import { useVisitOptions } from './queries.ts'
import { type ActName, acts, escortDue, nobodyAnswered, offers, releaseAsks } from './visit-acts.ts'
import { useVisitCommands } from './visit-commands.ts'

export interface ActPlaces {
  /** Opens the form of an act that asks something first. */
  openForm: (card: VisitCard, act: ActName) => void
  print: (card: VisitCard) => void
}

/** Does an act of a card: at once, or through its form. */
export function useVisitActs({ openForm, print }: ActPlaces) {
  const commands = useVisitCommands()
  const { data: options } = useVisitOptions()
  return (card: VisitCard, act: ActName) => {
    if (!offers(card, act)) return
    if (acts[act].asks) return openForm(card, act)
    switch (act) {
      case 'print':
        return print(card)
      case 'release': {
        const signOff =
          categoryFor(options, card.kind, card.category)?.signOff ?? card.category !== 'emergency'
        if (releaseAsks(card, signOff) || escortDue(card)) return openForm(card, act)
        return void commands.release(card, { passReturned: true, slipReturned: true })
      }
      case 'signLate':
        return void commands.sign(card)
      case 'redirect':
        return nobodyAnswered(card) ? openForm(card, act) : void commands.redirect(card)
      case 'checkIn':
      case 'receive':
      case 'issuePass':
      case 'meet':
      case 'remind':
      case 'sign':
      case 'noShow':
      case 'undo':
        return void commands[act](card)
    }
  }
}
