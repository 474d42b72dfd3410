import { resolve } from 'node:path'
import { z } from 'zod'

const environment = z.object({
  FOYER_HOME: z.string().default('./.foyer'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  DATABASE_URL: z.string().url().optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(20),
  FOYER_SECRET: z.string().min(32).optional(),
  PUBLIC_URL: z.string().url().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Requests a minute per caller; 0 turns the limit off (load tests). */
  RATE_LIMIT: z.coerce.number().int().min(0).default(3000),
  SMTP_URL: z.string().url().optional(),
  SMTP_FROM: z.string().default('Foyer <foyer@localhost>'),
  TRUST_PROXY: z.stringbool().default(false),
  /** `npm run demo`: telephones that ring by themselves. */
  DEMO_CALLS: z.stringbool().default(true),
  /** Hosts of the house's own network (`name` or `name:port`, commas between) that webhooks may reach, without TLS too. */
  WEBHOOK_INTRANET: z.string().default(''),
})

export interface Config {
  readonly home: string
  readonly host: string
  readonly port: number
  readonly databaseUrl: string | undefined
  readonly poolSize: number
  readonly secret: string | undefined
  readonly publicUrl: string | undefined
  readonly logLevel: string
  readonly rateLimit: number
  readonly smtpUrl: string | undefined
  readonly smtpFrom: string
  readonly trustProxy: boolean
  readonly demoCalls: boolean
  readonly webhookIntranet: readonly string[]
}

/**
 * Reads the environment once.
 * @throws Error naming every variable that is wrong and why.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is not right:\n${lines.join('\n')}`)
  }
  const e = parsed.data
  return {
    home: resolve(e.FOYER_HOME),
    host: e.HOST,
    port: e.PORT,
    databaseUrl: e.DATABASE_URL,
    poolSize: e.DATABASE_POOL,
    secret: e.FOYER_SECRET,
    publicUrl: e.PUBLIC_URL,
    logLevel: e.LOG_LEVEL,
    rateLimit: e.RATE_LIMIT,
    smtpUrl: e.SMTP_URL,
    smtpFrom: e.SMTP_FROM,
    trustProxy: e.TRUST_PROXY,
    demoCalls: e.DEMO_CALLS,
    webhookIntranet: e.WEBHOOK_INTRANET.split(',')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
  }
}
