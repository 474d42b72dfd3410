/** PURE: undo, as messages and promises know it. */

interface Undoable {
  readonly previous_status: string | null
  readonly status_at: Date
  readonly status_by: string
}

/** By whoever did it, within the site's minutes, once: what was undone has no status before it. */
export function mayUndo(record: Undoable, viewerId: string, now: Date, undoMinutes: number): boolean {
  return isInTime(record, now, undoMinutes) && record.status_by === viewerId
}

export function isInTime(record: Undoable, now: Date, undoMinutes: number): boolean {
  return record.previous_status !== null && now.getTime() - record.status_at.getTime() <= undoMinutes * 60_000
}

/** 王芳 (华信科技): whoever is to be called back, in one line of a task; never a number (G5). */
export function callerText(record: { readonly caller_name: string; readonly organisation: string }): string {
  const { caller_name: name, organisation } = record
  if (name === '' || organisation === '') return name || organisation
  return `${name} (${organisation})`
}
