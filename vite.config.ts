import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

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

export default defineConfig(({ command }) => ({
  root: here('./src/apps/web'),
  cacheDir: here('./node_modules/.vite'),
  plugins: [react(), scrollBarNonce()],
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
    rolldownOptions: {
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
