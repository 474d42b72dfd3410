/**
 * Feishu 飞书, custom robot: document 《自定义机器人使用指南》 (open.feishu.cn, client-docs/bot-v3/add-custom-bot), with its
 * codes 9499, 19001, 19021, 19022, 19024, 11232. It calls people by their Feishu id only, so they are named.
 */
import { createHmac } from 'node:crypto'
import { fitBytes } from '../rules.ts'
import { type ChatVendor, chatVerdict, jsonHeaders, type Message } from './vendor.ts'

/** The whole request may have 20 KB; JSON may double what is quoted in it. */
const mostText = 8_000

export const feishu: ChatVendor = {
  kind: 'feishu',
  request({ url, secret }, message, now) {
    const timestamp = String(Math.floor(now.getTime() / 1000))
    return {
      url,
      headers: jsonHeaders,
      body: JSON.stringify({
        ...(secret === null ? {} : { timestamp, sign: feishuSign(timestamp, secret) }),
        msg_type: 'post',
        content: { post: { zh_cn: postOf(message) } },
      }),
    }
  },
  verdict: (answer) =>
    chatVerdict(
      answer,
      // Robots of before 2022 answer with StatusCode and StatusMessage alone.
      (body) => ({
        code: body['code'] ?? body['StatusCode'],
        words: body['msg'] ?? body['StatusMessage'],
      }),
      refusals,
    ),
}

/** Here `timestamp\nsecret` is the key, and what is signed is empty. */
export function feishuSign(timestamp: string, secret: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64')
}

/** Rich text: its `text` parts are shown as they are, so nothing in them can become a link or a mention. */
function postOf({ title, text, link, foot, people }: Message) {
  const line = (words: string) => [{ tag: 'text', text: words }]
  const names = people.map(({ name }) => `@${name}`).join(' ')
  return {
    title: fitBytes(title, 300),
    content: [
      ...(text === '' ? [] : fitBytes(text, mostText).split('\n').map(line)),
      ...(link === null ? [] : [[{ tag: 'a', text: link.words, href: link.url }]]),
      ...(names === '' ? [] : [line(fitBytes(names, 1000))]),
      line(foot),
    ],
  }
}

const refusals: Parameters<typeof chatVerdict>[2] = {
  '9499': ['refused', 'content'],
  '11232': ['rate', 'rate'],
  '19001': ['broken', 'robot'],
  '19002': ['refused', 'content'],
  '19007': ['broken', 'disabled'],
  '19021': ['broken', 'sign'],
  '19022': ['broken', 'ip'],
  '19024': ['broken', 'keyword'],
}
