/** Every command on a visit: shown at once, sent, told with an undo, taken back from the screen when it failed. */
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteCall, RouteSpec } from '../../../kernel/contract.ts'
import { call } from '../../../ui-kit/client.ts'
import { ApiProblem } from '../../../ui-kit/problem.ts'
import { problemText } from '../../../ui-kit/problem-text.ts'
import { useSessionIfAny } from '../../../ui-kit/session.ts'
import { showToast } from '../../../ui-kit/toast.tsx'
import type { VisitCard } from '../card/contract.ts'
import { visits } from '../contract.ts'
import type { VisitStatus } from '../rules.ts'
import { stay } from '../stay/contract.ts'
import { type Board, placeOnBoard } from './board.ts'
import { ownCommands, placeVisit, visitKeys } from './queries.ts'

type Body<S extends RouteSpec> = RouteCall<S>['body']
export type Subject = Pick<VisitCard, 'id' | 'visitorName'> & Partial<VisitCard>
export type Outcome = { ok: true; visit: VisitCard } | { ok: false; fault: unknown }

interface Step {
  subject: Subject
  send: () => Promise<VisitCard>
  /** Said when it is done; empty: the screen says it itself. */
  done: string
  /** Where the card goes before the answer comes. */
  shows?: VisitStatus
  /** Faults of these codes are the caller's to explain beside its form. */
  explains?: readonly string[] | 'all'
}

const news = 5000

export function useVisitCommands() {
  const client = useQueryClient()
  const { t } = useTranslation()
  const session = useSessionIfAny()
  const me = session?.user.employeeId ?? null
  const atDesk = session?.actions.includes('visit.register') ?? false

  return useMemo(() => {
    async function run({ subject, send, done, shows, explains = [] }: Step): Promise<Outcome> {
      const { id } = subject
      ownCommands.add(id)
      const before = client.getQueryData<Board>(visitKeys.board)
      if (shows && before) {
        const card = before.items.find((item) => item.id === id)
        // Nothing more may be pressed on it until the server has said what may follow.
        if (card)
          client.setQueryData(visitKeys.board, placeOnBoard(before, { ...card, status: shows, can: {} }))
      }
      try {
        const visit = await send()
        placeVisit(client, visit)
        if (done)
          showToast({ text: done, undo: visit.can.undo ? () => void commands.undo(visit) : undefined })
        return { ok: true, visit }
      } catch (fault) {
        if (shows && before) client.setQueryData(visitKeys.board, before)
        const explained = explains === 'all' || (fault instanceof ApiProblem && explains.includes(fault.code))
        if (!explained) showToast({ text: problemText(t, fault), tone: 'alarm', seconds: 8 })
        return { ok: false, fault }
      } finally {
        void client.invalidateQueries({ queryKey: visitKeys.all })
        setTimeout(() => ownCommands.delete(id), news)
      }
    }

    const said = (key: string, subject: Subject, more: Record<string, unknown> = {}) =>
      t(`visit.done.${key}`, { name: subject.visitorName, ...more })
    /** Written down at desk or gate after a call; hosts, also from a signed link, give their own word. */
    const how = (subject: Subject) => (atDesk && subject.askedId !== me ? { how: 'phone' as const } : {})

    const commands = {
      register: (body: Body<typeof visits.register>) =>
        run({
          subject: { id: body.id ?? '', visitorName: body.visitorName },
          send: () => call(visits.register, { body }),
          done: '',
          explains: 'all',
        }),
      announce: (body: Body<typeof visits.announce>) =>
        run({
          subject: { id: body.id ?? '', visitorName: body.visitorName },
          send: () => call(visits.announce, { body }),
          done: said('announce', { id: '', visitorName: body.visitorName }),
          explains: 'all',
        }),
      edit: (subject: Subject, body: Body<typeof visits.edit>) =>
        run({
          subject,
          send: () => call(visits.edit, { params: { id: subject.id }, body }),
          done: said('edit', subject),
          explains: 'all',
        }),
      checkIn: (subject: Subject, body: Body<typeof visits.checkIn> = {}) =>
        run({
          subject,
          send: () => call(visits.checkIn, { params: { id: subject.id }, body }),
          done: said('checkIn', subject),
        }),
      receive: (subject: Subject) =>
        run({
          subject,
          send: () =>
            call(stay.answer, { params: { id: subject.id }, body: { answer: 'receive', ...how(subject) } }),
          done: said('receive', subject),
          shows: 'admitted',
        }),
      wait: (subject: Subject, minutes: number) =>
        run({
          subject,
          send: () =>
            call(stay.answer, {
              params: { id: subject.id },
              body: { answer: 'wait', minutes, ...how(subject) },
            }),
          done: said('wait', subject, { minutes }),
          shows: 'admitted',
        }),
      delegate: (subject: Subject, toId: string, toName: string) =>
        run({
          subject,
          send: () =>
            call(stay.answer, {
              params: { id: subject.id },
              body: { answer: 'delegate', toId, ...how(subject) },
            }),
          done: said('delegate', subject, { to: toName }),
        }),
      decline: (subject: Subject, reason: string) =>
        run({
          subject,
          send: () =>
            call(stay.answer, {
              params: { id: subject.id },
              body: { answer: 'decline', reason, ...how(subject) },
            }),
          done: said('decline', subject),
        }),
      redirect: (subject: Subject, toId?: string) =>
        run({
          subject,
          send: () =>
            call(stay.redirect, { params: { id: subject.id }, body: toId === undefined ? {} : { toId } }),
          done: said('redirect', subject),
        }),
      remind: (subject: Subject) =>
        run({
          subject,
          send: () => call(stay.remind, { params: { id: subject.id } }),
          done: said('remind', subject, { host: subject.receiverName || subject.hostName || '' }),
        }),
      checkDocument: (subject: Subject, body: Body<typeof stay.checkDocument>) =>
        run({
          subject,
          send: () => call(stay.checkDocument, { params: { id: subject.id }, body }),
          done: said('checkDocument', subject),
          explains: ['visit.document-invalid', 'input.invalid'],
        }),
      issuePass: (subject: Subject, number?: string) =>
        run({
          subject,
          send: async () => {
            const body = number ? { number } : {}
            return await call(stay.issuePass, { params: { id: subject.id }, body })
          },
          done: said('issuePass', subject),
          explains: number ? ['pass.not-free'] : [],
        }),
      meet: (subject: Subject) =>
        run({
          subject,
          send: () => call(stay.meet, { params: { id: subject.id } }),
          done: said('meet', subject, { host: subject.receiverName || subject.hostName || '' }),
          shows: 'with_host',
        }),
      sign: (subject: Subject, note = '') =>
        run({
          subject,
          send: () => call(stay.sign, { params: { id: subject.id }, body: { note } }),
          done: said('sign', subject),
          shows: subject.status === 'left' ? 'left' : 'signed_off',
        }),
      release: (subject: Subject, body: Body<typeof stay.release>) =>
        run({
          subject,
          send: () => call(stay.release, { params: { id: subject.id }, body }),
          done: said('release', subject),
          explains: ['visit.host-must-confirm'],
          shows: 'left',
        }),
      refuse: (subject: Subject, reason: string, suspicious = false) =>
        run({
          subject,
          send: () => call(stay.refuse, { params: { id: subject.id }, body: { reason, suspicious } }),
          done: said('refuse', subject),
        }),
      cancel: (subject: Subject, reason: string) =>
        run({
          subject,
          send: () => call(stay.cancel, { params: { id: subject.id }, body: { reason } }),
          done: said('cancel', subject),
        }),
      noShow: (subject: Subject) =>
        run({
          subject,
          send: () => call(stay.noShow, { params: { id: subject.id } }),
          done: said('noShow', subject),
        }),
      undo: (subject: Subject): Promise<Outcome> =>
        run({
          subject,
          send: () => call(stay.undo, { params: { id: subject.id } }),
          done: said('undo', subject),
        }),
    }
    return commands
  }, [client, t, me, atDesk])
}

/** The full phone or document number; the server records the look (G5). */
export async function revealField(id: string, field: 'phone' | 'document') {
  const { value } = await call(stay.reveal, { params: { id }, body: { field } })
  return value
}
