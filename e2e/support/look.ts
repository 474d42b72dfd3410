/** What a person does with any screen: looks for words, presses what is named so. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

const pictures = process.env.E2E_PICTURES

/** A picture for whoever looks at the screens, when asked for by E2E_PICTURES=folder. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' })
}

type Place = Page | Locator

/** Waits until the words stand there to be read. */
export async function sees(place: Place, words: string | RegExp): Promise<void> {
  await place.getByText(words).filter({ visible: true }).first().waitFor()
}

export async function gone(place: Place, words: string | RegExp): Promise<void> {
  await place.getByText(words).filter({ visible: true }).first().waitFor({ state: 'hidden' })
}

/** By its name; the key that does the same may stand behind it. */
export async function press(place: Place, name: string | RegExp): Promise<void> {
  await place.getByRole('button', { name }).filter({ visible: true }).first().click()
}

/** Types into a box with suggestions and takes the one meant. */
export async function pick(
  place: Place,
  label: string,
  typed: string,
  wanted: string | RegExp,
): Promise<void> {
  const box = place.getByRole('combobox', { name: label })
  await box.fill(typed)
  await place.getByRole('option', { name: wanted }).first().click()
}

/** Marks the page, so that a reload would show. */
export async function keepOpen(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate('void (window.foyerStillOpen = true)')
  return async () => await page.evaluate<boolean>("'foyerStillOpen' in window")
}
