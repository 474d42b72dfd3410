/** A file becomes part of a record: content on the disk, row and journal entry in the caller's transaction (G4). */
import { newId } from '../ids.ts'
import type { Work } from '../work/command.ts'
import { hashOf } from './disk.ts'
import * as store from './store.ts'

export interface Kept {
  readonly entity: string
  readonly subjectId: string
  readonly name: string
  readonly mediaType: string
  readonly content: Buffer
}

/**
 * Also for files the house makes itself (a signed agreement as PDF): the caller has checked who may, and that the
 * content is what `mediaType` says.
 */
export async function keep(
  work: Work,
  { entity, subjectId, name, mediaType, content }: Kept,
): Promise<store.FileRow> {
  const { ctx } = work
  const sha256 = hashOf(content)
  // Under the lock the nightly sweep cannot take the content away before its row is committed.
  await work.run(store.lockContent(sha256, 'shared'))
  await ctx.kernel.files.put(content)
  const row: store.FileRow = {
    id: newId(),
    siteId: ctx.siteId,
    sha256,
    name,
    mediaType,
    size: content.length,
    subjectEntity: entity,
    subjectId,
    createdAt: work.now,
    createdBy: ctx.actor.employeeId ?? ctx.actor.id,
    createdByName: ctx.actor.name,
    removedAt: null,
  }
  work.write(store.insertFile(row))
  work.journal({
    entity,
    entityId: subjectId,
    action: 'file.attached',
    after: { file: row.id, name: row.name, mediaType: row.mediaType, size: row.size, sha256 },
  })
  return row
}
