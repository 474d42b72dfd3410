import { useTranslation } from 'react-i18next'
import { ErrorNotice } from './error-notice.tsx'
import { ApiProblem } from './problem.ts'
import { problemText } from './problem-text.ts'

/** ErrorNotice for whatever `call` threw; nothing for `null`. */
export function ProblemNotice({ fault, onRetry }: { fault: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation()
  if (!fault) return null
  const passing =
    fault instanceof ApiProblem && (fault.status === 0 || fault.status === 503 || fault.status === 429)
  return (
    <ErrorNotice title={problemText(t, fault)} onRetry={onRetry} tone={passing ? 'waiting' : 'alarm'}>
      {fault instanceof ApiProblem && typeof fault.data.requestId === 'string'
        ? t('kit.problem.number', { number: fault.data.requestId })
        : null}
    </ErrorNotice>
  )
}
