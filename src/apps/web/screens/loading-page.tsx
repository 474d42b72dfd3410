import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import css from './loading-page.module.css'

export function LoadingPage() {
  return (
    <div className={css.page}>
      <Skeleton rows={4} kind="cards" />
    </div>
  )
}
