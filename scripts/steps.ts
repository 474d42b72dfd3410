import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

export interface Step {
  readonly name: string
  /** A program of node_modules/.bin and its arguments. */
  readonly command: readonly [string, ...string[]]
}

export interface Outcome {
  readonly name: string
  readonly ok: boolean
}

/** Runs a program of node_modules/.bin; `live` shows its output as it comes, else it is returned. */
export function run(
  command: readonly [string, ...string[]],
  live: boolean,
): Promise<{ code: number; output: string }> {
  const [program, ...args] = command
  const local = join(root, 'node_modules', '.bin', program)
  // Their scripts start with `#!/usr/bin/env node`, and that may be an older Node; so they run on ours.
  const [file, argv] =
    program === 'node'
      ? [process.execPath, args]
      : existsSync(local)
        ? [process.execPath, [local, ...args]]
        : [program, args]
  return new Promise((resolve) => {
    const child = spawn(file, argv, {
      cwd: root,
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Runs steps `width` at a time and prints a line for each; what a failed one said follows its line. */
export async function runAll(steps: readonly Step[], width: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const waiting = [...steps]
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const before = performance.now()
      const { code, output } = await run(step.command, false)
      const seconds = ((performance.now() - before) / 1000).toFixed(1)
      console.log(`${code === 0 ? '✓' : '✗'} ${step.name} (${seconds} s)`)
      // A passing check may still have something to say, such as files that grow too long.
      if (output.trim()) console.log(output.trimEnd().replace(/^/gm, '    '))
      outcomes.push({ name: step.name, ok: code === 0 })
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  return outcomes
}
