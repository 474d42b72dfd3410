import { useTranslation } from 'react-i18next'
import { call } from '../../../ui-kit/client.ts'
import { Combobox, type ComboboxOption } from '../../../ui-kit/combobox.tsx'
import { tasks } from '../contract.ts'
import type { Owner } from './queries.ts'
import { fixedPosts } from './task-text.ts'

interface Option extends ComboboxOption {
  readonly owner: Owner
}

export interface OwnerBoxProps {
  text: string
  onTextChange: (text: string) => void
  onPick: (owner: Owner, name: string) => void
  autoFocus?: boolean | undefined
}

/** A post of the house at once, a colleague or a department by what is typed. */
export function OwnerBox({ text, onTextChange, onPick, autoFocus }: OwnerBoxProps) {
  const { t } = useTranslation()
  async function suggest(q: string, signal: AbortSignal): Promise<Option[]> {
    const posts = fixedPosts
      .map(
        (id): Option => ({
          id,
          label: t(`todo.post.${id}`),
          hint: t('todo.post.hint'),
          owner: { kind: 'post', id },
        }),
      )
      .filter((option) => option.label.toLowerCase().includes(q.toLowerCase()))
    if (q === '') return posts
    const { items } = await call(tasks.owners, { query: { q } }, { signal })
    const found = items.map(
      (one): Option => ({
        id: one.id,
        label: one.name ?? one.id,
        hint: one.detail || (one.kind === 'post' ? t('todo.post.department') : undefined),
        owner: { kind: one.kind, id: one.id },
      }),
    )
    return [...posts, ...found]
  }
  return (
    <Combobox
      text={text}
      onTextChange={onTextChange}
      suggest={suggest}
      onPick={(option) => onPick(option.owner, option.label)}
      minimum={0}
      markFirst
      placeholder={t('todo.ownerHint')}
      autoFocus={autoFocus}
    />
  )
}
