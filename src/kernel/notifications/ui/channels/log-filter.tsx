import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, SelectNative } from '../../../../ui-kit/inputs.tsx'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { channelRoutes } from '../../channels/contract.ts'
import css from './channels.module.css'

export interface Filter {
  readonly channel: string
  /** Wall time of the site. */
  readonly from: string
  readonly until: string
  readonly about: string
}

export const noFilter: Filter = { channel: '', from: '', until: '', about: '' }

/** Which messages of the log: of one channel, of a time, about something. */
export function LogFilter(props: {
  readonly value: Filter
  readonly onChange: (part: Partial<Filter>) => void
  /** Among all channels of the site. */
  readonly pick: boolean
}) {
  const { value, onChange, pick } = props
  const { t } = useTranslation()
  const { site } = useSession()
  const channels = useQuery({
    queryKey: ['channels', site.id],
    enabled: pick,
    queryFn: ({ signal }) => call(channelRoutes.list, {}, { signal }),
  })
  return (
    <search className={css.row}>
      {pick ? (
        <Field label={t('channels.filter.channel')}>
          <SelectNative
            value={value.channel}
            onChange={(channel) => onChange({ channel })}
            placeholder={t('channels.filter.all')}
            options={(channels.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      ) : null}
      <Field label={t('channels.filter.from')}>
        <DateTimeInput value={value.from} onChange={(from) => onChange({ from })} />
      </Field>
      <Field label={t('channels.filter.until')}>
        <DateTimeInput value={value.until} onChange={(until) => onChange({ until })} />
      </Field>
      <SearchText
        label={t('channels.filter.about')}
        hint="pass.issued"
        value={value.about}
        onChange={(about) => onChange({ about })}
      />
    </search>
  )
}
