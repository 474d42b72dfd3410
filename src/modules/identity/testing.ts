/** A house on a real PostgreSQL with one administrator, for identity's tests. */
import { createOTP } from '@better-auth/utils/otp'
import { expect } from 'vitest'
import { testApp } from '../../apps/server/testing.ts'
import { directoryModule } from '../directory/module.ts'
import { identityRoutes as routes } from './contract.ts'
import { identityModule } from './module.ts'

export const admin = { username: 'admin', password: 'correct horse battery' }
export const password = 'green tea at eight'
export const setupBody = { siteName: '总部', adminName: '王芳', preset: 'group', ...admin }

/** Still without any user. */
export async function emptyHouse() {
  // better-auth looks at the wall clock, so the clock of these tests starts there too.
  const app = await testApp({ modules: [identityModule, directoryModule], now: new Date() })
  await app.startBackground()
  let adminCookie = ''

  async function signIn(username: string, word: string) {
    const answer = await app.call(routes.signIn, { body: { username, password: word } })
    return { ...answer, cookie: cookieOf(answer.headers) }
  }

  const whoAmI = (cookie: string) => app.call(routes.me, {}, { cookie })

  return {
    app,
    signIn,
    whoAmI,
    /** Headers of the administrator. */
    asAdmin: () => ({ cookie: adminCookie }),
    async signInAdmin(): Promise<void> {
      adminCookie = (await signIn(admin.username, admin.password)).cookie
    },
    async newUser(username: string, role: 'receptionist' | 'system_admin' = 'receptionist') {
      const me = await whoAmI(adminCookie)
      const grants = [{ site: me.body.site.id, role }]
      const body = { username, name: username, password, grants }
      const made = await app.call(routes.createUser, { body }, { cookie: adminCookie })
      expect(made.status).toBe(200)
      return made.body
    },
  }
}

export async function house() {
  const made = await emptyHouse()
  expect((await made.app.call(routes.runSetup, { body: setupBody })).status).toBe(200)
  await made.signInAdmin()
  return made
}

export function cookieOf(headers: Record<string, unknown>): string {
  const set = headers['set-cookie']
  const list = Array.isArray(set) ? set.map(String) : set === undefined ? [] : [String(set)]
  return list
    .map((one) => one.split(';')[0] ?? '')
    .filter((one) => !one.endsWith('='))
    .join('; ')
}

export async function until(check: () => Promise<boolean>, ms: number): Promise<number> {
  const start = performance.now()
  while (!(await check())) {
    if (performance.now() - start > ms) throw new Error(`not within ${ms} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return performance.now() - start
}

/** The code an authenticator shows for an `otpauth:` address. */
export async function codeOf(uri: string): Promise<string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let bits = ''
  for (const letter of new URL(uri).searchParams.get('secret') ?? '') {
    bits += letters.indexOf(letter).toString(2).padStart(5, '0')
  }
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []
  return await createOTP(Buffer.from(bytes).toString(), { digits: 6, period: 30 }).totp()
}
