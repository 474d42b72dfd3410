/** PURE: how much speaks for the visitor being who an entry names, and in which words (V12). No clock, no database. */
import { type CompanyLikeness, compareCompanies } from './company.ts'
import { samePhone, samePlate } from './keys.ts'
import { compareNames, type NameLikeness, type NameMatch, namesIn } from './names.ts'

export type Attribute = 'document' | 'phone' | 'plate' | 'company' | 'name'

export interface PersonFacts {
  readonly names: readonly string[]
  readonly organisation: string
  /** The visitor's, a driver's. */
  readonly phones: readonly string[]
  /** Of every car of the visit. */
  readonly plates: readonly string[]
  readonly documents: readonly string[]
  readonly documentKind: string | null
}

export interface EntryFacts {
  readonly id: string
  readonly level: 'alert' | 'block'
  /** Name, then the other names the person goes by. */
  readonly names: readonly string[]
  readonly organisation: string
  readonly phones: readonly string[]
  readonly plates: readonly string[]
  readonly documents: readonly string[]
  readonly documentKind: string | null
}

/** One attribute that both have: the words of the explanation are `watch.agreed.*` and `watch.differed.*`. */
export interface Likeness {
  readonly attribute: Attribute
  readonly how: NameLikeness | CompanyLikeness | 'alias'
  /** How much it says alone, 0–1. */
  readonly weight: number
}

export interface Match {
  readonly entryId: string
  readonly level: 'alert' | 'block'
  /** 0–1 */
  readonly score: number
  readonly agreed: readonly Likeness[]
  readonly differed: readonly Attribute[]
}

/**
 * Alone a document is certain, a telephone strong, a name a hint: many people are called 张伟. Two that agree are
 * multiplied, so that a name and one more attribute hold and a name by itself only tells.
 */
const weights = { document: 1, phone: 0.7, plate: 0.6, company: 0.55, name: 0.6 } as const
/** 深圳市恒泰 is most likely 恒泰; 北京恒泰 and 深圳恒泰 are registered apart and may be two. */
const placed = { exact: 1, place: 0.9, 'other-place': 0.6 } as const satisfies Record<CompanyLikeness, number>
/** An entry that names nothing else was meant so: this number plate, this company. */
const sole = 0.9
/** A citizen has one number for life: with another one on the card it is most likely somebody of the same name. */
const anotherDocument = 0.7

function bestName(person: PersonFacts, entry: EntryFacts): (NameMatch & { readonly alias: boolean }) | null {
  let best: (NameMatch & { readonly alias: boolean }) | null = null
  const listed = entry.names.flatMap((name, i) => namesIn(name).map((one) => ({ name: one, alias: i > 0 })))
  for (const own of person.names.flatMap(namesIn)) {
    for (const { name, alias } of listed) {
      const match = compareNames(own, name)
      if (match !== null && (best === null || match.score > best.score)) best = { ...match, alias }
    }
  }
  return best
}

const shared = (a: readonly string[], b: readonly string[]) => a.some((one) => b.includes(one))

/** @returns null when nothing agrees that counts */
export function match(person: PersonFacts, entry: EntryFacts): Match | null {
  const agreed: Likeness[] = []
  const differed: Attribute[] = []
  const exact = (attribute: Exclude<Attribute, 'name'>, both: boolean, same: boolean) => {
    if (same) agreed.push({ attribute, how: 'exact', weight: weights[attribute] })
    else if (both) differed.push(attribute)
  }
  const sameKind = person.documentKind !== null && person.documentKind === entry.documentKind
  exact('document', sameKind && entry.documents.length > 0, shared(person.documents, entry.documents))
  const some = (attribute: 'phone' | 'plate', own: readonly string[], listed: readonly string[]) =>
    exact(attribute, own.length > 0 && listed.length > 0, shared(own, listed))
  some('phone', person.phones.map(samePhone), entry.phones.map(samePhone))
  some('plate', person.plates.map(samePlate), entry.plates.map(samePlate))
  const company = compareCompanies(person.organisation, entry.organisation)
  if (company !== null)
    agreed.push({ attribute: 'company', how: company, weight: weights.company * placed[company] })
  else exact('company', person.organisation.trim() !== '' && entry.organisation.trim() !== '', false)

  const name = bestName(person, entry)
  if (name === null) {
    if (person.names.length > 0 && entry.names.length > 0) differed.push('name')
  } else if (name.how === 'one-character' && agreed.length === 0) {
    // 张伟 and 张伦 are two people until something else says otherwise.
    return null
  } else {
    agreed.push({
      attribute: 'name',
      how: name.alias && name.how === 'same' ? 'alias' : name.how,
      weight: weights.name * name.score,
    })
  }
  // A company whose other visitors are welcome is no reason by itself when the entry names a person.
  const telling = agreed.filter(
    (one) => one.attribute !== 'company' || isSole(entry, 'company') || agreed.length > 1,
  )
  const [first] = telling
  if (first === undefined) return null
  const score =
    isSole(entry, first.attribute) && first.attribute !== 'name'
      ? (sole * first.weight) / weights[first.attribute]
      : together(telling)
  // Name and telephone on somebody else's card are not somebody else: a borrowed card must not open the door.
  const reached = telling.some((one) => one.attribute === 'phone')
  const doubted = differed.includes('document') && person.documentKind === 'id-card' && !reached
  return {
    entryId: entry.id,
    level: entry.level,
    score: round(doubted ? score * anotherDocument : first.attribute === 'document' ? 1 : score),
    agreed: telling,
    differed,
  }
}

function isSole(entry: EntryFacts, attribute: Attribute): boolean {
  const has = {
    document: entry.documents.length > 0,
    phone: entry.phones.length > 0,
    plate: entry.plates.length > 0,
    company: entry.organisation !== '',
    name: entry.names.length > 0,
  }
  return (Object.keys(has) as Attribute[]).every((one) => has[one] === (one === attribute))
}

const together = (parts: readonly Likeness[]) =>
  1 - parts.reduce((rest, { weight }) => rest * (1 - weight), 1)
const round = (score: number) => Math.round(score * 1000) / 1000

export interface Thresholds {
  readonly alertAt: number
  readonly holdAt: number
}

/** What a hit does: hold the visit, tell silently, or nothing. Before the visitor stands here nothing can be held. */
export function effectOf(hit: Pick<Match, 'level' | 'score'>, at: Thresholds): 'held' | 'alert' | null {
  if (hit.score < at.alertAt) return null
  return hit.level === 'block' && hit.score >= at.holdAt ? 'held' : 'alert'
}
