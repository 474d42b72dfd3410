import { describe, expect, test } from 'vitest'
import type { VisitCard } from '../card/contract.ts'
import { type Board, laneOf, matches, placeOnBoard, pressingNow, situationOf, wordingFor } from './board.ts'

const now = Date.parse('2026-03-09T10:00:00+08:00')
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString()
const timings = { waitingMinutes: 10, overstayGraceMinutes: 15 }

function card(part: Partial<VisitCard>): VisitCard {
  return {
    id: part.visitorName ?? 'one',
    number: 'V000001',
    status: 'admitted',
    version: 1,
    category: 'general',
    important: false,
    kind: 'customer',
    visitorId: 'visitor',
    visitorName: '王芳',
    organisation: '华信科技',
    phoneMasked: '139****5678',
    partySize: 1,
    purpose: '',
    hostId: null,
    hostName: '赵敏',
    hostDepartment: '采购部',
    hostExtension: '8402',
    receiverId: null,
    receiverName: '',
    askedName: '',
    askedKind: null,
    askedId: null,
    askedExtension: '',
    askDueAt: null,
    hostReadyAt: null,
    expectedAt: null,
    arrivedAt: ago(1),
    admittedAt: ago(1),
    metAt: null,
    signedAt: null,
    leftAt: null,
    validUntil: null,
    waitingPlace: { zh: '', en: '' },
    areas: [],
    passNumber: null,
    documentChecked: false,
    lateSignature: false,
    plate: '',
    groupTitle: null,
    outstanding: [],
    can: {},
    ...part,
  }
}

describe('what needs somebody this minute', () => {
  test.each<[string, Partial<VisitCard>, string | null]>([
    [
      'V5 the asked person may still answer',
      { status: 'asking', askedKind: 'person', askedId: 'p' },
      'asking',
    ],
    [
      'V5 a department may still answer',
      { status: 'asking', askedKind: 'post', askedId: 'department:d' },
      'asking',
    ],
    [
      'V5 the end of the cascade is the desk',
      { status: 'asking', askedKind: 'post', askedId: 'desk' },
      'unanswered',
    ],
    ['V5 declined: the courteous wording', { status: 'declined' }, 'declined'],
    ['V17 within the limit', { arrivedAt: ago(10) }, null],
    ['V17 over the limit', { arrivedAt: ago(11) }, 'waitingLong'],
    ['V17 counts from when the host wanted to be ready', { arrivedAt: ago(30), hostReadyAt: ago(5) }, null],
    ['V8 document and pass first', { outstanding: ['pass'] }, 'preparing'],
    ['V18 within the grace', { status: 'with_host', validUntil: ago(15) }, null],
    ['V18 past the grace', { status: 'with_host', validUntil: ago(16) }, 'overstay'],
    ['V18 signed, still inside', { status: 'signed_off', validUntil: ago(60) }, 'overstay'],
    ['left is nobody’s business any more', { status: 'left', validUntil: ago(60) }, null],
    ['expected is not here yet', { status: 'expected', validUntil: ago(60) }, null],
  ])('%s', (_, part, situation) => {
    expect(situationOf(card(part), timings, now)).toBe(situation)
  })

  test('the most pressing first, among equals the longest here', () => {
    const list = [
      card({ visitorName: 'c', arrivedAt: ago(20) }),
      card({ visitorName: 'a', status: 'declined' }),
      card({ visitorName: 'b', arrivedAt: ago(40) }),
      card({ visitorName: 'd', status: 'left' }),
    ]
    expect(pressingNow(list, timings, now).map((one) => one.card.visitorName)).toEqual(['a', 'b', 'c'])
  })
})

describe('the board', () => {
  const board: Board = {
    now: ago(0),
    items: [card({ id: 'x', status: 'with_host', partySize: 3 })],
    counts: { with_host: 1, left: 4 },
    inside: 3,
    expectedMore: 0,
  }

  test('V18 a release moves the card and takes the whole party out', () => {
    const after = placeOnBoard(board, card({ id: 'x', status: 'left', partySize: 3 }))
    expect(after.counts).toEqual({ with_host: 0, left: 5 })
    expect(after.inside).toBe(0)
    expect(laneOf(after.items, 'leaving')).toHaveLength(1)
  })

  test('V5 a declined visit leaves the board', () => {
    const asking = { ...board, items: [card({ id: 'y', status: 'asking' })], counts: { asking: 1 } }
    expect(placeOnBoard(asking, card({ id: 'y', status: 'declined' })).items).toEqual([])
  })

  test('V1 a new visit comes onto the board once', () => {
    const once = placeOnBoard(board, card({ id: 'z', status: 'asking' }))
    const twice = placeOnBoard(once, card({ id: 'z', status: 'asking' }))
    expect(twice.items).toHaveLength(2)
    expect(twice.counts).toMatchObject({ asking: 1 })
    expect(twice.inside).toBe(4)
  })

  test('signed ones stand above those who left, the last first', () => {
    const items = [
      card({ visitorName: 'early', status: 'left', leftAt: ago(50) }),
      card({ visitorName: 'late', status: 'left', leftAt: ago(5) }),
      card({ visitorName: 'signed', status: 'signed_off', signedAt: ago(30) }),
    ]
    expect(laneOf(items, 'leaving').map((one) => one.visitorName)).toEqual(['signed', 'late', 'early'])
  })

  test.each(['王', '华信', '赵敏', '5678', ' 采购 '])('finds by %s', (text) => {
    expect(matches(card({}), text)).toBe(true)
  })

  test('finds nothing by what it does not show', () => {
    expect(matches(card({}), '李')).toBe(false)
  })
})

test('G7 every state has its wording', () => {
  expect(wordingFor(undefined)).toEqual(['greeting'])
  expect(wordingFor(card({ status: 'declined' }))).toEqual(['declined'])
  expect(wordingFor(card({ status: 'with_host' }))).toEqual(['exitUnsigned'])
  expect(wordingFor(card({ status: 'with_host', important: true }))).toEqual(['farewell'])
  expect(wordingFor(card({ passNumber: 'A001' }))[0]).toBe('handPass')
  expect(wordingFor(card({ status: 'with_host' }))).toEqual(['exitUnsigned'])
})
