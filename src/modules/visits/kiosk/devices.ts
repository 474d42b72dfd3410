/** The browser in the lobby: a secret in a cookie no script can read, good for this kiosk's own routes and nothing else. */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { ResolveActor } from '../../../kernel/http/bind.ts'
import type { Kernel } from '../../../kernel/kernel.ts'
import * as store from './store.ts'

const cookieName = 'foyer.kiosk'
const days = 400
const seenEveryMs = 30_000

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
export const newSecret = (): string => randomBytes(32).toString('base64url')
export const newPin = (): string => String(randomInt(1_000_000)).padStart(6, '0')

export const pairingIndex = (kernel: Kernel, code: string): string =>
  kernel.secrets.blindIndex(`kiosk-pairing:${code.toUpperCase().replace(/[\s-]/g, '')}`)
export const pinIndex = (kernel: Kernel, id: string, pin: string): string =>
  kernel.secrets.blindIndex(`kiosk-pin:${id}:${pin}`)

function cookie(kernel: Kernel, value: string, seconds: number): string {
  const secure = kernel.config.publicUrl?.startsWith('https:') ? '; Secure' : ''
  return `${cookieName}=${value}; Path=/api; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`
}

export const setCookie = (kernel: Kernel, id: string, secret: string): string =>
  cookie(kernel, `${id}.${secret}`, days * 86_400)
export const dropCookie = (kernel: Kernel): string => cookie(kernel, '', 0)

const form = /^([0-9a-f-]{36})\.([\w-]{43})$/

function proofOf(request: FastifyRequest): { id: string; secret: string } | undefined {
  const found = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookieName}=`))
  const [, id, secret] = form.exec(found?.slice(cookieName.length + 1) ?? '') ?? []
  return id === undefined || secret === undefined ? undefined : { id, secret }
}

/** Asked at each request, without a cache: revoked is out at once. */
export function kioskActors(kernel: Kernel): ResolveActor {
  return async (request) => {
    const proof = proofOf(request)
    if (proof === undefined) return null
    const kiosk = await kernel.sql.maybe(store.pairedKiosk(proof.id, hashOf(proof.secret)))
    if (kiosk === undefined) return null
    const now = kernel.clock.now()
    if (now.getTime() - (kiosk.lastSeenAt?.getTime() ?? 0) > seenEveryMs) {
      await kernel.sql.run(store.seen(kiosk.id, now))
    }
    return {
      kind: 'device',
      id: kiosk.id,
      name: kiosk.name,
      employeeId: null,
      roles: new Map([[kiosk.siteId, ['kiosk']]]),
      link: null,
    }
  }
}
