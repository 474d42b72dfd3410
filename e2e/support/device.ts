/** A tablet with a memory: a Chromium of its own whose profile outlives it, so that it can be killed and opened again. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/chromium.ts'
import { screens } from './browser.ts'
import { until } from './until.ts'

export interface Device {
  readonly profile: string
  readonly context: BrowserContext
  readonly page: Page
  readonly faults: string[]
}

export async function openDevice(url: string, profile?: string): Promise<Device> {
  const folder = profile ?? (await mkdtemp(join(tmpdir(), 'foyer-device-')))
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: set CHROMIUM_PATH')
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    baseURL: url,
    viewport: screens.gate,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    hasTouch: true,
  })
  context.setDefaultTimeout(45_000)
  await context.addInitScript(
    "if (location.protocol !== 'about:') try { localStorage.setItem('foyer.language', 'zh') } catch {}",
  )
  const page = context.pages()[0] ?? (await context.newPage())
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  return { profile: folder, context, page, faults }
}

/** The browser's first process: the one of this profile that is nobody's child renderer. */
async function pidOf(profile: string): Promise<number> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    if (line.includes(`--user-data-dir=${profile}`) && !line.includes('--type=')) return Number(name)
  }
  throw new Error(`no browser runs with ${profile}`)
}

/** SIGKILL, as when the battery is out. */
export async function killDevice({ profile, context }: Device): Promise<void> {
  const pid = await pidOf(profile)
  const closed = new Promise<void>((resolve) => context.once('close', () => resolve()))
  process.kill(pid, 'SIGKILL')
  await closed
  await until('the browser to be gone', async () => (await pidOf(profile).catch(() => 0)) === 0)
}

export async function dropDevice({ profile, context }: Device): Promise<void> {
  await context.close().catch(() => undefined)
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
}
