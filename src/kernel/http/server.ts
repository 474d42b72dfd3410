import { randomBytes } from 'node:crypto'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Kernel } from '../kernel.ts'
import { problemHandler } from './problem.ts'

const uploadLimit = 20 * 1024 * 1024

/** The HTTP frame without any module: validation, security headers, limits, OpenAPI, problems. */
export async function httpServer(kernel: Kernel, version: string): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: kernel.log as FastifyBaseLogger,
    genReqId: () => newId(),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    trustProxy: kernel.config.trustProxy,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 3000 },
    requestTimeout: 60_000,
    // A request in flight gets its answer before the end; idle connections are closed at once.
    forceCloseConnections: 'idle',
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(problemHandler(kernel))
  app.setNotFoundHandler({ preHandler: [] }, () => {
    throw new DomainError('route.unknown')
  })
  // An empty body with a JSON content type is "no body", not malformed: browsers send it on commands without one.
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined)
    try {
      done(null, parseJson(String(body)))
    } catch {
      done(new DomainError('input.malformed', { reason: 'json' }))
    }
  })
  await app.register(helmet, securityHeaders())
  await app.register(multipart, { limits: { fileSize: uploadLimit, files: 1, fields: 10, parts: 12 } })
  if (kernel.config.rateLimit > 0) {
    await app.register(rateLimit, {
      max: kernel.config.rateLimit,
      timeWindow: '1 minute',
      keyGenerator: (request) =>
        String(request.headers.authorization ?? request.headers['x-api-key'] ?? request.ip),
      errorResponseBuilder: () => new DomainError('rate.limited'),
    })
  }
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Foyer 门厅',
        version,
        description:
          'The whole product over HTTP. Every command takes an `Idempotency-Key`: the same key with the same request gives the first answer again. Errors are RFC 9457 problem documents; `code` is stable.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'foyer.session_token' },
          key: { type: 'http', scheme: 'bearer', description: 'API key: `Authorization: Bearer <key>`' },
        },
      },
      security: [{ session: [] }, { key: [] }],
    },
    transform: createJsonSchemaTransform({ skipList: [] }),
    transformObject: createJsonSchemaTransformObject({}),
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list' },
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
  guardCrossSite(app)
  keepOutOfCaches(app)
  return app
}

/** `__proto__` and friends have no business in a body; JSON.parse would let them through. */
function parseJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (key === '__proto__' || key === 'constructor') throw new SyntaxError('forbidden key')
    return value
  })
}

function securityHeaders() {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'", nonceOf],
        styleSrc: ["'self'", nonceOf],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' as const },
    // Behind TLS the proxy or the operator turns this on; on plain http it would lock out the next service there.
    strictTransportSecurity: false,
  }
}

const nonces = new WeakMap<object, string>()

function nonceOf(_request: unknown, reply: object): string {
  return `'nonce-${nonceFor(reply)}'`
}

/** The nonce of this answer's policy; the page carries the same one. */
export function nonceFor(reply: object): string {
  const known = nonces.get(reply)
  if (known !== undefined) return known
  const made = randomBytes(16).toString('base64')
  nonces.set(reply, made)
  return made
}

/**
 * A browser says where a request comes from; one that changes something and comes from another site is refused, which
 * together with SameSite cookies makes cross-site request forgery impossible. Programs send neither header.
 */
function guardCrossSite(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new DomainError('auth.csrf')
    const origin = request.headers.origin
    if (origin === undefined) return
    const host = request.headers['x-forwarded-host'] ?? request.headers.host
    if (!URL.canParse(origin) || new URL(origin).host !== host) throw new DomainError('auth.csrf')
  })
}

/** Answers are about people (G5): a browser must not write them to its disk. Files and streams say otherwise for themselves. */
function keepOutOfCaches(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
}
