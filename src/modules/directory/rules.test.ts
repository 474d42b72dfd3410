import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extensionOf, mobileOf } from './phone.ts'
import {
  deepest,
  heightOf,
  maskMobile,
  orderConsent,
  pathTo,
  showMobile,
  type TreeNode,
  tooDeep,
  wouldCycle,
} from './rules.ts'
import { isActiveWord, languageCode, wordsOf, yesOrNo } from './sheets/words.ts'

type Tree = Map<string, TreeNode>

/** Any series of moves that the rules let through. */
const moves = fc.array(fc.record({ id: fc.nat(11), parent: fc.option(fc.nat(11)) }), { maxLength: 60 })

describe('department tree', () => {
  test('no series of allowed moves makes a circle or goes too deep', () => {
    fc.assert(
      fc.property(moves, (series) => {
        const nodes: Tree = new Map(
          Array.from({ length: 12 }, (_, n) => [`d${n}`, { id: `d${n}`, parentId: null }]),
        )
        for (const { id, parent } of series) {
          const [node, parentId] = [`d${id}`, parent === null ? null : `d${parent}`]
          if (wouldCycle(nodes, node, parentId) || tooDeep(nodes, node, parentId)) continue
          nodes.set(node, { id: node, parentId })
        }
        for (const node of nodes.values()) {
          const path = pathTo(nodes, node.id)
          expect(path[0]?.parentId).toBeNull()
          expect(path.at(-1)?.id).toBe(node.id)
          expect(path.length).toBeLessThanOrEqual(deepest)
        }
      }),
    )
  })

  test('height counts levels below, the department itself included', () => {
    const nodes: Tree = new Map([
      ['a', { id: 'a', parentId: null }],
      ['b', { id: 'b', parentId: 'a' }],
      ['c', { id: 'c', parentId: 'b' }],
    ])
    expect([heightOf(nodes, 'a'), heightOf(nodes, 'b'), heightOf(nodes, 'c')]).toEqual([3, 2, 1])
    expect(wouldCycle(nodes, 'a', 'c')).toBe(true)
    expect(wouldCycle(nodes, 'c', 'a')).toBe(false)
  })
})

describe('V5 order of consent', () => {
  const id = fc.option(fc.constantFrom('host', 'a', 'b', 'c'))
  test('nobody twice, never the host, the department last', () => {
    fc.assert(
      fc.property(id, id, id, fc.boolean(), (deputy, second, head, placed) => {
        const steps = orderConsent('host', {
          deputyId: deputy,
          deputyName: deputy,
          departmentId: placed ? 'd' : null,
          departmentName: placed ? 'D' : null,
          departmentDeputyId: second,
          departmentDeputyName: second,
          departmentHeadId: head,
          departmentHeadName: head,
        })
        const ids = steps.map((step) => step.id)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).not.toContain('host')
        expect(steps.at(-1)?.kind === 'post').toBe(placed)
        expect(steps.slice(0, -1).every((step) => step.kind === 'person')).toBe(true)
      }),
    )
  })
})

describe('numbers and words of staff lists', () => {
  test.each([
    ['138 1234 5678', '+8613812345678'],
    ['+86 138-1234-5678', '+8613812345678'],
    ['13812345678', '+8613812345678'],
    ['+852 9123 4567', '+85291234567'],
    ['1381234567', undefined],
    ['12345', undefined],
    ['', undefined],
  ])('%s → %s', (text, e164) => {
    expect(mobileOf(text)).toBe(e164)
  })

  test('extensions are short codes', () => {
    expect(['8 133', '189/376', '*61', '8133-2', 'abc', '#'].map(extensionOf)).toEqual([
      '8133',
      undefined,
      '*61',
      '8133-2',
      undefined,
      '#',
    ])
  })

  test('G5 masked: enough to recognise, not enough to call', () => {
    expect(maskMobile('+8613812345678')).toBe('138****5678')
    expect(maskMobile('+85291234567')).toBe('+852****4567')
    expect(showMobile('+8613812345678')).toBe('13812345678')
    expect(showMobile('+85291234567')).toBe('+85291234567')
  })

  test('words', () => {
    expect(wordsOf('英语、日语/粤语; French')).toEqual(['英语', '日语', '粤语', 'French'])
    expect(['英语', 'French', 'ja', '火星话'].map(languageCode)).toEqual(['en', 'fr', 'ja', undefined])
    expect(['是', '√', '', '否', '大概'].map(yesOrNo)).toEqual([true, true, false, false, undefined])
    expect(['在职', '', '离职', 'left', '?'].map(isActiveWord)).toEqual([true, true, false, false, undefined])
  })
})
