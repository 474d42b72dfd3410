/** Real Chromium: one browser per file, one context per person with the screen they would hold. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/chromium.ts'
import type { House } from './house.ts'
import { type Language, speak } from './texts.ts'

export const screens = {
  desk: { width: 1440, height: 900 },
  gate: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
} as const

export interface Person {
  readonly page: Page
  readonly context: BrowserContext
  readonly t: Awaited<ReturnType<typeof speak>>
  /** What went wrong in the page: script faults, refused by the policy, answers of 5xx. */
  readonly faults: string[]
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: set CHROMIUM_PATH')
  return await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
  })
}

export interface PersonOptions {
  /** Signed in as; without it somebody at the door. */
  readonly as?: string
  readonly password?: string
  readonly language?: Language
  readonly dark?: boolean
}

/** Somebody with a device of their own. */
export async function person(
  browser: Browser,
  house: House,
  screen: keyof typeof screens,
  { as, password = 'hengchuan-2026', language = 'zh', dark = false }: PersonOptions = {},
): Promise<Person> {
  const context = await browser.newContext({
    baseURL: house.url,
    viewport: screens[screen],
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    hasTouch: screen !== 'desk',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(45_000)
  // The account's own language would win over the device's; what is chosen on the device wins over both.
  // An empty page (about:blank) has no storage of its own, and says so with a fault.
  await context.addInitScript(
    `if (location.protocol !== 'about:' && localStorage.getItem('foyer.language') === null)
       localStorage.setItem('foyer.language', '${language}')`,
  )
  if (as !== undefined) {
    const answer = await context.request.post('/api/v1/sign-in', { data: { username: as, password } })
    if (!answer.ok()) throw new Error(`${as} cannot sign in: ${answer.status()} ${await answer.text()}`)
  }
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d|net::ERR_ABORTED/.test(message.text()))
      faults.push(message.text())
  })
  page.on('response', (answer) => {
    if (answer.status() >= 500) faults.push(`${answer.status()} ${answer.url()}`)
  })
  return { page, context, t: await speak(language), faults }
}
