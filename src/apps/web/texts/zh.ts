import { mergeTexts, type Texts } from './merge.ts'

/** Every Chinese text of the product, one chunk. */
export const texts = mergeTexts(
  import.meta.glob<Texts>('../../../**/zh.json', { eager: true, import: 'default' }),
)
