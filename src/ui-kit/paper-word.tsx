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
