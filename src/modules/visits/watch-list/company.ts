/** PURE: are these two names of one company, and why (V12)? */
import { hasHan } from '../../../kernel/find/spelling.ts'
import { foldLatin } from './names.ts'
import { agreePlaces, isPlace, placeAfter, placeBefore, placeInPinyin } from './places.ts'
import { simplified } from './variants.ts'

/** `place`: a province or city stands before one of the names; `other-place`: before each another one. */
export type CompanyLikeness = 'exact' | 'place' | 'other-place'

const forms =
  /(?:股份有限公司|有限责任公司|集团有限公司|有限公司|公司|集团|厂|事务所|incorporated|corporation|company|limited|gmbh|co|inc|ltd|llc|plc|corp|ag|sa|group|holdings?)$/

/** 恒川科技有限公司深圳分公司 is 恒川科技 at another place. */
const branch = /(公司|集团|银行)[\p{L}\p{N}()（）]{1,10}(?:分公司|子公司|办事处|代表处|分行|支行)$/u

/** What many companies are called: it tells none of them apart, so 深圳银行 without its place is nothing. */
const trades =
  /科技|技术|信息|网络|软件|电子|电气|电器|电力|电网|通信|通讯|电信|移动|联通|智能|数据|数码|商贸|贸易|进出口|国际|实业|工业|产业|企业|发展|投资|控股|资产|资本|基金|金融|银行|证券|保险|担保|租赁|建设|建筑|工程|装饰|装修|设计|园林|环境|环保|新能源|能源|新材料|材料|化工|机械|设备|制造|仪器|汽车|物流|运输|货运|快递|供应链|航空|地铁|轨道|交通|港口|物业|房地产|地产|置业|酒店|餐饮|食品|饮料|啤酒|农业|服装|纺织|医药|生物|医疗|人民|医院|药业|健康|教育|培训|学校|大学|学院|中学|小学|文化|传媒|广告|传播|影视|体育|旅游|咨询|管理|服务|家政|劳务|人力资源|保安|安保|清洁|维修|安装|市政|自来水|燃气|供电|水务|邮政|中心|协会|商会|第[一二三四五六七八九十]|中国|中华|律师|会计师|办事处|代表处/g

const latinTrades =
  /^(?:technolog(?:y|ies)|tech|trad(?:e|ing)|international|industr(?:y|ies|ial)|logistics|electronics?|software|information|network|engineering|construction|investment|development|consulting|management|services?|media|culture|education|medical|pharmaceutical|bank|airlines?|university|college|hospital|hotel|and)$/

const latinForms =
  /^(?:incorporated|corporation|company|limited|gmbh|co|inc|ltd|llc|plc|corp|ag|sa|group|holdings?)$/

function withoutForms(text: string): string {
  let folded = text
  for (let before = ''; before !== folded; ) {
    before = folded
    const bare = folded.replace(forms, '')
    // A name that is nothing but a form keeps it.
    if ([...bare].length >= 2) folded = bare
  }
  return folded
}

interface Company {
  /** Without legal form, branch, brackets and spaces. */
  readonly folded: string
  /** Without province and city, where something is left that tells a company. */
  readonly core: string
  readonly places: readonly string[]
}

function tells(core: string): boolean {
  const own = core.replace(trades, '')
  return [...own].length >= 2 && hasHan(own)
}

/** 广东省深圳市恒泰科技 → 恒泰科技; 北京银行 stays: without Beijing it would be any bank. */
function withoutPlaces(folded: string): { core: string; places: string[] } {
  const places: string[] = []
  let core = folded
  for (;;) {
    const before = placeBefore(core)
    const rest = before?.rests.find((one) => tells(one) || placeBefore(one) !== null)
    if (before === null || rest === undefined) break
    places.push(before.place)
    core = rest
  }
  const after = placeAfter(core)
  // 恒泰科技深圳: behind the trade. Behind a name it is part of the name (世界大同).
  if (after !== null && tells(after.rest) && after.rest.search(trades) >= 0) {
    places.push(after.place)
    core = after.rest
  }
  // What is left of 广东深圳科技 tells nothing: then nothing was a place.
  return tells(core) ? { core, places } : { core: folded, places: [] }
}

/** Shenzhen Hengtai Technology → hengtaitechnology */
function withoutLatinPlace(words: readonly string[], folded: string): { core: string; places: string[] } {
  for (const count of [1, 2]) {
    const place = placeInPinyin(words.slice(0, count).join(''))
    const rest = words.slice(count)
    const telling = rest.filter((word) => !latinTrades.test(word) && !latinForms.test(word))
    if (place !== undefined && telling.join('').length >= 3)
      return { core: withoutForms(rest.join('')), places: [place] }
  }
  return { core: folded, places: [] }
}

function read(name: string): Company {
  const plain = foldLatin(simplified(name.normalize('NFKC'))).replace(branch, '$1')
  const bracketed = [...plain.matchAll(/[（(]([^）)]*)[）)]/gu)].map(([, inside = '']) =>
    inside.replace(/[省市]$/u, ''),
  )
  const open = plain.replace(/[（(][^）)]*[）)]/gu, '')
  const folded = withoutForms(open.replace(/[^\p{L}\p{N}]/gu, ''))
  const words = open.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const { core, places } = hasHan(folded) ? withoutPlaces(folded) : withoutLatinPlace(words, folded)
  return { folded, core, places: [...places, ...bracketed.filter(isPlace)] }
}

/** One company is held against many entries, and each entry against many visitors. */
const remembered = new Map<string, Company>()
const mostRemembered = 5_000

function company(name: string): Company {
  const known = remembered.get(name)
  if (known !== undefined) return known
  const found = read(name)
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(name, found)
  return found
}

/** What tells one company from another: place in brackets, legal form and spaces do not. */
export const foldCompany = (name: string): string => company(name).folded

/** What a company is found by, with its place left out. */
export const coreOfCompany = (name: string): string => company(name).core

export function compareCompanies(a: string, b: string): CompanyLikeness | null {
  const [one, other] = [company(a), company(b)]
  if (one.folded === '' || other.folded === '') return null
  if (one.folded === other.folded) return 'exact'
  if (one.core !== other.core) return null
  return agreePlaces(one.places, other.places) ? 'place' : 'other-place'
}
