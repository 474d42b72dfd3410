import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Combobox, type ComboboxOption } from '../../../../ui-kit/combobox.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox } from '../../../../ui-kit/inputs.tsx'
import { tasks } from '../../../tasks/contract.ts'
import { fixedPosts } from '../../../tasks/ui/task-text.ts'
import type { Channel } from './api.ts'
import css from './channels.module.css'

type Posts = Channel['posts']

/** For whom a channel is: posts that come with a role, and departments by name. */
export function PostsField({ value, onChange }: { value: Posts; onChange: (value: Posts) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const fixed: readonly string[] = fixedPosts
  const departments = value.filter((post) => !fixed.includes(post.id))

  async function suggest(q: string, signal: AbortSignal): Promise<ComboboxOption[]> {
    if (q === '') return []
    const { items } = await call(tasks.owners, { query: { q } }, { signal })
    return items
      .filter((one) => one.kind === 'post' && !value.some((post) => post.id === one.id))
      .map((one) => ({ id: one.id, label: one.name ?? one.id }))
  }
  function toggle(id: string, on: boolean) {
    onChange(on ? [...value, { id, name: null }] : value.filter((post) => post.id !== id))
  }

  return (
    <>
      <Field label={t('channels.for')} hint={t('channels.forHint')} group>
        <div className={css.ticks}>
          {fixed.map((id) => (
            <Checkbox
              key={id}
              checked={value.some((post) => post.id === id)}
              onChange={(on) => toggle(id, on)}
            >
              {t(`todo.post.${id}`)}
            </Checkbox>
          ))}
        </div>
      </Field>
      <Field label={t('channels.department')}>
        <Combobox
          text={text}
          onTextChange={setText}
          suggest={suggest}
          onPick={(option) => {
            onChange([...value, { id: option.id, name: option.label }])
            setText('')
          }}
          markFirst
        />
      </Field>
      {departments.length === 0 ? null : (
        <ul className={css.chosen}>
          {departments.map((post) => (
            <li key={post.id}>
              {post.name ?? t('todo.post.other')}
              <IconButton
                icon="close"
                label={t('channels.leaveOut', { name: post.name ?? t('todo.post.other') })}
                onClick={() => toggle(post.id, false)}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
