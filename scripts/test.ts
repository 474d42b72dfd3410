/**
 * `npm test`: checks, web build, unit tests, PostgreSQL tests, browser journeys. The last line is always
 * `N passed, M failed` over all of them. `npm test -- unit visits` runs one stage, for files that match `visits`.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checks } from './check.ts'
import { provideChromium } from './chromium.ts'
import { type Count, readReport } from './report.ts'
import { root, run, runAll } from './steps.ts'

const stages = ['check', 'build', 'unit', 'pg', 'e2e'] as const
type Stage = (typeof stages)[number]

const words = process.argv.slice(2)
const asked = stages.filter((stage) => words.includes(stage))
const chosen = asked.length > 0 ? asked : stages
const patterns = words.filter((word) => !stages.some((stage) => stage === word))
const scratch = await mkdtemp(join(tmpdir(), 'foyer-test-'))

async function check(): Promise<Count> {
  const outcomes = await runAll(checks, 2)
  const passed = outcomes.filter(({ ok }) => ok).length
  return { passed, failed: outcomes.length - passed, skipped: 0 }
}

async function build(): Promise<Count> {
  const steps: (readonly [string, ...string[]])[] = [['vite', 'build']]
  if (existsSync(join(root, 'scripts/check/bundle.ts'))) steps.push(['node', 'scripts/check/bundle.ts'])
  let passed = 0
  for (const step of steps) if ((await run(step, true)).code === 0) passed += 1
  return { passed, failed: steps.length - passed, skipped: 0 }
}

async function vitest(project: Stage): Promise<Count> {
  const file = join(scratch, `${project}.json`)
  const { code } = await run(
    [
      'vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...patterns,
    ],
    true,
  )
  return readReport(await readFile(file, 'utf8').catch(() => ''), code)
}

async function journeys(): Promise<Count> {
  const chromium = provideChromium()
  if (chromium === undefined) return { passed: 0, failed: 1, skipped: 0 }
  process.env.CHROMIUM_PATH = chromium
  return vitest('e2e')
}

const work: Readonly<Record<Stage, () => Promise<Count>>> = {
  check,
  build,
  unit: () => vitest('unit'),
  pg: () => vitest('pg'),
  e2e: journeys,
}

const lines: string[] = []
const failures: string[] = []
const total = { passed: 0, failed: 0 }
for (const stage of chosen) {
  console.log(`\n— ${stage} —`)
  const before = performance.now()
  const { passed, failed, skipped, failures: named = [] } = await work[stage]()
  failures.push(...named)
  total.passed += passed
  total.failed += failed
  const seconds = Math.round((performance.now() - before) / 1000)
  lines.push(`${stage.padEnd(6)} ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`)
}
await rm(scratch, { recursive: true, force: true })
if (failures.length > 0) console.log(`\n${failures.join('\n')}`)
console.log(`\n${lines.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
