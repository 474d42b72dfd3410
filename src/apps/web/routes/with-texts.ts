import { surfaceTexts } from '../i18n.ts'

/** The shell comes with its words; a screen never stands with its keys. */
export async function withTexts<T>(
  surface: Parameters<typeof surfaceTexts>[0],
  shell: Promise<T>,
): Promise<T> {
  await surfaceTexts(surface)
  return await shell
}
