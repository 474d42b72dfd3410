import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Names of the fields of one setting, from `setting.<key>.<path>`; the path goes without places in lists. */
export interface Labels {
  readonly label: (path: readonly string[]) => string
  readonly hint: (path: readonly string[]) => string | undefined
  readonly unit: (path: readonly string[]) => string | undefined
  readonly option: (path: readonly string[], value: string) => string
}

export type Find = (key: string) => string | undefined

/** A text if the key names one, not a branch of texts. */
export function useTexts(): Find {
  const { i18n } = useTranslation()
  const { language } = i18n
  return useMemo(() => {
    return (key) => {
      const found: unknown = i18n.getResource(language, 'translation', key)
      return typeof found === 'string' ? found : undefined
    }
  }, [i18n, language])
}

export function useLabels(key: string): Labels {
  const find = useTexts()
  return useMemo(() => labelsOf(find, key), [find, key])
}

const units: readonly (readonly [RegExp, string])[] = [
  [/seconds$/i, 'seconds'],
  [/minutes$/i, 'minutes'],
  [/hours$/i, 'hours'],
  [/days$/i, 'days'],
  [/percent$/i, 'percent'],
]

function labelsOf(find: Find, key: string): Labels {
  const at = (path: readonly string[]) => ['setting', key, ...path].join('.')
  const either = (place: string) => find(`${place}.label`) ?? find(place)
  return {
    label(path) {
      const name = path.at(-1) ?? key
      return either(at(path)) ?? either(`setting.common.${name}`) ?? readable(name)
    },
    hint: (path) =>
      find(`${at(path)}.hint`) ?? (path.length > 0 ? find(`setting.common.${path.at(-1)}.hint`) : undefined),
    unit(path) {
      const name = path.at(-1) ?? ''
      const usual = units.find(([pattern]) => pattern.test(name))?.[1]
      return find(`${at(path)}.unit`) ?? (usual === undefined ? undefined : find(`settings.unit.${usual}`))
    },
    option: (path, value) => either(`${at(path)}.${value}`) ?? either(`setting.common.${value}`) ?? value,
  }
}

/** `stayMinutes` → `Stay minutes`: better than nothing until a text is written. */
function readable(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
