import { mergeTexts, type Texts } from '../texts/merge.ts'

/** What the lobby reads; nothing of the house. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    [
      '../../../modules/visits/ui/kiosk/**/zh.json',
      '../../../modules/visits/ui/signing/**/zh.json',
      '../../../ui-kit/zh.json',
    ],
    { eager: true, import: 'default' },
  ),
)
