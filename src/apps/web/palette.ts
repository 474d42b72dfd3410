import { find } from '../../kernel/find/contract.ts'
import { call } from '../../ui-kit/client.ts'
import type { PaletteAnswer, PaletteHit } from '../../ui-kit/command-palette.tsx'
import type { IconName } from '../../ui-kit/icon.tsx'
import { formatDate } from '../../ui-kit/zone-time.ts'
import { type Found, recentOf, remember } from './recent.ts'

/** Goes to a place: what `router.navigate` takes, reduced to a path. */
export type Go = (path: string) => void

export interface SearchContext {
  readonly go: Go
  readonly t: (key: string) => string
  readonly language: 'zh' | 'en'
  readonly zone: string
  readonly siteId: string
}

const icons: Readonly<Record<string, IconName>> = {
  contact: 'user',
  customer: 'building',
  employee: 'phone',
  visit: 'door',
  visitor: 'user',
  'visit-group': 'group',
  permit: 'checkCircle',
  call: 'phone',
  message: 'message',
  callback: 'back',
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
  return recentOf(context.siteId).map((one) => hitOf(one, context.t('find.recent'), context))
}
