import type { Locator } from 'playwright-core'
import type { Person } from './browser.ts'
import { press, sees } from './look.ts'

export type Lane = 'now' | 'expected' | 'waiting' | 'meeting' | 'leaving'

/** The desk's console. */
export function deskOf({ page, t }: Person) {
  /** A lane of the board; the last one is headed by its two counts. */
  const lane = (name: Lane): Locator => page.locator(`[data-lane="${name}"]`)
  const card = (name: Lane, visitor: string) => lane(name).getByRole('button', { name: visitor }).first()
  const panel = () => page.locator('[data-elsewhere]')
  return {
    panel,
    lane,
    card,
    async open() {
      await page.goto('/')
      await page
        .getByRole('heading', { name: t('visit.console.title'), level: 1 })
        .waitFor({ state: 'attached' })
      await page.getByRole('heading', { name: t('visit.console.now') }).waitFor()
    },
    async openVisit(name: Lane, visitor: string) {
      await card(name, visitor).click()
      await panel().getByRole('heading', { name: visitor }).waitFor()
    },
    act: (name: string) => press(panel(), t(`visit.act.${name}`)),
    sees: (words: string | RegExp) => sees(page, words),
  }
}
