import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { report, root } from './source.ts'

/** Writes a generated file with `--write`; otherwise reports where the committed one differs from it. */
export async function compareOrWrite(path: string, made: string): Promise<void> {
  const file = join(root, path)
  if (process.argv.includes('--write')) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, made)
    return
  }
  const committed = await readFile(file, 'utf8').catch(() => '')
  if (committed === made) return
  const [before, after] = [committed.split('\n'), made.split('\n')]
  const at = after.findIndex((line, index) => line !== before[index])
  const line = at < 0 ? after.length : at
  report([
    `${path} is not what the source makes; run \`npm run schema\`. First difference, line ${line + 1}:`,
    `  committed: ${before[line] ?? '(end)'}`,
    `  made:      ${after[line] ?? '(end)'}`,
  ])
}
