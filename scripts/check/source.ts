import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ESTree, parseSync, Visitor } from 'vite'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const skipped = new Set(['node_modules', 'dist', '.git', '.foyer', 'coverage'])

/** All files of the project below `folder`, as paths from its root with forward slashes. */
export function files(folder = '.'): string[] {
  const found: string[] = []
  const walk = (path: string): void => {
    for (const name of readdirSync(path).sort()) {
      if (skipped.has(name)) continue
      const inner = join(path, name)
      const kind = statSync(inner, { throwIfNoEntry: false })
      if (kind?.isDirectory()) walk(inner)
      else if (kind?.isFile()) found.push(relative(root, inner).split(sep).join('/'))
    }
  }
  walk(join(root, folder))
  return found
}

export const isTypeScript = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
export const isTest = (path: string): boolean =>
  /\.(test|e2e)\.tsx?$/.test(path) || /(^|\/)(testing|test-[\w-]+)\.tsx?$/.test(path)

export function text(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

export interface Import {
  /** As written: `./store.ts`, `pg`. */
  readonly specifier: string
  /** Nothing of it remains at run time. */
  readonly typeOnly: boolean
  readonly line: number
}

export interface Source {
  readonly path: string
  readonly text: string
  readonly program: ESTree.Program
  readonly imports: readonly Import[]
  readonly lineAt: (offset: number) => number
}

/** Parsed by the same parser that bundles the web app; the old compiler API is not there in TypeScript 7. */
export function parse(path: string): Source {
  const code = text(path)
  const result = parseSync(basename(path), code, { sourceType: 'module' })
  const problem = result.errors[0]
  if (problem) throw new Error(`${path} cannot be parsed: ${problem.message}`)
  const lineAt = (offset: number): number => code.slice(0, offset).split('\n').length
  const imports: Import[] = []
  const add = (specifier: string, typeOnly: boolean, offset: number): void => {
    imports.push({ specifier, typeOnly, line: lineAt(offset) })
  }
  new Visitor({
    ImportDeclaration(node) {
      const named = node.specifiers.length > 0 && node.specifiers.every(isInlineType)
      add(node.source.value, node.importKind === 'type' || named, node.start)
    },
    ExportNamedDeclaration(node) {
      if (node.source) add(node.source.value, node.exportKind === 'type', node.start)
    },
    ExportAllDeclaration(node) {
      add(node.source.value, node.exportKind === 'type', node.start)
    },
    ImportExpression(node) {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string')
        add(node.source.value, false, node.start)
    },
    TSImportType(node) {
      add(node.source.value, true, node.start)
    },
  }).visit(result.program)
  return { path, text: code, program: result.program, imports, lineAt }
}

function isInlineType(specifier: ESTree.ImportDeclarationSpecifier): boolean {
  return specifier.type === 'ImportSpecifier' && specifier.importKind === 'type'
}

/** Prints findings and sets the exit code; a check says nothing when all is well. */
export function report(findings: readonly string[]): void {
  for (const finding of findings) console.error(finding)
  if (findings.length > 0) process.exitCode = 1
}
