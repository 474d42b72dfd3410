/**
 * PURE: how a surname is written in Hong Kong, Macau, Taiwan and abroad, with the pinyin it may stand for (V12). Surnames only:
 * a given name in Cantonese cannot be told from its letters.
 */
const table = `chan:chen chang:zhang cheung:zhang chong:zhang cheng:zheng chng:zhuang chuang:zhuang chong:zhuang
chow:zhou chou:zhou chau:zhou chu:zhu,chu choo:zhu chui:xu,cui tsui:xu,cui choi:cai,cui tsai:cai chua:cai choy:cai
fung:feng fong:fang foo:fu ho:he hor:he hsieh:xie tse:xie hsu:xu hui:xu huie:xu hwang:huang wong:huang,wang ng:wu,huang
hung:hong ip:ye yip:ye yeh:ye kao:gao ko:gao kwan:guan kuan:guan kwok:guo kuo:guo kwong:kuang kong:jiang,kong
keung:jiang chiang:jiang lai:li,lai lam:lin lim:lin lau:liu,lou liew:liu low:liu,luo lee:li leigh:li leong:liang leung:liang
liang:liang lo:luo,lu loh:luo law:luo lok:luo,le look:lu luk:lu mak:mai mok:mo ma:ma ngai:wei ong:wang wang:wang
pang:peng,pang phang:peng pun:pan poon:pan shih:shi shek:shi sze:shi,si siu:xiao hsiao:xiao shum:shen,cen sham:shen sum:shen
so:su soh:su suen:sun soon:sun sung:song tam:tan tang:deng,tang teng:deng tin:tian tien:tian to:du,tao tong:tang,tong tsang:zeng
tseng:zeng chan:zeng tso:cao tsao:cao cho:cao chao:zhao chiu:zhao,qiu chew:zhao yau:qiu,you yu:yu yue:yu yuen:yuan,ruan
yung:rong,weng yim:yan yen:yan yeung:yang young:yang yeo:yang woo:hu,wu wu:wu hu:hu goh:wu gan:yan koh:xu teo:zhang
tan:chen tay:zheng sim:shen toh:du yap:ye kan:jian kam:jin chin:jin,qin,chen chien:qian,jian chuen:quan tsoi:cai tai:dai`

const meant = new Map<string, ReadonlySet<string>>()
for (const [, written = '', pinyin = ''] of table.matchAll(/([a-z]+):([a-z,]+)/g))
  meant.set(written, new Set([...(meant.get(written) ?? []), ...pinyin.split(',')]))

/** Nobody writes more: a surname of two readings at either end of the name. */
const most = 8

/**
 * What the words may be in pinyin when the first or the last is a surname written another way; the words themselves left out.
 * @param words folded, without titles
 */
export function inPinyin(words: readonly string[]): string[][] {
  if (words.length < 2) return []
  const found: string[][] = []
  for (const at of [0, words.length - 1]) {
    for (const surname of meant.get(words[at] ?? '') ?? []) {
      if (surname !== words[at]) found.push(words.map((word, i) => (i === at ? surname : word)))
    }
  }
  return found.slice(0, most)
}
