import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, Visitor } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The server replaces this with a fresh nonce in every answer of index.html. */
const nonce = '__CSP_NONCE__'

/**
 * Ant Design's table measures scroll bars with a style element that carries no nonce, so the policy would refuse it and
 * report a fault on every register. Gives it the page's nonce; stops the build when the place has changed.
 */
function scrollBarNonce(): Plugin {
  return {
    name: 'foyer-scroll-bar-nonce',
    apply: 'build',
    transform: {
      filter: { id: /@rc-component\/util\/es\/getScrollBarSize\.js$/ },
      handler(code) {
        const mended = code.replace(
          '}`, randomId);',
          `}\`, randomId, { csp: { nonce: document.querySelector('meta[property="csp-nonce"]')?.nonce } });`,
        )
        if (mended === code) this.error('getScrollBarSize has changed: does it take a nonce now?')
        return { code: mended, map: null }
      },
    },
  }
}

/**
 * A contract carries its own API text; the browser shows none of it. Left in, it would be a tenth of what a gate loads
 * before its first screen stands.
 */
function contractsWithoutWords(): Plugin {
  const words = new Set(['summary', 'description', 'tag'])
  return {
    name: 'foyer-contracts-without-words',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /\/contract\.ts$/ },
      handler(code) {
        const cuts: [number, number][] = []
        new Visitor({
          Property(node) {
            if (node.key.type !== 'Identifier' || !words.has(node.key.name)) return
            if (
              node.value.type === 'Literal' ||
              node.value.type === 'TemplateLiteral' ||
              node.value.type === 'Identifier'
            )
              cuts.push([node.start, node.end])
          },
          CallExpression(node) {
            if (node.callee.type !== 'MemberExpression' || node.callee.property.type !== 'Identifier') return
            if (node.callee.property.name === 'describe') cuts.push([node.callee.object.end, node.end])
          },
        }).visit(this.parse(code))
        // From the end, so that the places before stay where they are; a comma goes with the property before it.
        let short = code
        for (const [from, to] of cuts.sort((a, b) => b[0] - a[0])) {
          const comma = short[from] === '.' ? 0 : (/^\s*,/.exec(short.slice(to))?.[0].length ?? 0)
          short = short.slice(0, from) + short.slice(to + comma)
        }
        return { code: short, map: null }
      },
    },
  }
}

/** What gate, desk and kiosk open without a server: their shells, pages and words, and whatever those need. */
const offline =
  /apps\/web\/(main\.tsx|kiosk\/|offline\.ts|sign-out\.ts|shell\/(gate|desk|kiosk)-shell\.tsx|texts\/|screens\/(home|sign-in|outbox|kiosk))|\/ui-kit\/(draft(s|-store)\.ts|key-list)|\/ui\/(gate|kiosk|muster|offline)\/|visits\/ui\/desk\/(console|inside)\.tsx/

/** Puts the list of files with one version for all into the worker (src/apps/web/worker/service-worker.ts). */
function offlineFiles(): Plugin {
  const worker = 'service-worker.js'
  return {
    name: 'foyer-offline-files',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: here('./src/apps/web/worker/service-worker.ts'), fileName: worker })
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = new Set<string>()
        const take = (name: string) => {
          const part = bundle[name]
          if (part === undefined || files.has(`/${name}`) || name === worker) return
          files.add(`/${name}`)
          if (part.type !== 'chunk') return
          for (const next of part.imports) take(next)
          for (const file of part.viteMetadata?.importedCss ?? []) take(file)
          for (const file of part.viteMetadata?.importedAssets ?? []) take(file)
        }
        for (const part of Object.values(bundle))
          if (
            part.type === 'chunk' &&
            [part.facadeModuleId, ...part.moduleIds].some((id) => id && offline.test(id))
          )
            take(part.fileName)
        for (const name of Object.keys(bundle)) if (/-latin-[^/]*\.woff2$/.test(name)) take(name)
        const code = bundle[worker]
        if (code?.type !== 'chunk' || code.imports.length > 0) this.error('the worker stands alone')
        const list = [...files].sort()
        const version = createHash('sha256').update(list.join()).digest('hex').slice(0, 12)
        const filled = code.code.replace(/(["'`])__FOYER_FILES__\1/, JSON.stringify({ version, files: list }))
        if (filled === code.code) this.error('the worker has no place for its list')
        code.code = filled
      },
    },
  }
}

export default defineConfig(({ command }) => ({
  root: here('./src/apps/web'),
  cacheDir: here('./node_modules/.vite'),
  plugins: [react(), scrollBarNonce(), contractsWithoutWords(), offlineFiles()],
  resolve: { alias: [{ find: /^zod$/, replacement: here('./src/apps/web/zod-shapes.ts') }] },
  // In development nothing replaces the placeholder and no policy is sent, so it is left out.
  html: command === 'build' ? { cspNonce: nonce } : {},
  build: {
    outDir: here('./dist/web'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // Data URLs for fonts and pictures would need `data:` in the policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    // A page's own parts are asked for by the page: naming them all beforehand costs every first load 3 KB. Style sheets stay.
    modulePreload: {
      resolveDependencies: (_file, parts, { hostType }) =>
        hostType === 'js' ? parts.filter((part) => part.endsWith('.css')) : parts,
    },
    rolldownOptions: {
      input: { main: here('./src/apps/web/index.html'), kiosk: here('./src/apps/web/kiosk.html') },
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            {
              name: 'app-base',
              test: /node_modules\/(@tanstack|i18next|react-i18next|html-parse-stringify)\//,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    fs: { allow: [here('.')] },
    proxy: { '/api': { target: 'http://127.0.0.1:8080', changeOrigin: false } },
  },
}))
