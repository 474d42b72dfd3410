import type { RouteAnswer } from '../../kernel/contract.ts'
import { find } from '../../kernel/find/contract.ts'
import { call } from '../../ui-kit/client.ts'
import type { PaletteAnswer, PaletteHit } from '../../ui-kit/command-palette.tsx'
import type { IconName } from '../../ui-kit/icon.tsx'
import { formatDate } from '../../ui-kit/zone-time.ts'

/** Goes to a place: what `router.navigate` takes, reduced to a path. */
export type Go = (path: string) => void

export interface SearchContext {
  readonly go: Go
  readonly t: (key: string) => string
  readonly language: 'zh' | 'en'
  readonly zone: string
  readonly siteId: string
}

type Found = RouteAnswer<typeof find.search>['groups'][number]['items'][number]

const icons: Readonly<Record<string, IconName>> = {
  contact: 'user',
  customer: 'building',
  employee: 'phone',
  visit: 'door',
  visitor: 'user',
  'visit-group': 'group',
  call: 'phone',
  message: 'message',
  callback: 'back',
}

/** What was opened lately, of each site. In memory alone: names do not stay on a machine that several people use (G5). */
const opened = new Map<string, readonly Found[]>()
const mostRecent = 6

export function forgetRecent() {
  opened.clear()
}

function remember(siteId: string, one: Found) {
  const before = (opened.get(siteId) ?? []).filter(({ entity, id }) => entity !== one.entity || id !== one.id)
  opened.set(siteId, [{ ...one, labelLit: [], detailLit: [] }, ...before].slice(0, mostRecent))
}

function hitOf(one: Found, group: string, context: SearchContext): PaletteHit {
  return {
    id: `${one.entity} ${one.id}`,
    label: one.label,
    labelLit: one.labelLit,
    hint: one.detail,
    hintLit: one.detailLit,
    marks: one.marks.map(context.t),
    aside: one.seenAt === null ? undefined : formatDate(one.seenAt, context.zone, context.language),
    icon: icons[one.entity],
    group,
    run: () => {
      remember(context.siteId, one)
      context.go(one.link)
    },
  }
}

export async function searchAll(
  text: string,
  context: SearchContext,
  signal: AbortSignal,
): Promise<PaletteAnswer> {
  const { groups, incomplete } = await call(find.search, { query: { q: text } }, { signal })
  const hits = groups.flatMap(({ entity, items }) =>
    items.map((one) => hitOf(one, context.t(`find.kind.${entity}`), context)),
  )
  return { hits, incomplete }
}

export function recentHits(context: SearchContext): readonly PaletteHit[] {
  return (opened.get(context.siteId) ?? []).map((one) => hitOf(one, context.t('find.recent'), context))
}
