/** The texts as people read them, so that journeys name what they press by meaning and run in both languages. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInstance, type TFunction } from 'i18next'
import { mergeTexts, type Texts } from '../../src/apps/web/texts/merge.ts'

export type Language = 'zh' | 'en'

const source = fileURLToPath(new URL('../../src/', import.meta.url))

function load(language: Language): Texts {
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === `${language}.json`)
    .map((entry) => join(entry.parentPath, entry.name))
  return mergeTexts(Object.fromEntries(files.map((file) => [file, JSON.parse(readFileSync(file, 'utf8'))])))
}

const speakers = new Map<Language, TFunction>()

export async function speak(language: Language): Promise<TFunction> {
  const known = speakers.get(language)
  if (known) return known
  const i18n = createInstance()
  const resources = { [language]: { translation: load(language) } }
  const t = await i18n.init({
    lng: language,
    fallbackLng: false,
    resources,
    interpolation: { escapeValue: false },
  })
  speakers.set(language, t)
  return t
}
