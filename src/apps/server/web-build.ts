/** Makes sure that `dist/web` is there and not older than what it is made of, so that `npm run demo` is one command. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lock } from '../../kernel/db/process-lock.ts'
import { webFolder } from './web.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const dist = dirname(join(webFolder, '.'))

export type WebBuild =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'built'; readonly ms: number }
  /** The API runs, screens do not, or are those of the build before. */
  | { readonly kind: 'missing' | 'stale'; readonly reason: string }

/** Never throws: a server whose screens cannot be built still answers its API, and says why. */
export async function ensureWeb(say: (line: string) => void): Promise<WebBuild> {
  try {
    if (!(await isStale())) return { kind: 'fresh' }
    const vite = findVite()
    if (vite === undefined) {
      // Without vite there are no sources to change either: a build that is there is the right one.
      if (existsSync(join(webFolder, 'index.html'))) return { kind: 'fresh' }
      return {
        kind: 'missing',
        reason:
          'The web app is not built, and this installation has no vite to build it. Run "npm ci" (without --omit=dev) and ' +
          '"npm run build" here, or copy dist/web from a machine where it was built. The API works without it.',
      }
    }
    return await build(vite, say)
  } catch (error) {
    const reason = `The web app could not be built: ${error instanceof Error ? error.message : String(error)}`
    return existsSync(join(webFolder, 'index.html'))
      ? { kind: 'stale', reason: `${reason}\nServing the build before.` }
      : { kind: 'missing', reason }
  }
}

/** Two servers starting at once build once; the new build takes its place in one step. */
async function build(vite: string, say: (line: string) => void): Promise<WebBuild> {
  await mkdir(dist, { recursive: true })
  const held = await lock(join(dist, '.building'), 'exclusive', () =>
    say('waiting for another build of the web app'),
  )
  const before = performance.now()
  try {
    if (!(await isStale())) return { kind: 'fresh' }
    say('building the web app')
    const draft = await mkdtemp(join(dist, 'web-'))
    try {
      await runVite(vite, draft)
      const old = `${draft}.old`
      await rename(webFolder, old).catch(() => undefined)
      await rename(draft, webFolder)
      await rm(old, { recursive: true, force: true })
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
    return { kind: 'built', ms: performance.now() - before }
  } finally {
    held.release()
  }
}

/** In a process of its own: vite changes the environment of the one it runs in, and the server would carry its memory. */
function runVite(vite: string, outDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error'],
      {
        cwd: root,
        // What is served is the real thing, also where a test or a developer's shell says otherwise.
        env: { ...process.env, NODE_ENV: 'production' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    }
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(output.trim() || `vite ended with ${code}`))
    })
  })
}

function findVite(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  } catch {
    return undefined
  }
}

async function isStale(): Promise<boolean> {
  const built = await stat(join(webFolder, 'index.html')).catch(() => undefined)
  if (built === undefined) return true
  const files = ['package-lock.json', 'vite.config.ts'].map((name) => join(root, name))
  for (const entry of await readdir(join(root, 'src'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && isWebSource(path)) files.push(path)
  }
  const times = await Promise.all(
    files.map(async (file) => (await stat(file).catch(() => undefined))?.mtimeMs ?? 0),
  )
  return Math.max(...times) > built.mtimeMs
}

/** What the web app can be made of: screens and components, the contracts and pure rules it shares, the texts. */
function isWebSource(path: string): boolean {
  if (/\.test\.tsx?$/.test(path)) return false
  return (
    /\/(apps\/web|ui-kit|ui)\//.test(path) ||
    /\/(contract|rules|[a-z-]+-rules)\.ts$|\.(json|css|tsx)$/.test(path)
  )
}
