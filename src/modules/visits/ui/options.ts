/** What the forms need of a site's own rules, as `GET /visits/options` sends them (settings.ts is the server's). */
import type { Bilingual } from '../../../ui-kit/language.ts'

export type VisitField = 'organisation' | 'phone' | 'purpose' | 'host' | 'plate'

export interface CategoryOption {
  readonly key: string
  readonly name: Bilingual
  readonly important: boolean
  readonly consent: 'always' | 'unless-announced' | 'never'
  readonly slip: boolean
  readonly idCheck: boolean
  readonly pass: boolean
  readonly escort: boolean
  readonly signOff: boolean
  readonly refuseByDefault: boolean
  readonly required: readonly VisitField[]
  readonly waitingPlace: Bilingual
  readonly stayMinutes: number
  readonly steps: readonly Bilingual[]
}

export interface KindOption {
  readonly key: string
  readonly name: Bilingual
  readonly category: string
  /** V4: a stranger of this kind answers the three questions first. */
  readonly questions: boolean
  /** What exactly within the kind (V6). */
  readonly topics: readonly { readonly key: string; readonly name: Bilingual }[]
  /** Topics, `''` for none, whose walk-ins need name no host: the table knows whom to ask (V6). */
  readonly hostFree?: readonly string[]
}

export type WordingKey =
  | 'greeting'
  | 'askThree'
  | 'pleaseWait'
  | 'declined'
  | 'refused'
  | 'handPass'
  | 'exitUnsigned'
  | 'farewell'
  | 'safetyNotes'

export interface VisitOptions {
  readonly categories: readonly CategoryOption[]
  readonly kinds: readonly KindOption[]
  readonly wording: Readonly<Record<string, Bilingual>>
  readonly timings: {
    readonly consentMinutes: number
    readonly waitingMinutes: number
    readonly overstayGraceMinutes: number
    readonly undoMinutes: number
  }
}

const isKeyed = (value: unknown): value is { key: string } =>
  typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'

/** The contract leaves the items open, because settings validate them; here they get their names. */
export function readOptions(answer: {
  categories: readonly unknown[]
  kinds: readonly unknown[]
  wording: Readonly<Record<string, Bilingual>>
  timings: Readonly<Record<string, number>>
}): VisitOptions {
  const { timings } = answer
  return {
    categories: answer.categories.filter((item): item is CategoryOption => isKeyed(item)),
    kinds: answer.kinds.filter((item): item is KindOption => isKeyed(item)),
    wording: answer.wording,
    timings: {
      consentMinutes: timings.consentMinutes ?? 3,
      waitingMinutes: timings.waitingMinutes ?? 10,
      overstayGraceMinutes: timings.overstayGraceMinutes ?? 15,
      undoMinutes: timings.undoMinutes ?? 2,
    },
  }
}

/** The category a visit of this kind falls into, unless one was named. */
export function categoryFor(
  options: VisitOptions | undefined,
  kindKey: string,
  categoryKey?: string,
): CategoryOption | undefined {
  const wanted = categoryKey || options?.kinds.find((kind) => kind.key === kindKey)?.category
  return options?.categories.find((category) => category.key === wanted)
}

/** V4: somebody new of a kind that asks the three questions; an important guest is asked nothing (V7). */
export function asksThree(
  options: VisitOptions | undefined,
  draft: { readonly kind: string; readonly category: string; readonly visitorId: string },
): boolean {
  const kind = options?.kinds.find((one) => one.key === draft.kind)
  if (kind === undefined || draft.visitorId !== '') return false
  return kind.questions && categoryFor(options, draft.kind, draft.category)?.important !== true
}

export function hostFree(
  options: VisitOptions | undefined,
  { kind, topic }: { readonly kind: string; readonly topic: string },
): boolean {
  return options?.kinds.find((one) => one.key === kind)?.hostFree?.includes(topic) ?? false
}
