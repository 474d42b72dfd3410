import { systemActor } from '../actor.ts'
import { type Kernel, systemCtx } from '../kernel.ts'
import { type Ctx, command, query } from '../work/command.ts'
import { lastSeal, sealedTotal, waitingAfter } from './seal-store.ts'
import { lastCheck } from './store.ts'
import { verify } from './verify.ts'

export async function sealStatus(ctx: Ctx) {
  const sql = query(ctx)
  const [last, total, checked] = await Promise.all([
    sql.maybe(lastSeal()),
    sql.one(sealedTotal()),
    sql.maybe(lastCheck()),
  ])
  const waiting = await sql.one(waitingAfter({ xid: last?.uptoXid ?? '0', id: last?.uptoId ?? 0 }))
  const hash = checked?.after?.head
  return {
    head: last === undefined ? null : { no: last.no, hash: last.hash, sealedAt: last.sealedAt.toISOString() },
    sealed: total.entries,
    waiting: waiting.entries,
    waitingSince: waiting.oldest?.toISOString() ?? null,
    checked:
      checked === undefined
        ? null
        : {
            at: checked.at.toISOString(),
            ok: checked.action === 'journal.verified',
            head: typeof hash === 'string' ? hash : null,
          },
  }
}

/** Every night, in the journal itself: a broken chain shows in the audit view, and the head is kept in the backups. */
export async function checkSeals(kernel: Kernel): Promise<void> {
  const found = await verify(kernel.sql)
  if (!found.ok) kernel.log.error({ problems: found.problems.slice(0, 20) }, 'the journal was tampered with')
  await command(systemCtx(kernel, '', systemActor), async (work) => {
    work.journal({
      entity: 'journal',
      entityId: 'seals',
      action: found.ok ? 'journal.verified' : 'journal.tampered',
      after: {
        head: found.head?.hash ?? null,
        seals: found.seals,
        entries: found.entries,
        ...(found.ok ? {} : { problems: found.problems.slice(0, 100) }),
      },
    })
  })
}
