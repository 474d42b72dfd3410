import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../../ui-kit/problem.ts'
import { type Find, useTexts } from './labels.ts'

/** Field problems of `value.…`, by path below `value`, in words: the schema's own word, else the kind of fault. */
export function useValueErrors(fault: unknown): Readonly<Record<string, string>> {
  const { t } = useTranslation()
  const find = useTexts()
  return useMemo(() => {
    if (!(fault instanceof ApiProblem)) return {}
    const own = fault.fields.filter((field) => field.path === 'value' || field.path.startsWith('value.'))
    return Object.fromEntries(
      own.map(({ path, code, data }) => [
        path.replace(/^value\.?/, ''),
        wordOf(find, data?.message) ?? t([`field.${code}`, 'field.invalid'], { ...data }),
      ]),
    )
  }, [fault, t, find])
}

function wordOf(find: Find, message: unknown): string | undefined {
  return typeof message === 'string' ? (find(message) ?? find(`field.${message}`)) : undefined
}
