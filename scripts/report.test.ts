import { expect, test } from 'vitest'
import { readReport } from './report.ts'

const report = (changes: object): string =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [],
    ...changes,
  })

test('adds up a green run', () => {
  expect(readReport(report({}), 0)).toEqual({ passed: 3, failed: 0, skipped: 1, failures: [] })
})

test.each([
  ['a run that wrote no report', '', 1],
  ['an error outside every test', report({}), 1],
  ['a file that does not load', report({ testResults: [{ status: 'failed', assertionResults: [] }] }), 1],
])('%s counts as a failure', (_name, json, code) => {
  expect(readReport(json, code).failed).toBe(1)
})

test('failed tests are counted once, not again for their file', () => {
  const json = report({ numFailedTests: 2, testResults: [{ status: 'failed', assertionResults: [{}, {}] }] })
  expect(readReport(json, 1).failed).toBe(2)
})

test('a failed test is named again with the beginning of its message', () => {
  const assertionResults = [
    { status: 'failed', fullName: 'C5 a name', failureMessages: ['expected 1\nto be 2'] },
    { status: 'passed', fullName: 'C5 another' },
  ]
  const json = report({
    numFailedTests: 1,
    testResults: [{ status: 'failed', name: '/x/src/a.test.ts', assertionResults }],
  })
  expect(readReport(json, 1).failures).toEqual(['x/src/a.test.ts: C5 a name: expected 1 to be 2'])
})
