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
  // The lock file leaves hosts out (.npmrc), so that everyone installs from the registry they have.
  { what: 'host of a package registry', pattern: /"resolved": "https?:|\bregistry\.[\w-]+\.\w+|^registry=/ },
  { what: 'unreleased marker', pattern: /\.tmp\.md/ },
]
const findings: string[] = []
for (const path of files()) {
  if (path === self || !readable.test(path)) continue
  const lines = text(path).split('\n')
  for (const [index, line] of lines.entries()) {
    for (const { what, pattern } of rules) {
      const hit = pattern.exec(line)?.[0]
      if (hit) findings.push(`${path}:${index + 1}: ${what}: ${hit}`)
    }
  }
}
report(findings.slice(0, 50))
