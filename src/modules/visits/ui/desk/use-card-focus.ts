import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

type Place = 'now' | 'board'

const cardsIn = (lane: Element) => [...lane.querySelectorAll<HTMLElement>('[data-card]')]

/** The card beside, in the nearest lane that has any, at about the same height. */
function neighbour(root: Element, lane: Element, from: HTMLElement, step: 1 | -1) {
  const lanes = [...root.querySelectorAll('[data-lane]')]
  const height = from.getBoundingClientRect().top
  const away = (card: HTMLElement) => Math.abs(card.getBoundingClientRect().top - height)
  for (let at = lanes.indexOf(lane) + step; at >= 0 && at < lanes.length; at += step) {
    const there = lanes[at]
    const cards = there ? cardsIn(there) : []
    if (cards.length > 0) return cards.reduce((best, card) => (away(card) < away(best) ? card : best))
  }
  return undefined
}

/**
 * Arrows move from card to card; the focused card is the selected one, on which the letters act. A card that moves to
 * another lane takes the focus along.
 */
export function useCardFocus(root: RefObject<HTMLElement | null>, items: readonly unknown[]) {
  const [selected, select] = useState<string>()
  const [place, setPlace] = useState<Place>('board')
  const [elsewhere, setElsewhere] = useState(false)
  const onCard = useRef(false)

  function focusCard(card: HTMLElement | undefined) {
    card?.focus()
    card?.scrollIntoView({ block: 'nearest' })
  }

  function onFocus(event: FocusEvent<HTMLElement>) {
    const card = event.target.closest<HTMLElement>('[data-lane] *')
    const id = event.target.dataset.card
    onCard.current = card !== null
    setElsewhere(event.target.closest('[data-elsewhere]') !== null)
    if (!id) return
    select(id)
    setPlace(event.target.closest('[data-lane="now"]') ? 'now' : 'board')
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (!(event.target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return
    const lane = event.target.closest('[data-lane]')
    if (!lane || !root.current) return
    const from =
      event.target.closest<HTMLElement>('[data-card]') ??
      event.target.closest('li')?.querySelector<HTMLElement>('[data-card]')
    if (!from) return
    const cards = cardsIn(lane)
    const at = cards.indexOf(from)
    const side = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const places = new Map([
      ['ArrowDown', at + 1],
      ['ArrowUp', at - 1],
      ['Home', 0],
      ['End', cards.length - 1],
    ])
    const place = places.get(event.key)
    if (side === 0 && place === undefined) return
    event.preventDefault()
    focusCard(side === 0 ? cards[place ?? at] : neighbour(root.current, lane, from, side))
  }

  /** First card of the screen, or the one selected last. */
  function start() {
    const last = selected ? root.current?.querySelector<HTMLElement>(`[data-card="${selected}"]`) : undefined
    focusCard(last ?? root.current?.querySelector<HTMLElement>('[data-card]') ?? undefined)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the cards have changed, that is the point
  useEffect(() => {
    if (!onCard.current || !selected || document.activeElement !== document.body) return
    const homes = root.current?.querySelectorAll<HTMLElement>(`[data-card="${selected}"]`)
    const same = [...(homes ?? [])].find(
      (card) => (card.closest('[data-lane="now"]') !== null) === (place === 'now'),
    )
    focusCard(same ?? homes?.[0])
  }, [items])

  useEffect(() => {
    const free = () => {
      if (document.activeElement === document.body) setElsewhere(false)
    }
    document.addEventListener('focusout', free)
    return () => document.removeEventListener('focusout', free)
  }, [])

  return { selected, select, place, elsewhere, onFocus, onKeyDown, start }
}
