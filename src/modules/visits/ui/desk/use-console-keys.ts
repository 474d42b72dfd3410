import { useTranslation } from 'react-i18next'
import { type KeyAction, useKeys } from '../../../../ui-kit/keys.ts'
import type { VisitCard } from '../../card/contract.ts'
import { type ActName, actKey, actNames, acts, offers } from '../visit-acts.ts'

export interface ConsoleKeys {
  selected: VisitCard | undefined
  act: (card: VisitCard, act: ActName) => void
  /** The focus is in a panel or in the to-do list: arrows belong to them. */
  busyElsewhere: boolean
  startAtCards: () => void
  focusSearch: () => void
  newVisit: (() => void) | undefined
  announce: (() => void) | undefined
}

/** Everything of a minute by keyboard. */
export function useConsoleKeys(props: ConsoleKeys) {
  const { t } = useTranslation()
  const { selected } = props
  const ofCard = useActKeys(selected, props.act)
  const arrows: KeyAction | undefined = props.busyElsewhere
    ? undefined
    : { label: t('visit.console.arrows'), run: props.startAtCards }
  useKeys({
    ...ofCard,
    v: props.newVisit && { label: t('visit.new.title'), run: props.newVisit },
    a: props.announce && { label: t('visit.announce.title'), run: props.announce },
    // `/` is the single window's, everywhere (C5).
    f: { label: t('visit.console.search'), run: props.focusSearch },
    ArrowDown: arrows,
    ArrowUp: arrows && { ...arrows, label: t('visit.console.arrowsUp') },
  })
}

/** The letters that act on one visit; none while it is not known or allows nothing. */
function useActKeys(card: VisitCard | undefined, act: (card: VisitCard, act: ActName) => void) {
  const { t } = useTranslation()
  if (!card) return {}
  return Object.fromEntries(
    actNames.flatMap((name): [string, KeyAction][] => {
      const { key } = acts[name]
      if (!key || !offers(card, name)) return []
      return [
        [
          key,
          {
            label: t('visit.console.actOn', { act: t(actKey(card, name)), name: card.visitorName }),
            run: () => act(card, name),
          },
        ],
      ]
    }),
  )
}
