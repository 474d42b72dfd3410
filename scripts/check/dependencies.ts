/**
 * Who may import whom (ARCHITECTURE.md, design §3). dependency-cruiser cannot read TypeScript without the compiler API
 * that TypeScript 7 no longer has, so the rules stand here, over the parser that vite brings along.
 */
import { basename, posix } from 'node:path'
import { Visitor } from 'vite'
import { files, isTest, isTypeScript, parse, report, type Source, text } from './source.ts'

const baseModules = new Set(['identity', 'directory', 'customers'])
/** What a pure file must not reach, not even through another file. */
const impure =
  /^(node:|pg$|pg-|kysely|fastify|@fastify\/|react|antd|graphile-worker|pino|better-auth|nodemailer)/
const serverOnly = /^(node:|pg$|pg-|kysely|fastify|@fastify\/|graphile-worker|pino|nodemailer)/

interface Edge {
  readonly from: string
  /** Path in the project, or the package's name. */
  readonly to: string
  readonly typeOnly: boolean
  readonly line: number
}

interface Rule {
  readonly why: string
  readonly broken: (edge: Edge) => boolean
}

const moduleOf = (path: string): string | undefined => /^src\/modules\/([^/]+)\//.exec(path)?.[1]
const isPackage = (path: string): boolean => !/^(src|db|presets|bench|e2e|scripts|docs)\//.test(path)
const isPure = (path: string): boolean =>
  path.startsWith('src/') && (/^(rules|policy|contract)\.ts$/.test(basename(path)) || saysPure(path))
/** A pure file with a name of its own says so in its first words, and is held to it. */
const saysPure = (path: string): boolean =>
  path.startsWith('src/modules/') && /^\/\*\*\s*\*?\s*PURE:/.test(text(path).slice(0, 40))
const isUi = (path: string): boolean =>
  /^src\/(apps\/web|ui-kit)\//.test(path) || /^src\/(modules|kernel)\/(?:[^/]+\/)+ui\//.test(path)
const isServer = (path: string): boolean => path.startsWith('src/') && !isUi(path)

const rules: readonly Rule[] = [
  {
    why: 'the kernel knows no module or app, and outside its ui folders no screen',
    broken: ({ from, to }) =>
      from.startsWith('src/kernel/') &&
      (/^src\/(modules|apps)\//.test(to) || (to.startsWith('src/ui-kit/') && !isUi(from))),
  },
  {
    why: 'ui-kit knows neither modules nor kernel, except types of kernel/contract.ts',
    broken: ({ from, to, typeOnly }) =>
      from.startsWith('src/ui-kit/') &&
      /^src\/(modules|apps|kernel)\//.test(to) &&
      !(typeOnly && to === 'src/kernel/contract.ts'),
  },
  {
    why: 'modules know no app',
    broken: ({ from, to }) => from.startsWith('src/modules/') && to.startsWith('src/apps/'),
  },
  {
    why: 'another module is reached through its public.ts or contract.ts only',
    broken: ({ from, to }) => crosses(from, to) && !/\/(public\.tsx?|contract\.ts)$/.test(to),
  },
  {
    why: 'operations modules know base modules only (identity, directory, customers)',
    broken: ({ from, to }) => crosses(from, to) && !baseModules.has(moduleOf(to) ?? ''),
  },
  {
    why: 'SQL belongs to store.ts: only it and the kernel import kysely or pg',
    broken: ({ from, to }) =>
      /^src\/(modules|apps)\//.test(from) && basename(from) !== 'store.ts' && /^(pg|kysely)($|[/-])/.test(to),
  },
  {
    why: 'screens talk to the server over HTTP: no store, service, http, jobs, events or policy',
    broken: ({ from, to }) =>
      isUi(from) && !isPackage(to) && !isUi(to) && /\/(store|service|http|jobs|events|policy)\.ts$/.test(to),
  },
  {
    why: 'server code imports no screen',
    broken: ({ from, to }) => isServer(from) && (isUi(to) || /^(react|react-dom|antd)($|\/)/.test(to)),
  },
  {
    why: 'contract.ts imports zod, kernel/contract.ts, rules.ts, files that say they are PURE, and other contracts only',
    broken: ({ from, to }) =>
      from.startsWith('src/') &&
      basename(from) === 'contract.ts' &&
      to !== 'zod' &&
      !/\/(contract|rules)\.ts$/.test(to) &&
      !saysPure(to),
  },
  {
    why: 'http.ts binds contract to service and sees no store.ts',
    broken: ({ from, to }) => basename(from) === 'http.ts' && basename(to) === 'store.ts',
  },
  {
    why: 'presets are data: they import nothing but types and their own files',
    broken: ({ from, to, typeOnly }) =>
      from.startsWith('presets/') && !typeOnly && !to.startsWith('presets/'),
  },
]

function crosses(from: string, to: string): boolean {
  const target = moduleOf(to)
  return target !== undefined && moduleOf(from) !== undefined && moduleOf(from) !== target
}

function edgesOf(source: Source): Edge[] {
  return source.imports.map(({ specifier, typeOnly, line }) => ({
    from: source.path,
    to: specifier.startsWith('.') ? posix.join(posix.dirname(source.path), specifier) : specifier,
    typeOnly,
    line,
  }))
}

/** Cycles of `graph` as readable chains; each node is entered once, so a cycle is reported once. */
function cycles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (node: string): void => {
    const at = path.indexOf(node)
    if (at >= 0) found.push([...path.slice(at), node].join(' → '))
    if (at >= 0 || done.has(node)) return
    path.push(node)
    for (const next of graph.get(node) ?? []) visit(next)
    path.pop()
    done.add(node)
  }
  for (const node of graph.keys()) visit(node)
  return found
}

function grouped(
  edges: readonly Edge[],
  group: (path: string) => string | undefined,
): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>()
  for (const { from, to } of edges) {
    const [a, b] = [group(from), group(to)]
    if (a === undefined || b === undefined || a === b) continue
    graph.set(a, (graph.get(a) ?? new Set()).add(b))
  }
  return graph
}

/** The chain of run-time imports from `start` to a package that matches `forbidden`. */
function reaches(start: string, forbidden: RegExp, next: ReadonlyMap<string, Edge[]>): string | undefined {
  const seen = new Set([start])
  const queue: string[][] = [[start]]
  for (let chain = queue.shift(); chain; chain = queue.shift()) {
    for (const { to, typeOnly } of next.get(chain.at(-1) ?? '') ?? []) {
      if (typeOnly || seen.has(to)) continue
      seen.add(to)
      if (isPackage(to) && forbidden.test(to)) return [...chain, to].join(' → ')
      queue.push([...chain, to])
    }
  }
  return undefined
}

/** Time and chance come in as arguments; otherwise rules cannot be tested over all days and outcomes. */
function clockUses(source: Source): string[] {
  const found: string[] = []
  const add = (what: string, offset: number): void => {
    found.push(`${source.path}:${source.lineAt(offset)}: ${what} in a pure file; pass it in`)
  }
  new Visitor({
    NewExpression(node) {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date') return
      if (node.arguments.length === 0) add('new Date()', node.start)
    },
    CallExpression(node) {
      const call = source.text.slice(node.callee.start, node.callee.end)
      if (/^(Date\.now|DateTime\.(now|local)|Math\.random|performance\.now|crypto\.\w+|fetch)$/.test(call))
        add(`${call}()`, node.start)
    },
  }).visit(source.program)
  return found
}

const sources = files()
  .filter((path) => isTypeScript(path) && /^(src|presets)\//.test(path))
  .map(parse)
const production = sources.filter(({ path }) => !isTest(path))
const edges = production.flatMap(edgesOf)
const byFile = Map.groupBy(edges, ({ from }) => from)
const atRunTime = edges.filter(({ typeOnly }) => !typeOnly)

report([
  ...edges.flatMap((edge) =>
    rules
      .filter(({ broken }) => broken(edge))
      .map(({ why }) => `${edge.from}:${edge.line}: imports ${edge.to}: ${why}`),
  ),
  ...production
    .filter(({ path }) => isPure(path))
    .flatMap(({ path }) => {
      const chain = reaches(path, impure, byFile)
      return chain ? [`${path}: pure, yet reaches ${chain}`] : []
    }),
  ...production
    .filter(({ path }) => isUi(path))
    .flatMap(({ path }) => {
      const chain = reaches(path, serverOnly, byFile)
      return chain ? [`${path}: runs in the browser, yet reaches ${chain}`] : []
    }),
  ...production.filter(({ path }) => isPure(path)).flatMap(clockUses),
  ...cycles(grouped(atRunTime, (path) => (isPackage(path) ? undefined : path))).map((c) => `cycle: ${c}`),
  ...cycles(grouped(edges, (path) => moduleOf(path))).map((c) => `cycle of modules: ${c}`),
])
