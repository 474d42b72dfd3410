import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../../ui-kit/problem.ts'
import { isList, isObject, type Json } from './json.ts'
import { type Find, useTexts } from './labels.ts'

/** Field problems of `value.…`, by path below what was `sent`, in words: the schema's own word, else the kind of fault. */
export function useValueErrors(fault: unknown, sent: Json): Readonly<Record<string, string>> {
  const { t } = useTranslation()
  const find = useTexts()
  return useMemo(() => {
    if (!(fault instanceof ApiProblem)) return {}
    const own = fault.fields.filter((field) => field.path === 'value' || field.path.startsWith('value.'))
    return Object.fromEntries(
      own.map(({ path, code, data }) => {
        const place = path.replace(/^value\.?/, '')
        // Whoever left a field empty is not told that it is too short.
        const kind = code === 'too_small' && valueAt(sent, place) === '' ? 'required' : code
        return [place, wordOf(find, data?.message) ?? t([`field.${kind}`, 'field.invalid'], { ...data })]
      }),
    )
  }, [fault, sent, t, find])
}

function valueAt(value: Json, place: string): Json | undefined {
  let found: Json | undefined = value
  for (const name of place.split('.'))
    found = isList(found) ? found[Number(name)] : isObject(found) ? found[name] : undefined
  return found
}

function wordOf(find: Find, message: unknown): string | undefined {
  return typeof message === 'string' ? (find(message) ?? find(`field.${message}`)) : undefined
}
