import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import compress from '@fastify/compress'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../kernel/errors.ts'
import { nonceFor } from '../../kernel/http/server.ts'

export const webFolder = fileURLToPath(new URL('../../../dist/web/', import.meta.url))

/** Must match `html.cspNonce` in vite.config.ts. */
const placeholder = '__CSP_NONCE__'

/**
 * Serves the built web app: files under /assets for a year (their names carry a hash), every other path the page
 * itself with this answer's nonce. Without a build the API still runs.
 */
export async function serveWeb(app: FastifyInstance): Promise<void> {
  if (!existsSync(`${webFolder}index.html`)) return
  const page = await readFile(`${webFolder}index.html`, 'utf8')
  // A page of its own, which knows none of the others (kiosk/main.tsx).
  const kiosk = await readFile(`${webFolder}kiosk.html`, 'utf8')
  // Files of the app only: answers are small on the house's own network, and event streams must not be held back.
  await app.register(compress, {
    customTypes: /^(text\/(html|css|javascript)|application\/(javascript|wasm)|image\/svg\+xml)/,
    encodings: ['br', 'gzip'],
  })
  await app.register(fastifyStatic, {
    root: webFolder,
    index: false,
    wildcard: false,
    setHeaders(reply, path) {
      const hashed = path.includes('/assets/')
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const sender = (html: string) => (_request: FastifyRequest, reply: FastifyReply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(html.replaceAll(placeholder, nonceFor(reply)))
  const sendPage = sender(page)
  app.get('/', { schema: { hide: true } }, sendPage)
  app.get('/kiosk', { schema: { hide: true } }, sender(kiosk))
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    if (/^\/(api|assets)(\/|$)/.test(request.url)) throw new DomainError('route.unknown')
    return sendPage(request, reply)
  })
}
