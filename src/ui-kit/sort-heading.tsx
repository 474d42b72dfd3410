import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import css from './sort-heading.module.css'

export interface SortHeadingProps {
  label: string
  order: 'newest' | 'oldest'
  onOrder: (order: 'newest' | 'oldest') => void
}

/** The heading of the column a table is sorted by; pressed, it turns the order round. */
export function SortHeading({ label, order, onOrder }: SortHeadingProps) {
  return (
    <th scope="col" aria-sort={order === 'newest' ? 'descending' : 'ascending'}>
      <button
        type="button"
        className={css.sort}
        onClick={() => onOrder(order === 'newest' ? 'oldest' : 'newest')}
      >
        {label}
        <Icon name="chevronDown" size={16} className={cx(order === 'oldest' && css.up)} />
      </button>
    </th>
  )
}
