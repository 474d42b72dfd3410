/** PURE: how the list of an evacuation is cut: who is shown, under which heading. */
import type { MusterPersonCard } from '../contract.ts'

export const shows = ['missing', 'safe', 'all'] as const
export type Show = (typeof shows)[number]
export const groupings = ['zone', 'organisation', 'host', 'kind'] as const
export type Grouping = (typeof groupings)[number]

export interface PeopleGroup {
  readonly key: string
  readonly missing: number
  readonly people: readonly MusterPersonCard[]
}

export function shown(
  people: readonly MusterPersonCard[],
  show: Show,
  text: string,
): readonly MusterPersonCard[] {
  const wanted = text.trim().toLowerCase()
  return people.filter((person) => {
    if (wanted === '' && show !== 'all' && person.safe !== (show === 'safe')) return false
    // Somebody looked for by name is found whatever list is open.
    return (
      wanted === '' ||
      [person.name, person.organisation, person.hostName, person.detail, person.zone.zh, person.zone.en].some(
        (part) => part.toLowerCase().includes(wanted),
      )
    )
  })
}

export function grouped(
  people: readonly MusterPersonCard[],
  by: Grouping,
  language: 'zh' | 'en',
): PeopleGroup[] {
  const keyOf = (person: MusterPersonCard) =>
    by === 'zone'
      ? person.zone[language]
      : by === 'organisation'
        ? person.organisation
        : by === 'host'
          ? person.hostName
          : person.kind
  // 「2 楼」 stands before 「10 楼」.
  const order = new Intl.Collator(language === 'zh' ? 'zh-CN' : 'en', { numeric: true })
  const groups = new Map<string, MusterPersonCard[]>()
  for (const person of people) {
    const key = keyOf(person)
    groups.set(key, [...(groups.get(key) ?? []), person])
  }
  return [...groups]
    .map(([key, members]) => ({
      key,
      missing: members.filter((person) => !person.safe).length,
      people: members,
    }))
    .sort((a, b) => b.missing - a.missing || order.compare(a.key, b.key))
}
