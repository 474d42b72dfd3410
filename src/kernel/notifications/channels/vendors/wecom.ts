/**
 * WeCom 企业微信, group robot: document 《群机器人配置说明》 (developer.work.weixin.qq.com/document/path/91770); codes from
 * 《全局错误码》 (path/90313). It knows no signature: the key in the address is all.
 */
import { fitBytes } from '../rules.ts'
import { type ChatVendor, chatVerdict, jsonHeaders, type Message } from './vendor.ts'

/** Bytes of UTF-8 as the document says. */
const mostMarkdown = 4096
const mostText = 2048

export const wecom: ChatVendor = {
  kind: 'wecom',
  request({ url }, message) {
    const mobiles = message.people.flatMap(({ mobile }) => mobile?.replace(/^\+86/, '') ?? []).slice(0, 100)
    // Only text calls people by their number (`mentioned_mobile_list`), so markdown is for messages to nobody in person.
    const body =
      mobiles.length > 0
        ? {
            msgtype: 'text',
            text: { content: framed(message, mostText, false), mentioned_mobile_list: mobiles },
          }
        : { msgtype: 'markdown', markdown: { content: framed(message, mostMarkdown, true) } }
    return { url, headers: jsonHeaders, body: JSON.stringify(body) }
  },
  verdict: (answer) =>
    chatVerdict(answer, (body) => ({ code: body['errcode'], words: body['errmsg'] }), refusals),
}

/** Title, link and foot always fit; what is too long is the text between them. */
function framed({ title, text, link, foot, people }: Message, most: number, markdown: boolean): string {
  const head = fitBytes(title, 300)
  const named = people.filter(({ mobile }) => mobile === null).map(({ name }) => name)
  const url = link === null ? '' : markdown ? `[${link.words}](${link.url})` : `${link.words} ${link.url}`
  const tail = [url, fitBytes(named.join(' '), 300), fitBytes(foot, 200)].filter((part) => part !== '')
  const frame = [markdown ? `**${head}**` : head, ...tail].join('\n')
  const words = fitBytes(text, most - Buffer.byteLength(frame) - 1)
  return [markdown ? `**${head}**` : head, words, ...tail].filter((part) => part !== '').join('\n')
}

const refusals: Parameters<typeof chatVerdict>[2] = {
  '-1': ['later', 'busy'],
  '40008': ['refused', 'content'],
  '40035': ['refused', 'content'],
  '40058': ['refused', 'content'],
  '44004': ['refused', 'content'],
  '45002': ['refused', 'content'],
  '45009': ['rate', 'rate'],
  '45033': ['rate', 'rate'],
  '93000': ['broken', 'robot'],
  '93004': ['broken', 'disabled'],
  '93008': ['broken', 'robot'],
}
