import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { Field } from '../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../ui-kit/inputs.tsx'
import css from './imports.module.css'
import type { Kind, Mapping, Upload } from './imports.tsx'

interface MapProps {
  kind: Kind
  upload: Upload
  mapping: Mapping
  onBack: () => void
  onDone: (mapping: Mapping, saveAs: string) => void
}

/** Which column is which field; examples from the file stand beside, so nobody has to open it. */
export function MapColumns({ kind, upload, mapping: first, onBack, onDone }: MapProps) {
  const { t } = useTranslation()
  const [mapping, setMapping] = useState<Mapping>(first)
  const [profileId, setProfileId] = useState(upload.profileId ?? '')
  const [saveAs, setSaveAs] = useState('')
  const [asked, setAsked] = useState(false)
  const { headings, sample, profiles } = upload
  const missing = kind.fields.filter((field) => field.required && !mapping[field.key])

  function example(heading: string | undefined): string {
    const column = heading === undefined ? -1 : headings.indexOf(heading)
    const values = sample.map((row) => row[column] ?? '').filter((value) => value !== '')
    return values.slice(0, 3).join(' · ')
  }

  function assign(key: string, heading: string) {
    const { [key]: _gone, ...others } = mapping
    setMapping(heading === '' ? others : { ...others, [key]: heading })
  }

  function chooseProfile(id: string) {
    setProfileId(id)
    const profile = profiles.find((one) => one.id === id)
    if (!profile) return setMapping(upload.mapping)
    const here = Object.entries(profile.mapping).filter(([, heading]) => headings.includes(heading))
    setMapping(Object.fromEntries(here))
  }

  function send(event: FormEvent) {
    event.preventDefault()
    setAsked(true)
    if (missing.length === 0) onDone(mapping, saveAs.trim())
  }

  return (
    <form className={css.page} noValidate onSubmit={send}>
      <p className={css.note}>
        {t('imports.mapping.file', { name: upload.run.fileName, lines: upload.run.total })}
      </p>
      {profiles.length > 0 ? (
        <Field label={t('imports.mapping.profile')}>
          <SelectNative
            value={profileId}
            onChange={chooseProfile}
            placeholder={t('imports.mapping.byHeadings')}
            options={profiles.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      ) : null}
      <div className={css.mapping}>
        {kind.fields.map(({ key, required }) => (
          <Field
            key={key}
            label={t(`import.${kind.kind}.${key}`)}
            required={required}
            hint={example(mapping[key])}
            error={asked && required && !mapping[key] ? t('field.required') : undefined}
          >
            <SelectNative
              value={mapping[key] ?? ''}
              onChange={(heading) => assign(key, heading)}
              placeholder={t('imports.mapping.notRead')}
              options={headings.map((heading) => ({ value: heading, label: heading }))}
            />
          </Field>
        ))}
      </div>
      <Field label={t('imports.mapping.saveAs')} hint={t('imports.mapping.saveAsHint')}>
        <TextInput value={saveAs} onChange={setSaveAs} maxLength={100} />
      </Field>
      <div className={css.acts}>
        <Button icon="back" onClick={onBack}>
          {t('imports.back')}
        </Button>
        <Button kind="primary" type="submit">
          {t('imports.mapping.next')}
        </Button>
      </div>
    </form>
  )
}
