import { describe, expect, test } from 'vitest'
import { changed, conflicts, type Details, nothingTyped, patchOf, type } from './details.ts'

const record: Details = {
  organisation: '',
  contactName: '',
  reason: '',
  contactPhone: '',
  wantedId: '',
  wantedName: '',
  contactId: '',
  customerId: '',
}

describe('two write down the same call at once (C2, G4)', () => {
  const mine = type(type(nothingTyped, record, { organisation: '蓝' }), record, { organisation: '蓝湾' })

  test('only what was touched is sent', () => {
    expect(changed(mine, record)).toEqual(['organisation'])
    expect(patchOf(mine, changed(mine, record))).toEqual({ organisation: '蓝湾' })
  })

  test('different fields come together without a question', () => {
    const theirs = { ...record, reason: '问报价' }
    expect(conflicts(mine, theirs)).toEqual([])
    expect(changed(mine, theirs)).toEqual(['organisation'])
  })

  test('the same field is asked about, unless both wrote the same', () => {
    expect(conflicts(mine, { ...record, organisation: '华信' })).toEqual(['organisation'])
    expect(conflicts(mine, { ...record, organisation: '蓝湾' })).toEqual([])
  })

  test('spaces around are no change', () => {
    expect(changed(type(nothingTyped, record, { reason: '  ' }), record)).toEqual([])
  })

  test('nobody is wanted any more: null, not an empty id', () => {
    const known = { ...record, wantedId: 'a', wantedName: '赵敏' }
    const draft = type(nothingTyped, known, { wantedId: '', wantedName: '' })
    expect(patchOf(draft, changed(draft, known))).toEqual({ wantedId: null })
  })
})
