/**
 * `npm run check`: everything that needs no test run, two at a time, one line each. Names as arguments choose some:
 * `npm run check -- types languages`.
 */
import { runAll, type Step } from './steps.ts'

const check = (name: string): Step => ({ name, command: ['node', `scripts/check/${name}.ts`] })

export const checks: readonly Step[] = [
  { name: 'types: server', command: ['tsc', '-p', 'tsconfig.json', '--pretty', 'false'] },
  { name: 'types: web', command: ['tsc', '-p', 'tsconfig.web.json', '--pretty', 'false'] },
  { name: 'biome', command: ['biome', 'check', '--error-on-warnings', '--max-diagnostics=200', '.'] },
  check('dependencies'),
  { name: 'knip', command: ['knip', '--no-progress', '--no-config-hints'] },
  check('size'),
  check('languages'),
  check('vocabulary'),
  check('schema'),
  check('api'),
]

if (import.meta.main) {
  const asked = process.argv.slice(2)
  const chosen = checks.filter(({ name }) => asked.length === 0 || asked.some((word) => name.includes(word)))
  const failed = (await runAll(chosen, 2)).filter(({ ok }) => !ok)
  console.log(
    failed.length === 0 ? 'all checks passed' : `failed: ${failed.map(({ name }) => name).join(', ')}`,
  )
  process.exitCode = failed.length === 0 ? 0 : 1
}
