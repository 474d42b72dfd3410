import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

/** What a running server writes about itself into `postmaster.pid`; later lines appear while it starts. */
export interface PostmasterFile {
  readonly pid: number
  readonly port: number | undefined
  /** Key and id of its shared memory. */
  readonly memory: { readonly key: string; readonly id: string } | undefined
  readonly status: string
}

export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined
  const port = Number(lines[3])
  const [key, id] = (lines[6] ?? '').split(/\s+/)
  return {
    pid,
    port: Number.isSafeInteger(port) && port > 0 ? port : undefined,
    memory: key && id ? { key, id } : undefined,
    status: lines[7] ?? '',
  }
}

export async function readPostmasterFile(dataDir: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : parsePostmasterFile(text)
}

export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Given to the server as a setting, so that its command line names the data directory whatever `-D` says. */
export const markSetting = 'foyer.data_directory'

/**
 * Is this process the server of that directory? A pid alone proves nothing: after a reboot it may be anybody's.
 * (Its children overwrite their command line, so only the postmaster itself matches.)
 */
export async function isServerOf(pid: number, dataDir: string): Promise<boolean> {
  if (process.platform !== 'linux') {
    const listing = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(
      () => undefined,
    )
    return listing?.stdout.includes(`${markSetting}=${dataDir}`) === true
  }
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const mark = commandLine.split('\0').find((argument) => argument.startsWith(`${markSetting}=`))
  if (mark === undefined) return false
  if (mark === `${markSetting}=${dataDir}`) return true
  // The folder was moved, or is known here under another name: the server still stands in it.
  const [there, here] = await Promise.all([
    stat(`/proc/${pid}/cwd`).catch(() => undefined),
    stat(dataDir).catch(() => undefined),
  ])
  return there !== undefined && there.dev === here?.dev && there.ino === here.ino
}

export async function runningPostmaster(dataDir: string): Promise<PostmasterFile | undefined> {
  const file = await readPostmasterFile(dataDir)
  return file !== undefined && (await isServerOf(file.pid, dataDir)) ? file : undefined
}

/**
 * After a postmaster was killed its children need a moment to notice; a new one among them would be refused.
 * @returns whether none is left after `timeout` milliseconds
 */
export async function childrenGone(file: PostmasterFile, timeout: number): Promise<boolean> {
  const until = performance.now() + timeout
  for (;;) {
    const table = await readFile('/proc/sysvipc/shm', 'utf8').catch(() => '')
    const rows = table.split('\n').map((line) => line.trim().split(/\s+/))
    // Columns: key, id, mode, size, pid of maker, pid of last, number of processes attached.
    const row = rows.find(([key, id]) => key === file.memory?.key && id === file.memory?.id)
    if (row === undefined || row[6] === '0') return true
    if (performance.now() > until) return false
    await sleep(20)
  }
}

async function waitUntilGone(pid: number, dataDir: string, timeout: number): Promise<boolean> {
  const until = performance.now() + timeout
  while (await isServerOf(pid, dataDir)) {
    if (performance.now() > until) return false
    await sleep(10)
  }
  return true
}

/** Fast shutdown: sessions are ended, everything is written; only a server that cannot do that is cut off. */
export async function stopPostmaster(pid: number, dataDir: string, patience = 20_000): Promise<void> {
  for (const [signal, timeout] of [
    ['SIGINT', patience],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!(await isServerOf(pid, dataDir))) return
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return
      throw error
    }
    if (await waitUntilGone(pid, dataDir, timeout)) return
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end`)
}
