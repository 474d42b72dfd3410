import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from './problem.ts'

/** What happened and what to do, for people: `error.<code>`. */
export function problemText(t: TFunction, fault: unknown): string {
  if (!(fault instanceof ApiProblem)) return t('error.unexpected')
  return t([`error.${fault.code}`, fault.status >= 500 ? 'error.server.fault' : 'error.unexpected'], {
    ...fault.data,
  })
}

/** Faults of fields by path (`host.name`), each `field.<code>`; a path the form does not show stays in the map. */
function fieldTexts(t: TFunction, fault: unknown): Readonly<Record<string, string>> {
  if (!(fault instanceof ApiProblem)) return {}
  return Object.fromEntries(
    fault.fields.map((field) => [
      field.path.replace(/^body\./, ''),
      t([...ownCode(field.data), `field.${field.code}`, 'field.invalid'], { ...field.data }),
    ]),
  )
}

/** A contract's own check arrives as `custom` with its code as message (`zone.unknown`). */
function ownCode(data: Readonly<Record<string, unknown>> | undefined) {
  const message = data?.message
  return typeof message === 'string' && /^[\w-]+(\.[\w-]+)+$/.test(message)
    ? [`field.${message}`, `error.${message}`]
    : []
}

export function useProblemText() {
  const { t } = useTranslation()
  return {
    problemText: (fault: unknown) => problemText(t, fault),
    fieldTexts: (fault: unknown) => fieldTexts(t, fault),
  }
}
