/** Every night, per site: what has been kept its time goes (G5). Batches, so that the desk is never kept waiting. */
import { systemActor } from '../../../kernel/actor.ts'
import { dayAt } from '../../../kernel/calendar/site-day.ts'
import { redactEntries } from '../../../kernel/journal/redact.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { type Ctx, command } from '../../../kernel/work/command.ts'
import { sites } from '../../identity/public.ts'
import { erase } from './erase.ts'
import { keptSince, termOf } from './rules.ts'
import { retentionSetting } from './settings.ts'
import * as store from './store.ts'

const batch = 200
/** Documents and pictures stand in a row of their own in the nightly count. */
const apart = '-'

export async function runRetention(kernel: Kernel): Promise<void> {
  for (const site of await kernel.sql.all(sites())) await runSite(kernel, site.id, site.zone)
}

/** Whoever stood in a list and never came into the books is in nobody's care: their lines go by a term of their own. */
async function forgetImports(ctx: Ctx, day: string, days: number): Promise<void> {
  let importLines: number
  do {
    importLines = await command(ctx, async (work) => {
      const gone = await work.all(store.forgetBadLines(ctx.siteId, keptSince(work.now, days), batch))
      if (gone.length > 0)
        work.journal({
          entity: 'retention',
          entityId: day,
          action: 'retention.ran',
          after: { day, importLines: gone.length },
        })
      return gone.length
    })
  } while (importLines === batch)
}

async function runSite(kernel: Kernel, siteId: string, zone: string): Promise<void> {
  const retention = await kernel.settings.get(siteId, retentionSetting)
  const ctx = systemCtx(kernel, siteId, systemActor)
  const { day } = dayAt(zone, kernel.clock.now())
  for (const { category } of await kernel.sql.all(store.keptByCategory(siteId))) {
    const term = termOf(retention, category)
    let erased: number
    do {
      erased = await command(ctx, async (work) => {
        const due = await work.all(store.visitsDue(siteId, category, keptSince(work.now, term.days), batch))
        const before = keptSince(work.now, term.days)
        const { visits, files } = await erase(work, due, {
          what: term.erase,
          why: 'retention',
          notSeenSince: before,
        })
        if (visits > 0)
          work.write(store.addRun(siteId, { day, category, visits, documents: 0, files }, work.now))
        return visits
      })
    } while (erased === batch)
  }
  let people: number
  do {
    people = await command(ctx, async (work) => {
      const before = keptSince(work.now, retention.days)
      const found = await work.all(store.peopleOfOldPermits(siteId, before, batch))
      const visitorIds = found.map(({ visitor_id }) => visitor_id)
      await erase(work, [], { what: 'person', why: 'retention', visitorIds, notSeenSince: before })
      return visitorIds.length
    })
  } while (people === batch)
  await forgetImports(ctx, day, retention.importDays)
  let more: boolean
  do {
    more = await command(ctx, async (work) => {
      const documents = await work.all(
        store.eraseDocuments(siteId, keptSince(work.now, retention.documentDays), batch),
      )
      const photos = await work.all(
        store.photosBefore(siteId, keptSince(work.now, retention.photoDays), batch),
      )
      const looks = await work.all(store.eraseLooks(siteId, keptSince(work.now, retention.lookDays), batch))
      if (looks.length > 0) {
        const visits = [...new Set(looks.map((one) => one.visit_id))]
        // What was said of the document when it was looked at goes with the look.
        work.write(redactEntries(siteId, 'visit', visits, ['suspicion', 'nameOnDocument'], work.now))
      }
      if (documents.length > 0) {
        work.write(store.forgetDocuments(siteId, [...new Set(documents.map((one) => one.visitor_id))]))
      }
      if (documents.length + photos.length + looks.length > 0) {
        const run = {
          day,
          category: apart,
          visits: 0,
          documents: documents.length + looks.length,
          files: photos.length,
        }
        work.write(store.addRun(siteId, run, work.now))
        work.journal({ entity: 'retention', entityId: day, action: 'retention.ran', after: { ...run } })
      }
      return [documents, looks, photos].some((gone) => gone.length === batch)
    })
  } while (more)
}
