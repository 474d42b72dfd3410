/** Signatures against values worked out apart from this code (Python's hmac, openssl), bodies against the documents. */
import { describe, expect, test } from 'vitest'
import { dingtalk, dingtalkSign } from './dingtalk.ts'
import { feishu, feishuSign } from './feishu.ts'
import type { ChatVendor, Message } from './vendor.ts'
import { isWebhookSecret, newWebhookSecret, webhookRequest, webhookSign, webhookVerdict } from './webhook.ts'
import { wecom } from './wecom.ts'

const now = new Date(1_577_262_236_757)
const message: Message = {
  ...{ title: '王芳 来访，请答复', text: '华信 王芳 在前台等候。\n编号 7。', foot: '门厅 Foyer · 总部' },
  link: { words: '打开查看', url: 'https://foyer.example.com/host?visit=7' },
  people: [
    { name: '赵敏', mobile: '+8613800138000' },
    { name: '李静', mobile: null },
  ],
}
const bodyOf = (request: { body: string }) => JSON.parse(request.body)
const bytes = (text: string) => Buffer.byteLength(text)

describe('C10 DingTalk 《自定义机器人接入》', () => {
  const robot = { url: 'https://oapi.dingtalk.com/robot/send?access_token=t', secret: 'this is secret' }

  test('sign: Base64 of HMAC-SHA256, encoded for the address', () => {
    expect(dingtalkSign('1577262236757', 'this is secret')).toBe(
      'hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=',
    )
    const { url } = dingtalk.request(robot, message, now)
    expect(url).toBe(
      'https://oapi.dingtalk.com/robot/send?access_token=t&timestamp=1577262236757&sign=hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D',
    )
    expect(dingtalk.request({ ...robot, secret: null }, message, now).url).toBe(robot.url)
  })

  test('markdown that calls people by number, others by name', () => {
    expect(bodyOf(dingtalk.request(robot, message, now))).toEqual({
      msgtype: 'markdown',
      markdown: {
        title: '王芳 来访，请答复',
        text: '#### 王芳 来访，请答复\n\n华信 王芳 在前台等候。  \n编号 7。\n\n[打开查看](https://foyer.example.com/host?visit=7)\n\n@13800138000 李静\n\n门厅 Foyer · 总部',
      },
      at: { atMobiles: ['13800138000'], isAtAll: false },
    })
  })
})

describe('C10 WeCom 《群机器人配置说明》', () => {
  const robot = { url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', secret: null }

  test('text with mentioned_mobile_list for people, at most 2048 bytes', () => {
    const long = { ...message, text: '长'.repeat(3000) }
    const { msgtype, text } = bodyOf(wecom.request(robot, long, now))
    expect([msgtype, text.mentioned_mobile_list]).toEqual(['text', ['13800138000']])
    expect(bytes(text.content)).toBeLessThanOrEqual(2048)
    expect(bytes(text.content)).toBeGreaterThan(2030)
    expect(text.content).toContain('https://foyer.example.com/host?visit=7')
    expect(text.content).toContain('门厅 Foyer · 总部')
  })

  test('markdown for nobody in person, at most 4096 bytes', () => {
    const long = { ...message, people: [], text: '长'.repeat(3000) }
    const { msgtype, markdown } = bodyOf(wecom.request(robot, long, now))
    expect(msgtype).toBe('markdown')
    expect(bytes(markdown.content)).toBeLessThanOrEqual(4096)
    expect(bytes(markdown.content)).toBeGreaterThan(4080)
    expect(markdown.content).toContain('[打开查看](https://foyer.example.com/host?visit=7)')
  })
})

describe('C10 Feishu 《自定义机器人使用指南》', () => {
  const robot = { url: 'https://open.feishu.cn/open-apis/bot/v2/hook/abc', secret: 'demo' }

  test('sign: the key is `timestamp\\nsecret`, seconds, over nothing', () => {
    expect(feishuSign('1599360473', 'demo')).toBe('l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=')
    const body = bodyOf(feishu.request(robot, message, now))
    expect(body.timestamp).toBe('1577262236')
    expect(body.sign).toBe(feishuSign('1577262236', 'demo'))
    expect(bodyOf(feishu.request({ ...robot, secret: null }, message, now))).not.toHaveProperty('sign')
  })

  test('rich text below 20 KB, names instead of numbers', () => {
    const quoted = { ...message, text: '"\\'.repeat(9000) }
    const request = feishu.request(robot, quoted, now)
    expect(bytes(request.body)).toBeLessThan(20 * 1024)
    const { zh_cn: post } = bodyOf(feishu.request(robot, message, now)).content.post
    expect(post.title).toBe('王芳 来访，请答复')
    expect(post.content.at(-3)).toEqual([
      { tag: 'a', text: '打开查看', href: 'https://foyer.example.com/host?visit=7' },
    ])
    expect(post.content.at(-2)).toEqual([{ tag: 'text', text: '@赵敏 @李静' }])
  })
})

describe('C10 answers: 200 with a code other than 0 is a failure', () => {
  const said = (vendor: ChatVendor, status: number, body: unknown) =>
    vendor.verdict({ status, body: typeof body === 'string' ? body : JSON.stringify(body) })

  test.each([
    [dingtalk, 200, { errcode: 0, errmsg: 'ok' }, 'ok', ''],
    [dingtalk, 200, { errcode: 310000, errmsg: 'sign not match, more: [https://…]' }, 'broken', 'sign'],
    [dingtalk, 200, { errcode: 310000, errmsg: 'invalid timestamp' }, 'broken', 'sign'],
    [dingtalk, 200, { errcode: 310000, errmsg: 'keywords not in content' }, 'broken', 'keyword'],
    [dingtalk, 200, { errcode: 310000, errmsg: 'ip 203.0.113.9 not in whitelist' }, 'broken', 'ip'],
    [dingtalk, 200, { errcode: 130101, errmsg: 'send too fast' }, 'rate', 'rate'],
    [dingtalk, 200, { errcode: 410100, errmsg: '发送速度太快而限流' }, 'rate', 'rate'],
    [dingtalk, 200, { errcode: 300001, errmsg: 'token is not exist' }, 'broken', 'robot'],
    [dingtalk, 200, { errcode: 430104, errmsg: 'spam' }, 'refused', 'content'],
    [dingtalk, 200, { errcode: -1, errmsg: '系统繁忙' }, 'later', 'busy'],
    [dingtalk, 200, { errcode: 123456, errmsg: '?' }, 'later', 'unknown'],
    [wecom, 200, { errcode: 0, errmsg: 'ok' }, 'ok', ''],
    [wecom, 200, { errcode: 45009, errmsg: 'api freq out of limit' }, 'rate', 'rate'],
    [wecom, 200, { errcode: 93000, errmsg: 'invalid webhook url' }, 'broken', 'robot'],
    [wecom, 200, { errcode: 40058, errmsg: 'exceed max length' }, 'refused', 'content'],
    [feishu, 200, { code: 0, msg: 'success', StatusCode: 0 }, 'ok', ''],
    [feishu, 200, { StatusCode: 0, StatusMessage: 'success', Extra: null }, 'ok', ''],
    [feishu, 200, { code: 19021, msg: 'sign match fail' }, 'broken', 'sign'],
    [feishu, 400, { code: 9499, msg: 'Bad Request' }, 'refused', 'content'],
    [feishu, 200, { code: 11232, msg: 'frequency limited' }, 'rate', 'rate'],
    [feishu, 200, { code: 19024, msg: 'Key Words Not Found' }, 'broken', 'keyword'],
    [feishu, 200, { code: 19022, msg: 'Ip Not Allowed' }, 'broken', 'ip'],
    [wecom, 200, '<html>login</html>', 'later', 'garbage'],
    [wecom, 200, '{}', 'later', 'garbage'],
    [dingtalk, 200, '', 'later', 'garbage'],
    [dingtalk, 500, 'oops', 'later', 'busy'],
    [dingtalk, 302, '', 'broken', 'redirect'],
    [feishu, 429, '', 'rate', 'rate'],
    [feishu, 403, 'no', 'later', 'http'],
  ] as const)('%# %o', (vendor, status, body, how, fault) => {
    const verdict = said(vendor, status, body)
    expect(verdict.ok ? ['ok', ''] : [verdict.how, verdict.fault]).toEqual([how, fault])
  })
})

describe('C10 webhooks: Standard Webhooks 1.0.0', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

  test('the vector of the specification’s own libraries', () => {
    expect(webhookSign(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    )
  })

  test('headers; while a secret is being changed both sign', () => {
    const secrets = [newWebhookSecret(), secret]
    const { headers, body } = webhookRequest('https://h.example/x', secrets, { id: 'a', body: '{}' }, now)
    expect(headers).toMatchObject({ 'webhook-id': 'a', 'webhook-timestamp': '1577262236' })
    expect(headers['webhook-signature']?.split(' ')).toEqual(
      secrets.map((one) => webhookSign(one, 'a', '1577262236', body)),
    )
  })

  test('secrets of 24 to 64 bytes', () => {
    expect(isWebhookSecret(newWebhookSecret())).toBe(true)
    expect(newWebhookSecret()).not.toBe(newWebhookSecret())
    for (const bad of ['', 'whsec_', 'whsec_AAAA', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_?'])
      expect(isWebhookSecret(bad)).toBe(false)
  })

  test.each([
    [200, 'ok', ''],
    [204, 'ok', ''],
    [301, 'broken', 'redirect'],
    [404, 'later', 'http'],
    [410, 'broken', 'gone'],
    [429, 'later', 'rate'],
    [503, 'later', 'busy'],
  ])('status %i: %s %s', (status, how, fault) => {
    const verdict = webhookVerdict({ status, body: '' })
    expect(verdict.ok ? ['ok', ''] : [verdict.how, verdict.fault]).toEqual([how, fault])
  })
})
