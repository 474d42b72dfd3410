/**
 * better-auth under our own table names. It hashes passwords, signs cookies and runs TOTP; nothing of it is reachable
 * from outside: its HTTP handler is not mounted (no sign-up, no name look-up), `sign-in/` calls it in process.
 */
import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { twoFactor, username } from 'better-auth/plugins'
import { newId } from '../../kernel/ids.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { isUsername, lockout, normaliseUsername, password, session } from './rules.ts'

export interface AuthOptions {
  readonly pool: Kernel['plainPool']
  /** At least 32 characters; signs cookies and encrypts TOTP secrets, so losing it signs everyone out. */
  readonly secret: string
  /** True when people reach the server by https; the cookie is then `Secure`. */
  readonly secure: boolean
  readonly clock: () => Date
  /** Asked before any session is made; false closes every way in. */
  readonly mayEnter: (userId: string) => Promise<boolean>
}

export const keyPrefix = 'foyer_'

/** Makes the engine. One per process: it holds no state besides the pool. */
export function createAuth(options: AuthOptions) {
  return betterAuth({
    appName: 'Foyer',
    baseURL: options.secure ? 'https://foyer.invalid' : 'http://foyer.invalid',
    basePath: '/',
    secret: options.secret,
    database: options.pool,
    telemetry: { enabled: false },
    // Expected refusals (wrong password) are ours to journal; better-auth's own lines would name the person.
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: password.min,
      maxPasswordLength: password.max,
    },
    advanced: {
      cookiePrefix: 'foyer',
      useSecureCookies: options.secure,
      database: { generateId: () => newId() },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: ['x-foyer-client'] },
    },
    session: {
      modelName: 'auth_session',
      fields: {
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
      },
      // The cookie outlives the session; the row's expiry decides and slides by itself (actors.ts), because a
      // console that only listens to live updates gets no chance to receive a new cookie.
      expiresIn: session.cookieSeconds,
      disableSessionRefresh: true,
    },
    user: {
      modelName: 'auth_user',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    account: {
      modelName: 'auth_account',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'auth_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    databaseHooks: {
      session: {
        create: {
          // Last door of every way in: password, TOTP, backup code.
          before: async (row) => {
            if (!(await options.mayEnter(row.userId))) {
              throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DISABLED', message: 'account disabled' })
            }
            return { data: { ...row, expiresAt: new Date(options.clock().getTime() + session.lastsMs) } }
          },
        },
      },
    },
    plugins: [
      username({
        minUsernameLength: 2,
        maxUsernameLength: 40,
        usernameNormalization: normaliseUsername,
        usernameValidator: isUsername,
        schema: { user: { fields: { displayUsername: 'display_username' } } },
      }),
      twoFactor({
        issuer: 'Foyer',
        twoFactorCookieMaxAge: 300,
        accountLockout: {
          enabled: true,
          maxFailedAttempts: lockout.tries,
          durationSeconds: lockout.lockMs / 1000,
        },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'auth_two_factor',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'user_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      apiKey({
        defaultPrefix: keyPrefix,
        rateLimit: { enabled: false },
        schema: {
          apikey: {
            modelName: 'auth_api_key',
            fields: {
              configId: 'config_id',
              referenceId: 'reference_id',
              refillInterval: 'refill_interval',
              refillAmount: 'refill_amount',
              lastRefillAt: 'last_refill_at',
              rateLimitEnabled: 'rate_limit_enabled',
              rateLimitTimeWindow: 'rate_limit_time_window',
              rateLimitMax: 'rate_limit_max',
              requestCount: 'request_count',
              lastRequest: 'last_request',
              expiresAt: 'expires_at',
              createdAt: 'created_at',
              updatedAt: 'updated_at',
            },
          },
        },
      }),
    ],
  })
}

export type Auth = ReturnType<typeof createAuth>
