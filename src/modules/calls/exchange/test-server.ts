/** For tests: an exchange whose answers are one function of what it was asked. */
import type { Socket } from 'node:net'
import { Framer, type Message } from './framing.ts'
import type { Heard } from './testing.ts'

const banner = 'Asterisk Call Manager/11.0.0\r\n'
export const block = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`
export const accepted = (id: string) =>
  block('Response: Success', `ActionID: ${id}`, 'Message: Authentication accepted')

/** A server whose behaviour is one function of the action received. */
export const answering =
  (answer: (action: string, message: Message, connection: number) => string | null, greeting = banner) =>
  (socket: Socket, connection: number) => {
    const framer = new Framer(undefined, false)
    socket.write(greeting)
    socket.on('data', (chunk) => {
      for (const message of framer.push(chunk)) {
        const text = answer(message.get('Action') ?? '', message, connection)
        if (text === null) socket.destroy()
        else socket.write(text)
      }
    })
  }

export const idOf = (message: Message) => message.get('ActionID') ?? ''
export const list = (message: Message, complete: string, ...items: string[][]) =>
  [
    block('Response: Success', `ActionID: ${idOf(message)}`, 'EventList: start', 'Message: follows'),
    ...items.map(([event, ...rest]) => block(event ?? '', `ActionID: ${idOf(message)}`, ...rest)),
    block(
      `Event: ${complete}`,
      `ActionID: ${idOf(message)}`,
      'EventList: Complete',
      `ListItems: ${items.length}`,
    ),
  ].join('')
export const error = (message: Message, text: string) =>
  block('Response: Error', `ActionID: ${idOf(message)}`, `Message: ${text}`)

export const up = (heard: Heard) => heard.until(() => heard.link.state === 'up', 'up')
