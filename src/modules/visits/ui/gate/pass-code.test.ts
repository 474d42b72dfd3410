import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CheckingContext, checkOffline, isSignedCode } from './pass-code.ts'

const site = '018f0000-0000-7000-8000-000000000001'
const visit = '018f0000-0000-7000-8000-000000000002'
const now = Date.parse('2026-11-21T08:00:00Z')
const payload = { s: site, v: visit, n: 'A-017', a: ['接待室'], nbf: now / 1000 - 60, exp: now / 1000 + 3600 }

const coded = (content: object) => btoa(JSON.stringify(content)).replaceAll('=', '')

let context: CheckingContext
let sign: (content: object, kid?: string) => Promise<string>

beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true })
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }
  context = { keys: [jwk], siteId: site, now, subtle: crypto.subtle }
  sign = (content, kid = 'k1') =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'ES256', kid })
      .sign(pair.privateKey)
})

describe('V11: a pass is checked at the gate by the public key alone', () => {
  test('a good one is valid and says number, areas and end', async () => {
    expect(await checkOffline(await sign(payload), context)).toEqual({
      verdict: 'valid',
      pass: {
        visitId: visit,
        number: 'A-017',
        areas: ['接待室'],
        from: now - 60_000,
        until: now + 3_600_000,
      },
      token: 'pass',
    })
  })

  test.each([
    ['expired', { ...payload, exp: now / 1000 - 1 }],
    ['early', { ...payload, nbf: now / 1000 + 600 }],
    ['other-site', { ...payload, s: visit }],
    ['forged', { hello: 'world' }],
  ])('%s', async (verdict, content) => {
    expect((await checkOffline(await sign(content), context)).verdict).toBe(verdict)
  })

  test('altered, unsigned or mangled codes are forged', async () => {
    const [head, , signature] = (await sign(payload)).split('.')
    const other = coded({ ...payload, n: 'A-999', a: [] })
    const none = coded({ alg: 'none' })
    for (const code of [`${head}.${other}.${signature}`, `${none}.${other}.x`, 'a.b.c', '...']) {
      expect(await checkOffline(code, context)).toEqual({ verdict: 'forged', pass: null, token: 'pass' })
    }
  })

  test('an unknown key, or a page without WebCrypto, gives no verdict', async () => {
    const code = await sign(payload, 'k2')
    expect((await checkOffline(code, context)).verdict).toBe('unchecked')
    const good = await sign(payload)
    expect((await checkOffline(good, { ...context, subtle: undefined })).verdict).toBe('unchecked')
  })

  const invitation = { s: site, k: 'K7MX9QPT', exp: now / 1000 + 3600 }
  test.each([
    ['unchecked', invitation, 'k9'],
    ['expired', { ...invitation, exp: now / 1000 - 1 }, 'k9'],
    ['other-site', { ...invitation, s: visit }, 'k9'],
    ['forged', payload, 'k9'],
    ['forged', invitation, 'k1'],
  ])('V13 an invitation without a server: %s', async (verdict, content, kid) => {
    const keys = [...context.keys, { ...context.keys[0], kid: 'k9', purpose: 'invitation' }]
    const found = await checkOffline(await sign(content, kid), { ...context, keys })
    expect(found).toMatchObject({ verdict, pass: null })
    expect(found.token).toBe(kid === 'k9' ? 'invitation' : 'pass')
  })

  test('V13 no door opens by an invitation', async () => {
    const keys = [{ ...context.keys[0], kid: 'k9', purpose: 'invitation' }]
    const door = { areaId: 'x', tree: [] }
    const found = await checkOffline(await sign(invitation, 'k9'), { ...context, keys, door })
    expect(found.verdict).toBe('not-admitted')
  })

  test('V13 what another house signed is foreign, what claims to be ours waits for the server', async () => {
    expect((await checkOffline(await sign({ ...payload, s: visit }, 'k2'), context)).verdict).toBe(
      'other-site',
    )
    expect((await checkOffline(await sign(payload, 'k2'), context)).verdict).toBe('unchecked')
  })

  test('a typed number is not a signed code', async () => {
    expect(isSignedCode('A-017')).toBe(false)
    expect(isSignedCode('1.2')).toBe(false)
    expect(isSignedCode(await sign(payload))).toBe(true)
  })
})
