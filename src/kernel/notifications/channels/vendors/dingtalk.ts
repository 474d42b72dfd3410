/**
 * DingTalk 钉钉, custom robot: documents 《自定义机器人接入》 and 《自定义机器人安全设置》 (open.dingtalk.com, custom-robot-access,
 * customize-robot-security-settings); codes from 《自定义机器人发送消息的错误码》.
 */
import { createHmac } from 'node:crypto'
import { fitBytes } from '../rules.ts'
import { type ChatVendor, chatVerdict, jsonHeaders, type Message } from './vendor.ts'

/** A message may have 20 000 bytes; the rest is for its frame and the people named. */
const mostText = 15_000
const mostPeople = 50

export const dingtalk: ChatVendor = {
  kind: 'dingtalk',
  request({ url, secret }, message, now) {
    const address = new URL(url)
    if (secret !== null) {
      const timestamp = String(now.getTime())
      address.searchParams.set('timestamp', timestamp)
      address.searchParams.set('sign', dingtalkSign(timestamp, secret))
    }
    const mobiles = mobilesOf(message)
    return {
      url: address.href,
      headers: jsonHeaders,
      body: JSON.stringify({
        msgtype: 'markdown',
        markdown: { title: fitBytes(message.title, 180), text: textOf(message, mobiles) },
        at: { atMobiles: mobiles, isAtAll: false },
      }),
    }
  },
  verdict: (answer) =>
    chatVerdict(answer, (body) => ({ code: body['errcode'], words: body['errmsg'] }), refusals),
}

/** Base64 of HMAC-SHA256 over `timestamp\nsecret` with the secret as key; the caller encodes it for the address. */
export function dingtalkSign(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`, 'utf8').digest('base64')
}

/** As people of the mainland write them: DingTalk knows its members without the country code. */
function mobilesOf({ people }: Message): string[] {
  return people.flatMap(({ mobile }) => mobile?.replace(/^\+86/, '') ?? []).slice(0, mostPeople)
}

function textOf({ title, text, link, foot, people }: Message, mobiles: readonly string[]): string {
  // Only who stands in the text as @number is called, says the document; others are named.
  const named = people.filter(({ mobile }) => mobile === null).map(({ name }) => name)
  const called = [...mobiles.map((mobile) => `@${mobile}`), ...named].join(' ')
  const tail = [...(link === null ? [] : [`[${link.words}](${link.url})`]), called, foot]
    .filter((part) => part !== '')
    .join('\n\n')
  const words = fitBytes(text, mostText).replaceAll('\n', '  \n')
  return [`#### ${title}`, words, tail].filter((part) => part !== '').join('\n\n')
}

const refusals: Parameters<typeof chatVerdict>[2] = {
  '-1': ['later', 'busy'],
  '88': ['broken', 'robot'],
  '130101': ['rate', 'rate'],
  '300001': ['broken', 'robot'],
  // One code for the three security settings; which of them, only the words say.
  '310000': (words) =>
    /keyword|关键词/i.test(words)
      ? ['broken', 'keyword']
      : /\bip\b|whitelist|白名单/i.test(words)
        ? ['broken', 'ip']
        : ['broken', 'sign'],
  '400002': ['refused', 'content'],
  '40035': ['refused', 'content'],
  '400013': ['broken', 'robot'],
  '400101': ['broken', 'robot'],
  '400102': ['broken', 'disabled'],
  '400105': ['refused', 'content'],
  '400106': ['broken', 'robot'],
  '410100': ['rate', 'rate'],
  '430101': ['refused', 'content'],
  '430102': ['refused', 'content'],
  '430103': ['refused', 'content'],
  '430104': ['refused', 'content'],
}
