import { mergeTexts, type Texts } from '../texts/merge.ts'

/** What the lobby reads; nothing of the house. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    [
      '../../../modules/visits/ui/kiosk/**/en.json',
      '../../../modules/visits/ui/signing/**/en.json',
      '../../../ui-kit/en.json',
    ],
    { eager: true, import: 'default' },
  ),
)
