/**
 * Script a surface loads before its first screen stands, compressed (design §5): gate, host phone and the pages before
 * sign-in ≤ 200 KB, desk ≤ 450 KB. Reads the manifest of the last `vite build`; the worst screen of a surface counts.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  readonly file: string
  readonly src?: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}

interface Surface {
  readonly name: string
  readonly budget: number
  /** The page it comes with; `index.html` unless it is a page of its own. */
  readonly entry?: string
  /** Loaded for every screen of the surface. */
  readonly shell: RegExp | null
  /** One of these besides. */
  readonly screens: RegExp
  readonly mayReachAntd: boolean
  /** Its part of the texts, waited for besides the first (`src/apps/web/i18n.ts`). */
  readonly texts?: 'desk' | 'gate' | 'phone'
}

const surfaces: readonly Surface[] = [
  {
    name: 'sign-in, set-up',
    budget: 200,
    shell: null,
    screens: /^screens\/(sign-in|setup)/,
    mayReachAntd: false,
  },
  {
    name: 'gate',
    budget: 200,
    shell: /^shell\/gate-shell/,
    screens: /\/ui\/gate\//,
    mayReachAntd: false,
    texts: 'gate',
  },
  {
    name: 'kiosk',
    budget: 200,
    entry: 'kiosk.html',
    shell: /^kiosk\.html/,
    screens: /^$/,
    mayReachAntd: false,
  },
  {
    name: 'host phone',
    budget: 200,
    shell: /^shell\/phone-shell/,
    screens: /^screens\/phone-|\/ui\/phone\//,
    mayReachAntd: false,
    texts: 'phone',
  },
  {
    name: 'desk',
    budget: 450,
    shell: /^shell\/desk-shell/,
    screens: /^screens\/(home|extension-list)|\/ui\/desk\//,
    mayReachAntd: true,
    texts: 'desk',
  },
]

const folder = process.argv[2] ?? 'dist/web'
const manifestPath = join(folder, '.vite/manifest.json')
if (!existsSync(manifestPath)) {
  console.error(`${manifestPath} is missing: run "npm run build" first`)
  process.exit(1)
}
const manifest: Readonly<Record<string, Chunk>> = JSON.parse(readFileSync(manifestPath, 'utf8'))

/** The chunk and all it imports statically. */
function closure(key: string, into: Set<string>): Set<string> {
  if (into.has(key)) return into
  into.add(key)
  for (const next of manifest[key]?.imports ?? []) closure(next, into)
  return into
}

const sizes = new Map<string, number>()
function gzipped(key: string): number {
  const file = manifest[key]?.file ?? ''
  if (!file.endsWith('.js')) return 0
  const known = sizes.get(file) ?? gzipSync(readFileSync(join(folder, file)), { level: 9 }).length
  sizes.set(file, known)
  return known
}

const weight = (keys: Iterable<string>): number => [...keys].reduce((sum, key) => sum + gzipped(key), 0)
const keys = Object.keys(manifest)
/** Loaded by the browser itself once the page stands, so no part of the first load. */
const worker = 'service-worker.js'
const entries = keys.filter((key) => manifest[key]?.isEntry && manifest[key].file !== worker)
/** One language is loaded before the first paint; the larger counts, with the surface's own part. */
function textsOf({ texts }: Surface): string[] {
  const of = (language: string) =>
    [`texts/${language}.ts`, ...(texts ? [`texts/${language}-${texts}.ts`] : [])].filter(
      (key) => manifest[key],
    )
  return [of('zh'), of('en')].sort((a, b) => weight(b) - weight(a))[0] ?? []
}

const reachesAntd = (set: ReadonlySet<string>): boolean =>
  [...set].some((key) => /antd|rc-component/.test(key) || holdsAntd(manifest[key]?.file ?? ''))

/** antd's style engine leaves its cache attribute in every chunk that holds it. */
function holdsAntd(file: string): boolean {
  return file.endsWith('.js') && readFileSync(join(folder, file), 'utf8').includes('data-css-hash')
}

const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`
let failed = 0

/** What the router opens; pages a screen opens after its first paint are no part of the first load. */
const opened = new Set(entries.flatMap((key) => manifest[key]?.dynamicImports ?? []))

for (const surface of surfaces) {
  const all = keys.filter((key) => manifest[key]?.src && surface.screens.test(key))
  const screens = all.filter((key) => opened.has(key))
  const shells = surface.shell ? keys.filter((key) => surface.shell?.test(key)) : []
  if (screens.length === 0 && shells.length === 0) continue
  const common = new Set<string>()
  // A page of its own loads nothing of the others, and the others nothing of it.
  const own = entries.filter((key) => key === (surface.entry ?? 'index.html'))
  const texts = surface.entry === undefined ? textsOf(surface) : []
  for (const key of [...own, ...texts, ...shells]) closure(key, common)
  const measured = (screens.length > 0 ? screens : [undefined]).map((screen) => {
    const set = new Set(common)
    if (screen) closure(screen, set)
    return { screen: screen ?? 'shell only', set, bytes: weight(set), antd: reachesAntd(set) }
  })
  const worst = measured.reduce((a, b) => (b.bytes > a.bytes ? b : a))
  const over = worst.bytes > surface.budget * 1000
  const wrong = surface.mayReachAntd ? [] : measured.filter((one) => one.antd)
  if (over || wrong.length > 0) failed++
  console.log(
    `${over ? 'OVER' : 'ok  '} ${surface.name.padEnd(16)} ${kb(worst.bytes).padStart(9)} of ${surface.budget} KB  (${worst.screen})`,
  )
  const later = new Set<string>()
  for (const key of all.filter((one) => !opened.has(one))) closure(key, later)
  const more = [...later].filter((key) => !common.has(key) && !worst.set.has(key))
  if (more.length > 0)
    console.log(`     ${''.padEnd(16)} ${kb(weight(more)).padStart(9)} more in pages opened later`)
  for (const one of wrong)
    console.log(`     ${one.screen} reaches Ant Design, which belongs to the desk only`)
}

/** Fetched in the background after the first paint, for the time without a server. */
function kept(): string {
  const code = readFileSync(join(folder, worker), 'utf8')
  const files = [...code.matchAll(/"\/(assets\/[^"]+)"/g)].map(([, file]) => file ?? '')
  const bytes = (wanted: (file: string) => boolean) =>
    files
      .filter(wanted)
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0)
  const isScript = (file: string) => file.endsWith('.js')
  return `${files.length} files: script ${kb(bytes(isScript))}, the rest ${kb(bytes((file) => !isScript(file)))}`
}

if (existsSync(join(folder, worker))) console.log(`     kept for going on without a server: ${kept()}`)

if (failed > 0) process.exit(1)
