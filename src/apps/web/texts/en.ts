import { mergeTexts, type Texts } from './merge.ts'

/** Every English text of the product, one chunk. */
export const texts = mergeTexts(
  import.meta.glob<Texts>('../../../**/en.json', { eager: true, import: 'default' }),
)
