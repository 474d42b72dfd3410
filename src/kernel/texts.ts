import { glob, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Language, Params, Translate } from './notifications/rules.ts'

/** Every text of one language by its whole key. */
export type Texts = ReadonlyMap<string, string>

const source = fileURLToPath(new URL('../', import.meta.url))
let loaded: Promise<Readonly<Record<Language, Texts>>> | undefined

/** The same zh.json and en.json files the web app shows, read once; for what the server itself writes to people. */
export function serverTexts(): Promise<Readonly<Record<Language, Texts>>> {
  loaded ??= Promise.all([textsOf('zh'), textsOf('en')]).then(([zh, en]) => ({ zh, en }))
  return loaded
}

async function textsOf(language: Language): Promise<Texts> {
  const texts = new Map<string, string>()
  for await (const name of glob(`**/${language}.json`, { cwd: source })) {
    const content: unknown = JSON.parse(await readFile(`${source}${name}`, 'utf8'))
    flatten(content, '', texts)
  }
  return texts
}

function flatten(value: unknown, prefix: string, into: Map<string, string>): void {
  if (typeof value === 'string') into.set(prefix, value)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      flatten(inner, prefix === '' ? key : `${prefix}.${key}`, into)
  }
}

/** Fills `{{name}}`; plural forms by `count`, as the web's i18next does. A value nobody gave shows as a dash. */
export function translator(texts: Texts, language: Language): Translate {
  const plural = new Intl.PluralRules(language)
  return (key, params) => {
    const count = params['count']
    const counted = typeof count === 'number' ? texts.get(`${key}_${plural.select(count)}`) : undefined
    return fill(counted ?? texts.get(key), params)
  }
}

function fill(text: string | undefined, params: Params): string | undefined {
  return text?.replace(/\{\{\s*-?\s*([\w.]+)\s*\}\}/g, (_, name: string) => String(params[name] ?? '—'))
}
