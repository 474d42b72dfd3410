import type { Person } from './browser.ts'
import { sees } from './look.ts'

export interface Told {
  readonly organisation?: string
  readonly name?: string
  readonly reason?: string
  /** Whom the caller asks for: what is typed, and who is meant. */
  readonly wanted?: { readonly typed: string; readonly name: string }
  readonly phone?: string
}

export type Result = 'answered' | 'busy' | 'no-answer' | 'refused' | 'not-in' | 'callback' | 'cancelled'

const keys: Record<Result, string> = {
  answered: 'a',
  busy: 'b',
  'no-answer': 'n',
  refused: 'r',
  'not-in': 'o',
  callback: 'k',
  cancelled: 'x',
}

/** The desk's telephone, by keyboard alone: no journey of a call needs the mouse (ui.md §2). */
export function callsOf({ page, t }: Person) {
  const panel = () => page.locator('[data-elsewhere]')
  const key = (name: string) => page.keyboard.press(name)
  const focused = (name: string) => panel().locator(':focus').filter({ hasText: name }).waitFor()
  return {
    panel,
    key,
    /** Without an exchange: the stopwatch runs from `C` to the answer. */
    async ringAndAnswer(number = '') {
      await key('c')
      await panel()
        .getByRole('heading', { name: t('call.new.title') })
        .waitFor()
      await page.keyboard.insertText(number)
      await key('Enter')
      await sees(panel(), t('call.stateNow.open'))
    },
    /** The card in the Now column. */
    now: (name: string) => page.locator('[data-lane="now"]').getByRole('listitem').filter({ hasText: name }),
    /** C8, C9: three questions; Enter goes on from field to field. */
    async ask({ organisation, name, reason, wanted, phone }: Told) {
      const field = (label: string) => panel().getByRole('combobox', { name: label })
      await field(t('call.field.organisation')).waitFor()
      if (organisation !== undefined) await field(t('call.field.organisation')).fill(organisation)
      if (name !== undefined) await field(t('call.field.name')).fill(name)
      const matter = panel().locator('textarea[name="reason"]')
      await matter.focus()
      if (reason !== undefined) await page.keyboard.insertText(reason)
      await key('Enter')
      if (wanted) {
        await page.keyboard.insertText(wanted.typed)
        await page.getByRole('option', { name: wanted.name, selected: true }).first().waitFor()
        await key('Enter')
      } else await key('Enter')
      if (phone !== undefined) await page.keyboard.insertText(phone)
      await key('Enter')
    },
    /** The route the matter proposes stands under the finger. */
    async takeRoute(name: string) {
      await focused(name)
      await key('Enter')
    },
    async tryNext(name: string) {
      await sees(panel().getByRole('region', { name: t('call.try.title') }), name)
      await focused(t('call.try.run'))
      await key('Enter')
      await sees(panel(), t('call.wait.with', { name }))
    },
    async result(result: Result) {
      await panel()
        .getByRole('region', { name: t('call.wait.title') })
        .waitFor()
      await key(keys[result])
      await panel()
        .getByRole('region', { name: t('call.wait.title') })
        .waitFor({ state: 'hidden' })
    },
    /** The proposed ending, or another by its digit. */
    async end(outcome: 'message' | 'callback' | 'resolved' | 'declined' | 'put-through') {
      const name = t(`call.end.${outcome}`)
      const button = panel()
        .getByRole('region', { name: t('call.end.title') })
        .or(panel().getByRole('region', { name: t('call.end.instead') }))
        .getByRole('button', { name })
      await button.first().waitFor()
      const digit = /\d$/.exec((await button.first().textContent()) ?? '')?.[0]
      await key(digit ?? 'Enter')
    },
    async send() {
      await panel().getByRole('form').waitFor()
      await key('Control+Enter')
    },
    sees: (words: string | RegExp) => sees(panel(), words),
  }
}
