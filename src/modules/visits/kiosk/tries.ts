/** Wrong codes, names and PINs at one kiosk are counted and on record; too many, and it asks to go to the desk. */
import { failWith } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { plus } from '../tasks.ts'
import { kioskErrors } from './contract.ts'
import { failureMinutes, isBlocked } from './rules.ts'
import * as store from './store.ts'

const refuse = failWith(kioskErrors)

/** @throws DomainError `kiosk.too-many-tries` */
export async function mustBeFree(ctx: Ctx): Promise<void> {
  const [kiosk] = await query(ctx).all(store.kioskById(ctx.siteId, ctx.actor.id))
  if (kiosk === undefined || isBlocked(kiosk, ctx.kernel.clock.now())) return refuse('kiosk.too-many-tries')
}

/** In a transaction of its own: the refusal that follows must not take the count back. */
export async function countWrong(ctx: Ctx, what: 'code' | 'name' | 'pin' | 'pass' | 'host'): Promise<void> {
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.write(store.countFailure(ctx.actor.id, work.now, plus(work.now, -failureMinutes)))
    work.journal({ entity: 'kiosk', entityId: ctx.actor.id, action: 'kiosk.try-failed', data: { what } })
    return null
  })
}
