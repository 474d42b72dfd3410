import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { useSession } from '../../../../ui-kit/session.ts'
import type { EntryVerdict } from '../../areas/check.ts'
import type { VisitCard } from '../../card/contract.ts'
import { passes } from '../../passes/contract.ts'
import type { PassToken } from '../../passes/token.ts'
import type { Board } from '../board.ts'
import { visitKeys } from '../queries.ts'
import { gateAreasQuery } from './door.ts'
import { checkOffline, isSignedCode, type OfflineCheck, type OfflineVerdict } from './pass-code.ts'
import { passKeysQuery } from './pass-keys.ts'

export type Verdict = OfflineVerdict | Exclude<EntryVerdict, 'ok'> | 'unknown'

export interface Scan {
  readonly code: string
  /** `null` while nothing can be said yet. */
  readonly verdict: Verdict | null
  readonly check: OfflineCheck | null
  readonly token: PassToken
  readonly visit: VisitCard | null
  readonly server: 'asked' | 'answered' | 'silent'
  readonly fault: unknown
}

/** A code → first what the key says (also offline), then what the server knows of the pass and its visit. */
export function useScan(areaId: string) {
  const client = useQueryClient()
  const { site } = useSession()
  const { data: keys } = useQuery(passKeysQuery)
  const { data: tree } = useQuery(gateAreasQuery)
  // A door whose area is gone is no door.
  const door = tree.some(({ id }) => id === areaId) ? { areaId, tree } : undefined
  const [scan, setScan] = useState<Scan | null>(null)
  const run = useRef(0)

  const known = useCallback(
    (test: (card: VisitCard) => boolean) =>
      client.getQueryData<Board>(visitKeys.board)?.items.find(test) ?? null,
    [client],
  )

  async function start(raw: string) {
    const code = raw.trim()
    const mine = ++run.current
    const still = (next: Scan) => {
      if (run.current === mine) setScan(next)
    }
    let now: Scan = {
      code,
      verdict: null,
      check: null,
      visit: null,
      server: 'asked',
      fault: null,
      token: 'pass',
    }
    still(now)
    if (isSignedCode(code)) {
      const check = await checkOffline(code, {
        keys,
        siteId: site.id,
        now: serverNow(),
        door,
        subtle: globalThis.crypto.subtle as SubtleCrypto | undefined,
      })
      const visit = check.pass ? known((card) => card.id === check.pass?.visitId) : null
      now = {
        ...now,
        check,
        visit,
        token: check.token,
        verdict: check.verdict === 'unchecked' ? null : check.verdict,
      }
    } else {
      const number = code.toUpperCase()
      now = { ...now, visit: known((card) => card.passNumber?.toUpperCase() === number) }
    }
    still(now)
    try {
      const answer = await call(
        passes.scan,
        { body: { code, ...(door ? { areaId } : {}) } },
        { timeoutMs: 6000 },
      )
      const { verdict, token, visit } = answer
      still({ ...now, verdict, token, visit: visit ?? now.visit, server: 'answered' })
    } catch (fault) {
      // A typed number at a door says nothing about areas without the server.
      const verdict = now.verdict ?? (now.visit && !door ? 'valid' : 'unchecked')
      still({ ...now, verdict, server: 'silent', fault })
    }
  }

  return {
    scan,
    start: (code: string) => void start(code),
    clear: () => {
      run.current++
      setScan(null)
    },
  }
}
