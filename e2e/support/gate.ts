import type { Person } from './browser.ts'
import { pick, press, sees } from './look.ts'

export interface Entry {
  readonly name: string
  readonly kind: string
  readonly organisation?: string
  readonly purpose?: string
  readonly host: { readonly typed: string; readonly name: string }
}

/** The gate's tablet. */
export function gateOf({ page, t }: Person) {
  return {
    async open() {
      await page.goto('/gate')
      await page.getByRole('button', { name: t('visits.gate.scan.open') }).waitFor()
    },
    async home() {
      await press(page, t('visits.gate.back'))
      await page.getByRole('button', { name: t('visits.gate.scan.open') }).waitFor()
    },
    /** V4, V8: three questions, kind, host. Left before sending, so that a journey can add to it. */
    async fill({ name, kind, organisation, purpose, host }: Entry) {
      await press(page, t('visits.gate.entry.open'))
      await page.getByRole('combobox', { name: t('visit.field.visitorName') }).fill(name)
      if (organisation) await page.getByLabel(t('visits.gate.entry.from')).fill(organisation)
      if (purpose) await page.getByLabel(t('visits.gate.entry.matter')).fill(purpose)
      await page.getByText(kind, { exact: true }).click()
      await pick(page, t('visit.field.host'), host.typed, host.name)
    },
    ask: () => press(page, t('visits.gate.entry.ask')),
    admit: () => press(page, t('visits.gate.entry.admit')),
    async find(name: string) {
      await page.getByRole('searchbox', { name: t('visits.gate.search') }).fill(name)
      await sees(page, name)
    },
    /** 进 · 问 · 拒 · 放行 on the card or the page of a visitor. */
    answer: (answer: 'in' | 'ask' | 'refuse' | 'release' | 'prepare' | 'told', name: string) =>
      press(page, t(`visits.gate.answer.${answer}.label`, { name })),
    sees: (words: string | RegExp) => sees(page, words),
  }
}
