import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeholders, situations } from '../rules.ts'
import { fallbackScripts } from '../wording-defaults.ts'
import { fill, fillScript, scriptFor } from './fill.ts'

describe('G7 wording', () => {
  test('G7 names and numbers stand in it, in both languages', () => {
    const script = scriptFor([], fallbackScripts, 'connecting')
    if (script === undefined) throw new Error('no wording')
    const said = fillScript(script, { target: { zh: '客服热线', en: 'the hotline' } })
    expect(said.zh).toBe('好的,我为您转接客服热线,请稍等。')
    expect(said.en).toContain('putting you through to the hotline')
  })

  test('G7 the site’s own goes before the house’s; every situation has one', () => {
    const own = { key: 'greeting', zh: '喂', en: 'Hi', note: { zh: '', en: '' } } as const
    expect(scriptFor([own], fallbackScripts, 'greeting')).toBe(own)
    for (const key of situations) expect(scriptFor([], fallbackScripts, key), key).toBeDefined()
  })

  test('G7 what nobody knows is said in general words', () => {
    expect(fill('{{target}}正在通话', 'zh', { target: '' })).toBe('相关同事正在通话')
    expect(fill('within {{ minutes }} minutes', 'en', {})).toBe('within a few minutes')
  })

  test('G7 nobody ever reads braces to a customer', () => {
    const values = fc.dictionary(fc.constantFrom(...placeholders), fc.constantFrom('', '王芳', '{x}', ' '))
    const part = fc.oneof(
      fc.constantFrom(...placeholders).map((name) => `{{${name}}}`),
      fc.constantFrom('{{', '}}', '{{none}}', '您好,', 'a b'),
    )
    fc.assert(
      fc.property(fc.array(part), fc.constantFrom('zh', 'en'), values, (parts, language, given) => {
        expect(fill(parts.join(''), language, given)).not.toMatch(/\{\{|\}\}/)
      }),
    )
  })
})
