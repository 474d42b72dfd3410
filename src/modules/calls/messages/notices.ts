/** Who is told of a message (C6, C10): decided from the journal, after the commit, in the follower's transaction. */
import type { JournalEntry } from '../../../kernel/journal/entry.ts'
import { type Notice, type NoticeMaker, peopleOfOwner } from '../../../kernel/notifications/notice.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { callerText } from '../owners/rules.ts'
import { messageNumber } from './present.ts'
import { findMessage, type MessageRow } from './store.ts'

/** The letter's "seen" and "done" work this long without sign-in. */
const linkHours = 72

interface Told {
  readonly template: string
  /** Whoever did it knows it already. */
  readonly except: string
  readonly email: boolean
}

/** The message as it is now is what counts: one that was read meanwhile is not announced. */
function maker(how: (message: MessageRow, entry: JournalEntry) => Told): NoticeMaker {
  return async (sql, entry, kernel) => {
    if (entry.siteId === null) return []
    const message = await sql.maybe(findMessage(entry.siteId, entry.entityId))
    if (message === undefined || message.status !== 'new') return []
    const told = how(message, entry)
    const owner = { kind: message.to_kind, id: message.to_id }
    const people = await peopleOfOwner(kernel, sql, entry.siteId, owner)
    return people
      .filter((personId) => personId !== told.except)
      .map((personId) => noticeOf(message, entry, told, personId))
  }
}

function noticeOf(message: MessageRow, entry: JournalEntry, told: Told, personId: string): Notice {
  const post = message.to_kind === 'post'
  const phone = message.phone === '' ? '—' : maskNumber(message.phone)
  return {
    personId,
    siteId: message.site_id,
    template: told.template,
    facts: {
      number: messageNumber(message.number),
      caller: callerText(message) || phone,
      phone,
      matter: message.matter,
      takenBy: message.taken_by_name,
      by: entry.actorName,
      at: message.taken_at.toISOString(),
    },
    // Whoever works at a post has its board; a colleague has the slip itself, on whatever they carry.
    link: post ? `/messages?message=${message.id}` : `/host/messages/${message.id}`,
    ...(post ? { post: message.to_id } : { signed: { entity: 'message', id: message.id, hours: linkHours } }),
    ...(told.email ? {} : { email: false }),
  }
}

export const messageNotices: Readonly<Record<string, NoticeMaker>> = {
  'message.taken': maker((message) => ({
    template: message.urgent ? 'message-urgent' : 'message-taken',
    except: message.taken_by,
    email: true,
  })),
  'message.forwarded': maker((_, entry) => {
    const by = entry.data?.byId
    return { template: 'message-forwarded', except: typeof by === 'string' ? by : '', email: true }
  }),
  // They have had it in writing since it was taken; now it pops up before them.
  'message.presented': maker(() => ({ template: 'message-presented', except: '', email: false })),
}
