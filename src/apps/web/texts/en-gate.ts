import { mergeTexts, type Texts } from './merge.ts'

/** English: the gate. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(['../../../modules/visits/ui/gate/**/en.json'], { eager: true, import: 'default' }),
)
