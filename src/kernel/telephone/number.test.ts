import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskNumber } from './mask.ts'
import { showNumber, telephoneNumber } from './number.ts'

const read = (text: string) => {
  const found = telephoneNumber(text)
  return found === null ? null : [found.number, found.kind, found.extension]
}

describe('C2, C5 one form for every spelling', () => {
  test.each([
    ['13812345678', '+8613812345678'],
    ['138 1234 5678', '+8613812345678'],
    ['138-1234-5678', '+8613812345678'],
    ['+86 138 1234 5678', '+8613812345678'],
    ['86 138 1234 5678', '+8613812345678'],
    ['008613812345678', '+8613812345678'],
    ['013812345678', '+8613812345678'],
    ['1795113812345678', '+8613812345678'],
    ['1259313812345678', '+8613812345678'],
    ['１３８１２３４５６７８', '+8613812345678'],
    ['电话:13812345678', '+8613812345678'],
    ['手机:138 1234 5678', '+8613812345678'],
    ['\u202d138 1234 5678\u202c', '+8613812345678'],
    ['13812345678.0', '+8613812345678'],
    // A range newer than any table of numbers.
    ['19012345678', '+8619012345678'],
    ['14112345678', '+8614112345678'],
  ])('mobile %s', (typed, number) => {
    expect(read(typed)).toEqual([number, 'mobile', ''])
  })

  test.each([
    ['0755-66668000', '+8675566668000', ''],
    ['075566668000', '+8675566668000', ''],
    ['(0755) 6666 8000', '+8675566668000', ''],
    ['(0755)66668000', '+8675566668000', ''],
    ['0755-6666-8000', '+8675566668000', ''],
    ['86-755-66668000', '+8675566668000', ''],
    ['+86 0755 66668000', '+8675566668000', ''],
    ['+86(0)755-66668000', '+8675566668000', ''],
    ['0086-755-66668000', '+8675566668000', ''],
    ['17951075566668000', '+8675566668000', ''],
    ['010-66668000', '+861066668000', ''],
    ['0311-85551234', '+8631185551234', ''],
    ['0755-66668000-8130', '+8675566668000', '8130'],
    ['0755-6666-8000-8130', '+8675566668000', '8130'],
    ['0755—66668000—8130', '+8675566668000', '8130'],
    ['0755-66668000转8130', '+8675566668000', '8130'],
    ['0755-66668000 转分机 8130', '+8675566668000', '8130'],
    ['0755-66668000 分机:8130', '+8675566668000', '8130'],
    ['0755 66668000 ext. 8130', '+8675566668000', '8130'],
    ['0755 66668000 x8130', '+8675566668000', '8130'],
    ['0755-66668000*8130', '+8675566668000', '8130'],
    ['+86-755-66668000;ext=8130', '+8675566668000', '8130'],
  ])('landline %s', (typed, number, extension) => {
    expect(read(typed)).toEqual([number, 'landline', extension])
  })

  test.each([
    ['95588', '95588'],
    ['+8695588', '95588'],
    ['12345', '12345'],
    ['110', '110'],
    ['119', '119'],
    ['120', '120'],
    ['10086', '10086'],
    ['10000', '10000'],
    ['11185', '11185'],
    ['118114', '118114'],
    ['96110', '96110'],
    ['10100000', '10100000'],
    ['106575001234', '106575001234'],
    ['400-810-6666', '4008106666'],
    ['4008-106-666', '4008106666'],
    ['+864008106666', '4008106666'],
    ['800 810 6666', '8008106666'],
  ])('service number %s', (typed, number) => {
    expect(read(typed)).toEqual([number, 'service', ''])
  })

  test('a service has extensions too', () => {
    expect(read('400-810-6666-8')).toEqual(['4008106666', 'service', '8'])
    expect(read('4008106666转8130')).toEqual(['4008106666', 'service', '8130'])
  })

  test.each([
    ['8130', '8130'],
    ['转8130', '8130'],
    ['分机 8130', '8130'],
    ['ext 8130', '8130'],
    ['189', '189'],
    ['890', '890'],
    ['802233', '802233'],
  ])('extension %s', (typed, number) => {
    expect(read(typed)).toEqual([number, 'extension', ''])
  })

  test.each([
    ['+852 9123 4567', '+85291234567', 'mobile'],
    ['00852 9123 4567', '+85291234567', 'mobile'],
    ['+1 (415) 555-2671', '+14155552671', 'other'],
    ['+44 7911 123456', '+447911123456', 'mobile'],
    // Without its area code nobody can call it from elsewhere, but it is the same number again.
    ['66668000', '66668000', 'other'],
    ['912-3456', '9123456', 'other'],
  ])('others %s', (typed, number, kind) => {
    expect(read(typed)).toEqual([number, kind, ''])
  })

  test.each([
    '',
    ' ',
    'anonymous',
    '未知',
    '1',
    '13',
    'asterisk',
    '13812345678/13987654321',
    '++86',
    '转',
    'ext',
  ])('no number: %j', (typed) => {
    expect(telephoneNumber(typed)).toBeNull()
  })

  test('the digit for an outside line is taken off only where the exchange leaves it', () => {
    expect(telephoneNumber('913812345678')?.kind).toBe('other')
    expect(telephoneNumber('913812345678', { outsideLine: '9' })?.number).toBe('+8613812345678')
    expect(telephoneNumber('0075566668000', { outsideLine: '0' })?.number).toBe('+8675566668000')
    expect(telephoneNumber('075566668000', { outsideLine: '0' })?.number).toBe('+8675566668000')
    expect(telephoneNumber('995588', { outsideLine: '9' })?.number).toBe('95588')
    expect(telephoneNumber('95588', { outsideLine: '9' })?.number).toBe('95588')
    expect(telephoneNumber('8130', { outsideLine: '8' })?.number).toBe('8130')
  })
})

/** Anything a sheet, an exchange or a hurried hand may hold. */
const numberText = fc.oneof(
  fc.stringMatching(/^1[3-9]\d{9}$/),
  fc.stringMatching(/^0(10|2\d|[3-9]\d\d)[2-8]\d{6,7}$/),
  fc.stringMatching(/^\+?\d{2,16}$/),
  fc.stringMatching(/^[48]00\d{7}$/),
  fc.stringMatching(/^0\d{2,3}-\d{7,8}-\d{1,5}$/),
  fc.stringMatching(/^[\d ()+\-转x.]{1,24}$/),
  fc.string(),
)

describe('properties of every number', () => {
  test('what was read once is read the same again, however it is shown', () => {
    fc.assert(
      fc.property(numberText, (text) => {
        const once = telephoneNumber(text)
        if (once === null) return
        const again = telephoneNumber(once.number)
        expect(again).toEqual({ ...once, extension: '' })
        expect(telephoneNumber(showNumber(once.number))?.number).toBe(once.number)
      }),
      { numRuns: 3000 },
    )
  })

  test('only digits and a plus come out', () => {
    fc.assert(
      fc.property(numberText, (text) => {
        const once = telephoneNumber(text)
        if (once === null) return
        expect(once.number).toMatch(/^\+?\d{2,20}$/)
        expect(once.extension).toMatch(/^\d{0,6}$/)
      }),
      { numRuns: 2000 },
    )
  })

  test('spaces, dashes and brackets change nothing in a mobile number', () => {
    const gap = fc.constantFrom('', ' ', '-', '  ')
    fc.assert(
      fc.property(
        fc.stringMatching(/^1[3-9]\d{9}$/),
        fc.array(gap, { minLength: 3, maxLength: 3 }),
        (digits, gaps) => {
          const typed = `${digits.slice(0, 3)}${gaps[0]}${digits.slice(3, 7)}${gaps[1]}${digits.slice(7)}`
          expect(telephoneNumber(typed)?.number).toBe(`+86${digits}`)
        },
      ),
    )
  })
})

describe('G5 one masking for everything', () => {
  test.each([
    ['+8613712345678', '137****5678'],
    ['+8675566668000', '0755****8000'],
    ['+861066668000', '010****8000'],
    ['+8631185551234', '0311****1234'],
    ['+85291234567', '+852****4567'],
    ['+14155552671', '+1****2671'],
    ['+447911123456', '+44****3456'],
    ['66668000', '66****00'],
    ['8171', '8171'],
    ['95588', '95588'],
    ['4008106666', '4008106666'],
    ['', ''],
  ])('%s → %s', (number, masked) => {
    expect(maskNumber(number)).toBe(masked)
  })

  test('nobody can be called by what is shown', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+861[3-9]\d{9}$/), (number) => {
        expect(maskNumber(number)).toHaveLength(11)
        expect(telephoneNumber(maskNumber(number))).toBeNull()
      }),
    )
  })

  test.each([
    ['+8613812345678', '138 1234 5678'],
    ['+8675566668000', '0755-6666 8000'],
    ['4008106666', '400-810-6666'],
    ['95588', '95588'],
    ['8130', '8130'],
    ['+85291234567', '+852 9123 4567'],
  ])('%s is shown as %s', (number, shown) => {
    expect(showNumber(number)).toBe(shown)
  })
})
