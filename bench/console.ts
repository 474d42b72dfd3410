/** An open console: one connection that hears the live stream. */
import { connect, type Socket } from 'node:net'
import type { Stage } from './stage.ts'

/**
 * @param heard the id of every entry of that entity and action, and when it came
 * @returns once the stream has begun
 */
export async function openConsole(
  { port, house }: Stage,
  what: { readonly entity: string; readonly action: string },
  heard: (id: string, at: number) => void,
): Promise<Socket> {
  const wanted = new RegExp(`"entity":"${what.entity}","id":"([0-9a-f-]{36})","action":"${what.action}"`, 'g')
  return await new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.once('error', reject)
    let rest = ''
    let opened = false
    socket.on('data', (text: string) => {
      rest += text
      if (!opened && rest.includes('event: hello')) {
        opened = true
        resolve(socket)
      }
      const end = rest.lastIndexOf('\n\n')
      if (end < 0) return
      const at = performance.now()
      for (const [, id] of rest.slice(0, end).matchAll(wanted)) {
        if (id !== undefined) heard(id, at)
      }
      rest = rest.slice(end)
    })
    socket.write(
      `GET /api/v1/live?site=${house.siteId} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${house.key.secret}\r\naccept: text/event-stream\r\n\r\n`,
    )
  })
}
