import css from './paper.module.css'

/**
 * Official forms keep their Chinese titles with English below, whatever language the screen speaks; so these words are
 * part of the form and not of the interface.
 */
export function PaperWord({ text }: { text: readonly [zh: string, en: string] }) {
  const [zh, en] = text
  return (
    <>
      <span lang="zh-CN">{zh}</span> <span className={css.en}>{en}</span>
    </>
  )
}

const units = {
  rows: { zh: '条', one: 'row', more: 'rows' },
  people: { zh: '人', one: 'person', more: 'people' },
} as const

/** How many lines a list has: whoever gets the sheets can tell that none is missing. */
export function PaperCount({ count, of = 'rows' }: { count: number; of?: keyof typeof units }) {
  const { zh, one, more } = units[of]
  return (
    <span>
      共 {count} {zh} <span className={css.en}>{`${count} ${count === 1 ? one : more}`}</span>
    </span>
  )
}
