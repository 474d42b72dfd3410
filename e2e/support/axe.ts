/** Accessible (ui.md §10): axe over a whole page. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const options = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}

/** What axe finds wrong with the page as it stands. */
export async function violations(page: Page): Promise<string[]> {
  // Not a script element, which the policy would refuse.
  await page.evaluate(axe)
  const found = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  return found.violations.map(
    ({ id, help, nodes }) => `${id}: ${help} — ${nodes[0]?.html.slice(0, 160)} (${nodes.length}×)`,
  )
}
