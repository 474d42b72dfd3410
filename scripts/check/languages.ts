/**
 * Texts: every zh.json has an en.json beside it with the same keys and placeholders; keys used in code exist; keys
 * that nothing uses are reported; every error code of a contract has its text `error.<code>`.
 */
import { basename, dirname } from 'node:path'
import { type ESTree, Visitor } from 'vite'
import { files, isTest, isTypeScript, parse, report, type Source, text } from './source.ts'

type Texts = ReadonlyMap<string, string>

interface Uses {
  /** Keys that must exist, with the place that asks for them. */
  readonly asked: Map<string, string>
  /** Every string in the code: a key kept in a table of states is in use, too. */
  readonly strings: Set<string>
  /** `error.` of t(`error.${code}`), with its place. */
  readonly prefixes: Map<string, string>
  readonly errorCodes: Map<string, string>
}

const plural = /_(zero|one|two|few|many|other)$/

function flatten(value: unknown, prefix: string, into: Map<string, string>): Map<string, string> {
  if (typeof value === 'string') into.set(prefix, value)
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) flatten(inner, prefix ? `${prefix}.${key}` : key, into)
  return into
}

const load = (path: string): Texts => flatten(JSON.parse(text(path)), '', new Map())

/** Placeholders per key, plural forms taken together: Chinese has one form, English two. */
function placeholders(texts: Texts): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const [key, value] of texts) {
    const name = key.replace(plural, '')
    const names = found.get(name) ?? new Set()
    for (const [, inner] of value.matchAll(/\{\{?\s*-?\s*([\w.]+)[^{}]*\}\}?/g)) if (inner) names.add(inner)
    found.set(name, names)
  }
  return found
}

function comparePair(folder: string): string[] {
  const [zh, en] = [placeholders(load(`${folder}/zh.json`)), placeholders(load(`${folder}/en.json`))]
  const findings: string[] = []
  for (const key of new Set([...zh.keys(), ...en.keys()])) {
    const [a, b] = [zh.get(key), en.get(key)]
    if (!a || !b) findings.push(`${folder}/${a ? 'en' : 'zh'}.json: key ${key} is missing`)
    else if (a.size !== b.size || [...a].some((name) => !b.has(name)))
      findings.push(`${folder}: ${key}: placeholders differ: zh {${[...a]}}, en {${[...b]}}`)
  }
  return findings
}

/** The literals an expression can come to: 'a', c ? 'a' : 'b', a ?? 'b', ['a', 'b']. */
function literalsOf(node: ESTree.Node | null): string[] {
  if (!node) return []
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : []
  if (node.type === 'ConditionalExpression')
    return [...literalsOf(node.consequent), ...literalsOf(node.alternate)]
  if (node.type === 'LogicalExpression') return [...literalsOf(node.left), ...literalsOf(node.right)]
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return [node.quasis[0]?.value.cooked ?? '']
  if (node.type === 'JSXExpressionContainer') return literalsOf(node.expression)
  return []
}

function keyNames(object: ESTree.Node | null): string[] {
  if (!object) return []
  if (object.type === 'TSAsExpression' || object.type === 'TSSatisfiesExpression')
    return keyNames(object.expression)
  if (object.type !== 'ObjectExpression') return []
  return object.properties.flatMap((property) => {
    if (property.type !== 'Property') return []
    if (property.key.type === 'Identifier') return [property.key.name]
    return literalsOf(property.key)
  })
}

function nameOf(node: ESTree.Node): string {
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') return node.name
  if (node.type === 'MemberExpression') return nameOf(node.property)
  return node.type === 'Literal' ? String(node.value) : ''
}

function collect(source: Source, uses: Uses): void {
  const at = (node: ESTree.Node): string => `${source.path}:${source.lineAt(node.start)}`
  const ask = (node: ESTree.Node | null): void => {
    if (node) for (const key of literalsOf(node)) uses.asked.set(key, at(node))
  }
  new Visitor({
    CallExpression(node) {
      if (nameOf(node.callee) === 't') ask(node.arguments[0] ?? null)
    },
    Property(node) {
      if (/^(\w+Key|i18nKey)$/.test(nameOf(node.key))) askKey(node.value)
    },
    JSXAttribute(node) {
      if (/^(\w+Key|i18nKey)$/.test(nameOf(node.name))) askKey(node.value)
    },
    Literal(node) {
      if (typeof node.value === 'string') uses.strings.add(node.value)
    },
    TemplateLiteral(node) {
      const prefix = node.quasis[0]?.value.cooked ?? ''
      if (node.expressions.length > 0 && /^[\w-]+\.([\w-]+\.)*[\w-]*$/.test(prefix))
        uses.prefixes.set(prefix, at(node))
    },
    VariableDeclarator(node) {
      if (basename(source.path) !== 'contract.ts' || !/Errors$/.test(nameOf(node.id))) return
      for (const code of keyNames(node.init)) uses.errorCodes.set(code, at(node))
    },
  }).visit(source.program)

  /** `rowKey: 'id'` of a table is no text; a text's key has a dot. */
  function askKey(node: ESTree.Node | null): void {
    if (literalsOf(node).every((key) => key.includes('.'))) ask(node)
  }
}

const folders = [
  ...new Set(
    files()
      .filter((path) => /(^|\/)(zh|en)\.json$/.test(path))
      .map((path) => dirname(path)),
  ),
]
const all = new Set(files())
const lonely = folders.filter((folder) => !all.has(`${folder}/zh.json`) || !all.has(`${folder}/en.json`))
const pairs = folders.filter((folder) => !lonely.includes(folder))

const uses: Uses = { asked: new Map(), strings: new Set(), prefixes: new Map(), errorCodes: new Map() }
for (const path of all)
  if (isTypeScript(path) && path.startsWith('src/') && !isTest(path)) collect(parse(path), uses)

/** Where a key's text stands; a key may be named with its namespace, `visits:board.title`. */
const known = new Map<string, string>()
const findings: string[] = []
for (const folder of pairs.filter((path) => path.startsWith('src/'))) {
  for (const key of new Set([...load(`${folder}/zh.json`).keys()].map((name) => name.replace(plural, '')))) {
    const before = known.get(key)
    if (before) findings.push(`${folder}: key ${key} stands in ${before}, too`)
    known.set(key, folder)
  }
}
const bare = (key: string): string => key.replace(/^[\w-]+:/, '').replace(plural, '')
const mentioned = new Set([...uses.asked.keys(), ...uses.strings].map(bare))
const isUsed = (key: string): boolean => {
  if (mentioned.has(key)) return true
  if (key.startsWith('error.')) {
    // A code may also be the browser's own, such as an unreachable network; then it stands in the code as a string.
    const code = key.slice('error.'.length)
    return uses.errorCodes.has(code) || mentioned.has(code)
  }
  return [...uses.prefixes.keys()].some((prefix) => key.startsWith(bare(prefix)))
}

report([
  ...lonely.map((folder) => `${folder}: zh.json and en.json belong together, one is missing`),
  ...pairs.flatMap(comparePair),
  ...findings,
  ...[...uses.asked]
    .filter(([key]) => !known.has(bare(key)))
    .map(([key, at]) => `${at}: no text for key ${key}`),
  ...[...uses.errorCodes]
    .filter(([code]) => !known.has(`error.${code}`))
    .map(([code, at]) => `${at}: no text error.${code}`),
  ...[...known]
    .filter(([key]) => !isUsed(key))
    .map(([key, folder]) => `${folder}: key ${key} is used nowhere`),
])
