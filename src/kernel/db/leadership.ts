import pg from 'pg'

/** A network that swallows everything must not leave a lock with a node nobody can reach. */
const keepAlives =
  'set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set tcp_user_timeout = 15000'
const answerMs = 15_000

/** SQL: the key of a name's advisory lock. */
export const lockKeyOf = (name: string) => `hashtextextended(${name}, 4711)`

/** Of all processes on one database exactly one holds a name at a time; it is free the moment its holder dies. */
export interface Leadership {
  /**
   * Asks for every wanted name that is not held, lets go of those not wanted any more, and makes sure that the
   * connection still lives. Called about every second.
   * @returns the names held now
   */
  hold(wanted: ReadonlySet<string>): Promise<ReadonlySet<string>>
  close(): Promise<void>
}

/**
 * Session-level advisory locks on a connection of its own: in a pool they would belong to whoever is lent it next.
 * @param lost the connection broke: every name may belong to another process from this moment on
 */
export function leadership(like: pg.Pool, lost: () => void): Leadership {
  let client: pg.Client | undefined
  const held = new Set<string>()

  async function connected(): Promise<pg.Client> {
    if (client !== undefined) return client
    const made = new pg.Client({
      ...like.options,
      application_name: 'foyer-leadership',
      query_timeout: answerMs,
    })
    made.on('error', () => drop(made))
    made.on('end', () => drop(made))
    await made.connect()
    client = made
    await made.query(keepAlives)
    return made
  }

  function drop(broken: pg.Client): void {
    if (client !== broken) return
    client = undefined
    // Half open it would keep its locks; the server hears the end of the socket at once.
    void broken.end().catch(() => undefined)
    if (held.size === 0) return
    held.clear()
    lost()
  }

  async function close(): Promise<void> {
    const open = client
    client = undefined
    held.clear()
    await open?.end().catch(() => undefined)
  }

  return {
    close,
    async hold(wanted) {
      if (wanted.size === 0) {
        await close()
        return new Set()
      }
      const mine = await connected()
      try {
        for (const name of held) {
          if (wanted.has(name)) continue
          await mine.query(`select pg_advisory_unlock(${lockKeyOf('$1')})`, [name])
          held.delete(name)
        }
        const missing = [...wanted].filter((name) => !held.has(name))
        // Asked also when nothing is missing: only an answer says that the locks are still ours.
        const { rows } = await mine.query<{ name: string; got: boolean }>(
          `select name, pg_try_advisory_lock(${lockKeyOf('name')}) as got from unnest($1::text[]) as t (name)`,
          [missing],
        )
        // The connection may have broken, and been forgotten, while the answer was on its way.
        if (client === mine) for (const { name, got } of rows) if (got) held.add(name)
      } catch (error) {
        drop(mine)
        throw error
      }
      return new Set(held)
    },
  }
}
