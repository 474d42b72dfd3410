import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import type { RouteAnswer } from '../../../contract.ts'
import { ownChannelRoutes } from '../../channels/own/contract.ts'
import { renew, useOptions } from './api.ts'
import css from './channels.module.css'

type Preference = RouteAnswer<typeof ownChannelRoutes.prefer>['preferences'][number]
const ways = ['email', 'chat'] as const

/** Kinds of notices by ways; the console always tells, so that nothing can be missed altogether. */
export function OwnNotices({ stored }: { stored: readonly Preference[] }) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const id = useId()
  const options = useOptions()
  const [chosen, setChosen] = useState<readonly Preference[]>(stored)
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const save = useMutation({
    mutationFn: (preferences: readonly Preference[]) =>
      call(ownChannelRoutes.prefer, { body: { preferences: [...preferences] } }),
    onSuccess: () => showToast({ text: t('channels.prefer.saved') }),
    onSettled: () => renew(client),
  })
  const of = (topic: string): Preference =>
    chosen.find((one) => one.topic === topic) ?? { topic, email: true, chat: true }

  function toggle(topic: string, way: (typeof ways)[number], on: boolean) {
    setChosen([...chosen.filter((one) => one.topic !== topic), { ...of(topic), [way]: on }])
  }

  return (
    <div className={css.form}>
      <p className={css.note}>{t('channels.prefer.help')}</p>
      <ProblemNotice fault={options.error} onRetry={options.refetch} />
      {options.isPending ? <Skeleton rows={4} /> : null}
      {options.data === undefined ? null : (
        <section className={css.scroll} aria-label={t('channels.prefer.title')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('channels.prefer.what')}</th>
                <th scope="col">{t('channels.prefer.console')}</th>
                <th scope="col">{t('channels.prefer.email')}</th>
                <th scope="col">{t('channels.prefer.chat')}</th>
              </tr>
            </thead>
            <tbody>
              {options.data.topics.map(({ topic, name }) => (
                <tr key={topic}>
                  <th scope="row" id={`${id}-${topic}`}>
                    {name[language]}
                  </th>
                  <td>
                    <Icon name="check" size={16} />
                    <VisuallyHidden>{t('channels.prefer.always')}</VisuallyHidden>
                  </td>
                  {ways.map((way) => (
                    <td key={way}>
                      <input
                        type="checkbox"
                        className={css.tick}
                        aria-label={`${name[language]} · ${t(`channels.prefer.${way}`)}`}
                        checked={of(topic)[way]}
                        onChange={(event) => toggle(topic, way, event.target.checked)}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <ProblemNotice fault={save.error} />
      <div>
        <Button kind="primary" busy={save.isPending} onClick={() => save.mutate(chosen)}>
          {t('channels.prefer.save')}
        </Button>
      </div>
    </div>
  )
}
