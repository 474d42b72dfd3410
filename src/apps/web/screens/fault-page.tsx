import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { ApiProblem } from '../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { queryClient } from '../queries.ts'
import { BarePage } from './bare-page.tsx'
import css from './form.module.css'

/** What a route shows when it cannot: no permission, nothing found, no server, or a fault of ours. */
export function FaultPage({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useTranslation()
  const router = useRouter()
  const refused = error instanceof ApiProblem && error.status === 403
  // An old page asks for a chunk that a new release has replaced.
  const outdated =
    error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)
  const home = <Button onClick={() => void router.navigate({ to: '/' })}>{t('web.fault.home')}</Button>

  if (outdated) {
    return (
      <BarePage title={t('web.fault.outdated')}>
        <p>{t('web.fault.outdatedHelp')}</p>
        <Button kind="primary" icon="refresh" onClick={() => location.reload()}>
          {t('web.fault.reload')}
        </Button>
      </BarePage>
    )
  }
  if (refused) {
    return (
      <BarePage title={t('web.fault.refused')}>
        <p>{t('web.fault.refusedHelp')}</p>
        {home}
      </BarePage>
    )
  }
  return (
    <BarePage title={t('web.fault.title')}>
      <div className={css.group}>
        <ProblemNotice
          fault={error}
          onRetry={() => {
            queryClient.removeQueries({ predicate: (query) => query.state.status === 'error' })
            reset()
            void router.invalidate()
          }}
        />
      </div>
      {home}
    </BarePage>
  )
}
