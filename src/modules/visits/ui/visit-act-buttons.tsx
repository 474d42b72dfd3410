import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import type { VisitCard } from '../card/contract.ts'
import { type ActName, actKey, acts } from './visit-acts.ts'

export interface ActButtonsProps {
  card: VisitCard
  names: readonly ActName[]
  run: (card: VisitCard, act: ActName) => void
  /** This one stands out. */
  first?: ActName | null | undefined
  /** Shows the keys, because they act on this card now. */
  keys?: boolean | undefined
  size?: 'normal' | 'large' | undefined
}

/** The acts of one visit as buttons. */
export function ActButtons({ card, names, run, first, keys = false, size }: ActButtonsProps) {
  const { t } = useTranslation()
  return names.map((name) => (
    <Button
      key={name}
      kind={name === first ? 'primary' : 'quiet'}
      icon={acts[name].icon}
      size={size}
      keyHint={keys ? acts[name].key : undefined}
      onClick={() => run(card, name)}
    >
      {t(actKey(card, name))}
    </Button>
  ))
}
