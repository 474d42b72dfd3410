export interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** What failed, a line each: said once more at the very end, where a long log is still kept. */
  readonly failures?: readonly string[]
}

interface Outcome {
  readonly status?: string
  readonly fullName?: string
  readonly failureMessages?: readonly string[]
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly name?: string
    readonly assertionResults: readonly Outcome[]
  }[]
}

/**
 * Adds up one run of vitest. A file that does not even load has no test to count and a run may end badly with every
 * test green (an error outside a test, no file at all); both count as failures, so that nothing red adds up to green.
 */
export function readReport(json: string, exitCode: number): Count {
  if (json === '') return { passed: 0, failed: 1, skipped: 0 }
  const report: Report = JSON.parse(json)
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + unloaded
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap((file) =>
      file.assertionResults
        .filter(({ status }) => status === 'failed')
        .map((one) => failureLine(file.name, one)),
    ),
  }
}

function failureLine(file: string | undefined, { fullName, failureMessages }: Outcome): string {
  const why = failureMessages?.[0]?.split('\n').slice(0, 3).join(' ') ?? ''
  return `${file?.split('/').slice(-3).join('/') ?? ''}: ${fullName ?? ''}: ${why}`.slice(0, 600)
}
