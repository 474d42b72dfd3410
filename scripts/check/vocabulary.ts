/** Nothing in the project may depend on the machine it was written on: no absolute home, no registry of one's own. */
import { files, report, text } from './source.ts'

const self = 'scripts/check/vocabulary.ts'
const readable =
  /\.(ts|tsx|mjs|js|json|sql|md|css|html|svg|yaml|yml|csv|txt)$|(^|\/)(Dockerfile|\.dockerignore|\.gitignore|\.editorconfig|run|\.npmrc)$/
const rules: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'path of one machine',
    pattern: /(?<![\w.~-])\/(work|root)\/[\w.-]+|\/home\/(?!node\b|foyer\b)\w+|\/Users\/\w+/,
  },
  { what: 'unreleased marker', pattern: /\.tmp\.md/ },
]
/** The lock file names the public registry and no other, so that it installs everywhere. */
const foreignRegistry = /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)([^"]+)"/

const findings: string[] = []
for (const path of files()) {
  if (path === self || path === 'docs/CONVENTIONS.tmp.md' || !readable.test(path)) continue
  const lines = text(path).split('\n')
  for (const [index, line] of lines.entries()) {
    if (path === 'package-lock.json') {
      const host = foreignRegistry.exec(line)?.[1]
      if (host) findings.push(`${path}:${index + 1}: package from ${host}, not from the public registry`)
      continue
    }
    for (const { what, pattern } of rules) {
      const hit = pattern.exec(line)?.[0]
      if (hit) findings.push(`${path}:${index + 1}: ${what}: ${hit}`)
    }
    const registry = /(registry\.[\w.-]+|\b[\w-]+\.npmmirror\.com|npm config set registry|^registry=)/.exec(
      line,
    )?.[0]
    if (registry) findings.push(`${path}:${index + 1}: names a package registry: ${registry}`)
  }
}
report(findings.slice(0, 50))
