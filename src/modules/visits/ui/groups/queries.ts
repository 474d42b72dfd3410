import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../../ui-kit/client.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { type GroupDone, groups } from '../../groups/contract.ts'
import type { GroupDetail } from '../../groups/shapes.ts'
import type { VisitStatus } from '../../rules.ts'

export const groupKeys = { all: ['visit-groups'] as const, board: ['visit-groups', 'board'] as const }

export function useGroup(id: string) {
  useLiveInvalidate({ 'visit-group': groupKeys.all, visit: groupKeys.all })
  return useQuery({
    queryKey: [...groupKeys.all, id],
    queryFn: ({ signal }) => call(groups.get, { params: { id } }, { signal }),
  })
}

/** One act at a time; what went wrong is said, and the group is read again either way. */
export function useAct() {
  const client = useQueryClient()
  const { problemText, fieldTexts } = useProblemText()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  async function run<T>(act: () => Promise<T>, said?: (answer: T) => string): Promise<T | undefined> {
    setBusy(true)
    setFault(null)
    try {
      const answer = await act()
      if (said) showToast({ text: said(answer), tone: 'good' })
      return answer
    } catch (problem) {
      setFault(problem)
      showToast({ text: problemText(problem), tone: 'alarm', seconds: 8 })
      return undefined
    } finally {
      setBusy(false)
      await client.invalidateQueries({ queryKey: groupKeys.all })
    }
  }
  return { busy, run, errors: fieldTexts(fault) }
}

/** The answer of one check-in put on the page at once; two hundred and forty times the whole list would be too slow. */
export function usePlaceArrival(groupId: string) {
  const client = useQueryClient()
  return (memberId: string, done: GroupDone) => {
    const status: VisitStatus = done.held > 0 ? 'held' : done.asking > 0 ? 'asking' : 'admitted'
    const passNumber = done.passes.find((one) => one.memberId === memberId)?.number
    client.setQueryData<GroupDetail>([...groupKeys.all, groupId], (old) =>
      // An answer that was overtaken must not count backwards.
      old === undefined || old.version >= done.group.version
        ? old
        : {
            ...done.group,
            members: old.members.map((one) =>
              one.id === memberId ? { ...one, status, passNumber: passNumber ?? one.passNumber } : one,
            ),
          },
    )
  }
}

type Member = GroupDetail['members'][number]

/** What the field at the counter looks through: name, full pinyin, initials, the tails of phone and document, pass, plate. */
export function meant(members: readonly Member[], typed: string): Member[] {
  const text = typed.normalize('NFKC').trim().toLowerCase()
  if (text === '') return []
  const rank = (one: Member) => {
    if (one.visitorName.toLowerCase() === text || one.initials === text) return 0
    if (one.visitorName.toLowerCase().startsWith(text) || one.initials.startsWith(text)) return 1
    if (one.pinyin.startsWith(text)) return 2
    if (/^\d{3,}$/.test(text) && (one.phoneTail.endsWith(text) || one.documentTail.endsWith(text))) return 1
    if (one.passNumber?.toLowerCase() === text || one.plate.toLowerCase() === text) return 1
    return one.visitorName.toLowerCase().includes(text) ? 3 : 9
  }
  return members.filter((one) => rank(one) < 9).sort((a, b) => rank(a) - rank(b))
}
