import { mergeTexts, type Texts } from './merge.ts'

/** English: the list of what was done offline. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(['../screens/outbox/**/en.json'], { eager: true, import: 'default' }),
)
