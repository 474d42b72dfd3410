import { expect, test } from 'vitest'
import type { Ctx } from '../../../kernel/work/command.ts'
import { visits } from '../contract.ts'
import { plateOf } from './particulars.ts'

const here = { occurred: null } as Ctx
const away = { occurred: { at: new Date(0), device: 'gate-1' } } as unknown as Ctx

test('V19 one spelling of a plate; what is none names its field, unless somebody stated that it is another one', () => {
  expect(plateOf(here, '粤b·12345', undefined)).toBe('粤B12345')
  expect(plateOf(here, ' 粤A D12345 ', false)).toBe('粤AD12345')
  expect(plateOf(here, '', undefined)).toBe('')
  expect(() => plateOf(here, 'AB-123-CD', undefined)).toThrow(
    expect.objectContaining({ code: 'input.invalid', fields: [{ path: 'plate', code: 'plate' }] }),
  )
  expect(plateOf(here, 'AB-123-CD', true)).toBe('AB123CD')
})

test('V19 what a device took down without a server is kept, whatever the plate', () => {
  expect(plateOf(away, '粤B·12345', undefined)).toBe('粤B12345')
  expect(plateOf(away, 'AB-123-CD', undefined)).toBe('AB123CD')
  expect(plateOf(away, '?', undefined)).toBe('?')
})

test('G4 a correction sends only what it changes', () => {
  expect(visits.edit.body.parse({ version: 3, visitorName: '张 伟' })).toEqual({
    version: 3,
    visitorName: '张 伟',
  })
})
