/** PURE decisions about customers and their people: names, forms of address, who is meant, transfers (C5, S10). */
import { transitions } from '../../kernel/transitions.ts'

export const grades = ['normal', 'key', 'vip'] as const
export type Grade = (typeof grades)[number]
export const remarkKinds = ['note', 'suggestion', 'research'] as const
export type RemarkKind = (typeof remarkKinds)[number]

/** One line, NFKC: what people type and sheets contain becomes comparable. */
export function plain(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ')
}

const legalForms =
  /(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|集团|公司|\bco\.?,?\s*ltd\b\.?|\b(?:ltd|limited|inc|llc|corp|corporation|gmbh|plc|co|company)\b\.?)/gi

/**
 * What two spellings of one company have in common: 深圳华信科技有限公司 and 深圳华信科技; Acme Co., Ltd and ACME.
 * A name that is nothing but a legal form stays whole.
 */
export function companyKey(name: string): string {
  const text = plain(name).toLowerCase()
  const bare = (part: string) => part.replace(/[^\p{L}\p{N}]/gu, '')
  return bare(text.replace(legalForms, ' ')) || bare(text) || text
}

const addressed =
  /^(\p{Script=Han}{1,2}?)(?:先生|小姐|女士|太太|夫人|同志|老师|师傅|老板|经理|总经理|副总|总监|总|董事长|董|主任|主管|工程师|工|助理|秘书|书记|局长|处长|科长|部长|院长|校长|行长|医生|律师|会计|阿姨|叔叔|大哥|大姐)$/u
const familiar = /^[小老](\p{Script=Han})$|^(\p{Script=Han})某{1,2}$/u
const titled = /^(?:mr|mrs|ms|miss|dr|prof)\.?\s+(\p{L}[\p{L}'-]*)$/iu

/** The surname in a mere form of address (王先生, 小李, Mr Smith), lower case; null for a real name. */
export function surnameOnly(name: string): string | null {
  const text = plain(name)
  const chinese = addressed.exec(text) ?? familiar.exec(text)
  const found = chinese === null ? titled.exec(text)?.[1] : (chinese[1] ?? chinese[2])
  return found?.toLowerCase() ?? null
}

/** Given to somebody who never said a name: the masked number. */
function isNameless(name: string): boolean {
  return name.includes('****')
}

/** Chinese names begin with the surname, others end with it. */
function hasSurname(name: string, surname: string): boolean {
  const text = plain(name).toLowerCase()
  return /\p{Script=Han}/u.test(text) ? text.startsWith(surname) : text.split(' ').at(-1) === surname
}

export function sameName(a: string, b: string): boolean {
  const bare = (text: string) =>
    plain(text)
      .toLowerCase()
      .replace(/[\s·.]/g, '')
  return bare(a) === bare(b)
}

export type Likeness = 'same' | 'compatible' | 'different'

/**
 * Whether two names given for one number are one person's: 王芳 and 王女士 may be, 王芳 and 李芳 are not. Nobody's name
 * contradicts nothing.
 */
export function likeness(stored: string, told: string): Likeness {
  if (told !== '' && sameName(stored, told)) return 'same'
  if (told === '' || isNameless(stored)) return 'compatible'
  const [said, known] = [surnameOnly(told), surnameOnly(stored)]
  if (said !== null && known !== null) return said === known ? 'compatible' : 'different'
  if (said !== null) return hasSurname(stored, said) ? 'compatible' : 'different'
  if (known !== null) return hasSurname(told, known) ? 'compatible' : 'different'
  return 'different'
}

/** A real name told for somebody known only by a form of address or a number is worth keeping. */
export function betterName(stored: string, told: string): boolean {
  if (told === '' || sameName(stored, told)) return false
  if (isNameless(stored)) return true
  return surnameOnly(stored) !== null && surnameOnly(told) === null
}

/** What a form of address says of the sex. */
export function sexSaid(name: string): 'female' | 'male' | null {
  const text = plain(name)
  if (/(先生|叔叔|大哥)$|^mr\.?\s/iu.test(text)) return 'male'
  return /(小姐|女士|太太|夫人|阿姨|大姐)$|^(mrs|ms|miss)\.?\s/iu.test(text) ? 'female' : null
}

export interface Known {
  readonly id: string
  readonly name: string
  /** Newest first is how they are given. */
  readonly lastSeenAt: Date | null
}

/**
 * Whom a number and a name mean, of those who have the number: the namesake; else, where no name contradicts, the only
 * one, or on a mobile the one seen last. A landline of several people tells nobody apart.
 */
export function meantByNumber<K extends Known>(
  known: readonly K[],
  told: string,
  mobile: boolean,
): K | undefined {
  const same = known.find((one) => likeness(one.name, told) === 'same')
  if (same !== undefined) return same
  const compatible = known.filter((one) => likeness(one.name, told) === 'compatible')
  return compatible.length === 1 || mobile ? compatible[0] : undefined
}

// Transfers -----------------------------------------------------------------------------------------------------------

export const transferStatuses = ['asked', 'approved', 'refused', 'withdrawn'] as const
export type TransferStatus = (typeof transferStatuses)[number]
export type TransferCommand = 'approve' | 'refuse' | 'withdraw' | 'undo'

/** C5: a colleague asks for somebody's customer; the head of the owner's department decides. */
export const transferTable = transitions<TransferStatus, TransferCommand>({
  asked: { approve: ['approved'], refuse: ['refused'], withdraw: ['withdrawn'] },
  approved: { undo: ['asked'] },
  refused: { undo: ['asked'] },
  withdrawn: { undo: ['asked'] },
})

/** The customer is protected for its owner up to and including this day. */
export function isLocked(lockedUntil: string | null, today: string): boolean {
  return lockedUntil !== null && lockedUntil >= today
}

export function withinUndo(at: Date | null, now: Date, minutes: number): boolean {
  return at !== null && now.getTime() - at.getTime() <= minutes * 60_000
}
