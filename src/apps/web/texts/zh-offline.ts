import { mergeTexts, type Texts } from './merge.ts'

/** Chinese: the list of what was done offline. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(['../screens/outbox/**/zh.json'], { eager: true, import: 'default' }),
)
