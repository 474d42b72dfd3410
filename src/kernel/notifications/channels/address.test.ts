import { describe, expect, test } from 'vitest'
import { keysOf, parseAddress } from './address.ts'

const key = '0123456789abcdef0123456789abcdef'
const ding = `https://oapi.dingtalk.com/robot/send?access_token=${key}`
const wecom = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa'
const feishu = 'https://open.feishu.cn/open-apis/bot/v2/hook/693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa'

describe('G5 a robot’s address leads to its vendor and nowhere else', () => {
  test('as the vendors give them; what is pasted along is left out; the hint shows no key', () => {
    expect(parseAddress('dingtalk', ` ${ding}&timestamp=1&sign=x#a `)).toEqual({
      url: ding,
      hint: 'oapi.dingtalk.com/…cdef',
    })
    expect(parseAddress('wecom', `${wecom}&debug=1`)).toEqual({
      url: wecom,
      hint: 'qyapi.weixin.qq.com/…5aaa',
    })
    expect(parseAddress('feishu', `${feishu}?x=1`)).toEqual({ url: feishu, hint: 'open.feishu.cn/…5aaa' })
    const lark = feishu.replace('open.feishu.cn', 'open.larksuite.com')
    expect(parseAddress('feishu', lark)).toMatchObject({ url: lark })
  })

  test.each([
    ['dingtalk', ding.replace('https', 'http'), 'not-https'],
    ['dingtalk', ding.replace('oapi.dingtalk.com', 'oapi.dingtalk.com.evil.example'), 'host'],
    ['dingtalk', ding.replace('oapi.dingtalk.com', 'oapi.dingtalk.com:8443'), 'host'],
    ['dingtalk', ding.replace('https://', 'https://oapi.dingtalk.com@evil.example/'), 'credentials'],
    ['dingtalk', wecom, 'host'],
    ['dingtalk', 'https://oapi.dingtalk.com/topapi/x?access_token=abcdefghij', 'path'],
    ['dingtalk', 'https://oapi.dingtalk.com/robot/send', 'key'],
    ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=', 'key'],
    ['feishu', 'https://open.feishu.cn/open-apis/bot/hook/abc', 'path'],
    ['feishu', 'robot', 'malformed'],
    ['webhook', 'ftp://hooks.example.com/x', 'not-https'],
    ['webhook', 'http://hooks.example.com/x', 'not-https'],
    ['webhook', 'https://me:word@hooks.example.com/x', 'credentials'],
  ] as const)('%s %s: %s', (kind, url, fault) => {
    expect(parseAddress(kind, url)).toBe(fault)
  })

  test('a webhook inside the house only where the operator says so', () => {
    const url = 'http://oa.intranet:9000/hook'
    expect(parseAddress('webhook', url)).toBe('not-https')
    expect(parseAddress('webhook', url, ['oa.intranet'])).toMatchObject({ url })
    expect(parseAddress('webhook', url, ['oa.intranet:9000'])).toMatchObject({ url })
    expect(parseAddress('webhook', url, ['oa.intranet:9001'])).toBe('not-https')
  })

  test('the parts that must not be repeated anywhere', () => {
    expect(keysOf(ding)).toContain(key)
    expect(keysOf(feishu)).toContain('693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa')
  })
})
