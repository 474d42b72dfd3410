import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { type siteDetails, siteRoutes } from '../../sites/contract.ts'
import css from './page.module.css'

type Site = z.output<typeof siteDetails>
const queryKey = ['sites']
const zones = [...new Set(['Asia/Shanghai', ...Intl.supportedValuesOf('timeZone')])]

/** The places this installation serves, each with its own people, rules and calendar. */
export function Sites() {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Site | 'new' | null>(null)
  const sites = useQuery({ queryKey, queryFn: ({ signal }) => call(siteRoutes.sites, {}, { signal }) })
  const mayCreate = sites.data?.can.create ?? false
  useKeys(
    { n: { label: t('identity.sites.new'), run: () => setOpen('new') } },
    { layer: 'screen', enabled: mayCreate },
  )
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('identity.sites.title')}</h1>
        {mayCreate ? (
          <Button kind="primary" icon="plus" keyHint="n" onClick={() => setOpen('new')}>
            {t('identity.sites.new')}
          </Button>
        ) : null}
      </header>
      <ProblemNotice fault={sites.error} onRetry={() => void sites.refetch()} />
      {sites.isPending ? <Skeleton rows={3} /> : null}
      <div className={css.beside}>
        <section className={css.scroll} aria-label={t('identity.sites.title')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('identity.sites.name')}</th>
                <th scope="col">{t('identity.sites.code')}</th>
                <th scope="col">{t('identity.sites.zone')}</th>
              </tr>
            </thead>
            <tbody>
              {(sites.data?.items ?? []).map((site) => (
                <tr key={site.id}>
                  <td>
                    {site.can.edit ? (
                      <Button kind="plain" onClick={() => setOpen(site)}>
                        {site.name}
                      </Button>
                    ) : (
                      site.name
                    )}
                  </td>
                  <td>{site.code}</td>
                  <td>{site.zone}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {open === null ? null : (
          <SitePanel
            key={open === 'new' ? 'new' : open.id}
            site={open === 'new' ? null : open}
            onClose={() => setOpen(null)}
          />
        )}
      </div>
    </div>
  )
}

function SitePanel({ site, onClose }: { site: Site | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const queries = useQueryClient()
  const [name, setName] = useState(site?.name ?? '')
  const [code, setCode] = useState(site?.code ?? '')
  const [zone, setZone] = useState(site?.zone ?? 'Asia/Shanghai')
  const save = useMutation({
    mutationFn: () =>
      site === null
        ? call(siteRoutes.createSite, { body: { code, name, zone } })
        : call(siteRoutes.editSite, {
            params: { site: site.id },
            body: { version: site.version, name, zone },
          }),
    onSuccess: async (saved) => {
      showToast({ text: t('identity.sites.saved', { name: saved.name }) })
      await Promise.all([
        queries.invalidateQueries({ queryKey }),
        queries.invalidateQueries({ queryKey: ['me'] }),
      ])
      onClose()
    },
  })
  const faults = fieldTexts(save.error)

  function send(event: FormEvent) {
    event.preventDefault()
    if (!save.isPending) save.mutate()
  }

  return (
    <Panel title={site?.name ?? t('identity.sites.new')} onClose={onClose}>
      <form className={css.form} noValidate onSubmit={send}>
        <Field label={t('identity.sites.name')} required error={faults.name}>
          <TextInput value={name} onChange={setName} maxLength={200} autoFocus />
        </Field>
        {site === null ? (
          <Field
            label={t('identity.sites.code')}
            hint={t('identity.sites.codeHint')}
            required
            error={faults.code}
          >
            <TextInput value={code} onChange={setCode} maxLength={32} />
          </Field>
        ) : null}
        <Field label={t('identity.sites.zone')} error={faults.zone}>
          <SelectNative
            value={zone}
            onChange={setZone}
            options={zones.map((one) => ({ value: one, label: one }))}
          />
        </Field>
        <ProblemNotice fault={save.error} />
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t('identity.save')}
        </Button>
      </form>
    </Panel>
  )
}
