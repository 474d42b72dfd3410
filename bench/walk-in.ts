/** Invented walk-ins: every one a new person, names and companies as a Chinese gate sees them. */
import { newId } from '../src/kernel/ids.ts'
import type { House } from './server.ts'

export const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈',
]
export const given = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红鑫波辉婷建国宇浩博文晨思佳欣怡子轩梓涵雨泽一诺志永春梅海燕德福天佑嘉琪雅雯',
]
export const cities = [
  '上海',
  '苏州',
  '深圳',
  '北京',
  '杭州',
  '南京',
  '无锡',
  '宁波',
  '广州',
  '成都',
  '武汉',
  '天津',
  '青岛',
  '合肥',
]
export const firms = [
  '华星',
  '恒通',
  '瑞丰',
  '中科',
  '博远',
  '金桥',
  '远大',
  '汇川',
  '立讯',
  '同创',
  '新元',
  '海纳',
  '天工',
  '德润',
  '安信',
  '万邦',
]
export const trades = [
  '电子',
  '机械',
  '物流',
  '化工',
  '建材',
  '软件',
  '食品',
  '包装',
  '医疗',
  '检测',
  '环保',
  '模具',
]
const purposes = ['送货', '商务洽谈', '设备维修', '面试', '技术交流', '取样品', '验收', '审核']

export function pick<T>(from: readonly T[]): T {
  const one = from[Math.floor(Math.random() * from.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

export const anyName = () => `${pick(surnames)}${pick(given)}${pick(given)}`
const anyFirm = () => `${pick(cities)}${pick(firms)}${pick(trades)}有限公司`

let phones = Math.floor(Math.random() * 1e8)

/** Never the same twice in a run. */
export function nextPhone(): string {
  phones = (phones + 1) % 1e9
  return `13${String(phones).padStart(9, '0')}`
}

export interface WalkIn {
  readonly id: string
  readonly key: string
  readonly body: Readonly<Record<string, unknown>>
}

export function walkIn(house: House): WalkIn {
  const id = newId()
  const hostId = pick(house.hostIds)
  return {
    id,
    key: newId(),
    body: {
      id,
      visitorName: anyName(),
      organisation: anyFirm(),
      phone: nextPhone(),
      purpose: pick(purposes),
      kind: 'visitor',
      hostId,
      consent: { how: 'phone', byId: hostId },
      issuePass: true,
    },
  }
}
