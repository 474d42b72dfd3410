import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const fixed = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/snap/bin/chromium']

/** The browser of the journeys: CHROMIUM_PATH, or the first known name on PATH. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = [
    process.env.CHROMIUM_PATH ?? '',
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...fixed,
  ]
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return path !== ''
  } catch {
    return false
  }
}

function aptGet(...args: string[]): boolean {
  console.log(`> apt-get ${args.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0
}

function hasChineseFont(): boolean {
  const list = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' })
  return list.status === 0 && list.stdout.trim() !== ''
}

/** Installs Debian's Chromium and Chinese fonts where that is allowed; elsewhere the tester is told what to install. */
export function provideChromium(): string | undefined {
  const found = findChromium()
  if (found && hasChineseFont()) return found
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (mayInstall) {
    const wanted = ['chromium', 'fonts-noto-cjk', 'fontconfig']
    const install = (): boolean =>
      aptGet('update', '-q') && aptGet('install', '-y', '-q', '--no-install-recommends', ...wanted)
    // A mirror that is just being renewed fails once and works a moment later.
    if (!install()) install()
  }
  const chromium = findChromium()
  if (chromium === undefined)
    console.error(
      'No Chromium found, so no browser journey can run. Install Chromium and a Chinese font ' +
        '(Debian: apt-get install chromium fonts-noto-cjk), or set CHROMIUM_PATH to a Chromium or Chrome.',
    )
  else if (!hasChineseFont())
    console.error('No Chinese font found; install fonts-noto-cjk to see Chinese text in pictures.')
  return chromium
}
