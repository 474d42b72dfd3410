import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../ui-kit/client.ts'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { groups } from '../../groups/contract.ts'
import type { GroupDetail } from '../../groups/shapes.ts'
import { Counter } from './counter.tsx'
import { GroupForm } from './group-form.tsx'
import css from './groups.module.css'
import { ListBox } from './list-box.tsx'
import { Members } from './members.tsx'
import { useAct, useGroup } from './queries.ts'
import type { GroupSearch } from './search.ts'

const DeskGroup = () => <GroupPage base="/groups" />
const GateGroup = () => <GroupPage base="/gate/groups" />
const HostGroup = () => <GroupPage base="/host/groups" />

export { DeskGroup, GateGroup, HostGroup }

/** One group: who is here, who is missing, who is still inside (V22). */
function GroupPage({ base }: { base: '/groups' | '/gate/groups' | '/host/groups' }) {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false })
  const query = useGroup(id ?? '')
  const { member }: GroupSearch = useSearch({ strict: false })
  const [selected, setSelected] = useState<readonly string[]>(member === undefined ? [] : [member])
  const [editing, setEditing] = useState(false)
  const zone = useZone()
  const language = useUiLanguage()
  const group = query.data
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{group?.title ?? t('groups.title')}</h1>
        <div className={css.acts}>
          {group?.can.edit && !editing ? (
            <Button icon="edit" onClick={() => setEditing(true)}>
              {t('groups.edit.open')}
            </Button>
          ) : null}
          <Link to={base}>{t('groups.back')}</Link>
        </div>
      </header>
      <ProblemNotice fault={query.error} onRetry={() => void query.refetch()} />
      {query.isPending ? <Skeleton rows={8} /> : null}
      {group ? (
        <>
          <p>
            <StatusChip
              tone={group.state === 'cancelled' ? 'alarm' : group.state === 'left' ? 'neutral' : 'good'}
            >
              {t(`groups.state.${group.state}`)}
            </StatusChip>{' '}
            {[
              formatDateTime(group.expectedAt, zone, language),
              group.organiser,
              group.place,
              group.hostName,
              group.leaderName,
              group.leaderPhoneMasked,
              group.plates.join(' '),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {editing ? (
            <GroupForm group={group} onSaved={() => setEditing(false)} onCancel={() => setEditing(false)} />
          ) : null}
          <dl className={css.figures} aria-live="polite">
            {(['in', 'missing', 'inside', 'out', 'held', 'asking', 'size'] as const).map((figure) =>
              group.counts[figure] === 0 && (figure === 'held' || figure === 'asking') ? null : (
                <div key={figure}>
                  <dt>{t(`groups.count.${figure}`)}</dt>
                  <dd data-count={figure}>{group.counts[figure]}</dd>
                </div>
              ),
            )}
          </dl>
          <Decisions group={group} own={base === '/host/groups'} />
          {group.can.checkIn || group.can.release ? (
            <Counter group={group} selected={selected} first={member} onDone={() => setSelected([])} />
          ) : null}
          <Members group={group} selected={selected} onSelect={setSelected} />
          {group.can.edit ? <ListBox id={group.id} /> : null}
        </>
      ) : null}
    </div>
  )
}

/** @param own the host decides here themselves; at the counter their word is taken down */
function Decisions({ group, own }: { group: GroupDetail; own: boolean }) {
  const { t } = useTranslation()
  const { busy, run } = useAct()
  const exports = useCan('visit.export')
  const language = useUiLanguage()
  const params = { id: group.id }
  const answer = (given: 'receive' | 'decline') =>
    void run(() => call(groups.answer, { params, body: { answer: given } }))
  return (
    <div className={css.acts}>
      {group.consentAt ? <p>{t('groups.counter.consent', { name: group.consentByName })}</p> : null}
      {group.declinedAt ? <p>{t('groups.counter.declined')}</p> : null}
      {group.askedAt && group.can.answer ? <p>{t('groups.counter.asked')}</p> : null}
      {group.can.ask ? (
        <Button icon="phone" busy={busy} onClick={() => void run(() => call(groups.ask, { params }))}>
          {t('groups.counter.ask')}
        </Button>
      ) : null}
      {group.can.answer ? (
        <>
          <Button busy={busy} onClick={() => answer('receive')}>
            {t(own ? 'groups.counter.receive' : 'groups.counter.receiveFor')}
          </Button>
          <Button busy={busy} onClick={() => answer('decline')}>
            {t(own ? 'groups.counter.decline' : 'groups.counter.declineFor')}
          </Button>
        </>
      ) : null}
      {group.can.checkIn && !group.leaderSignedAt ? (
        <Button busy={busy} onClick={() => void run(() => call(groups.leaderSigned, { params }))}>
          {t('groups.counter.leaderSign')}
        </Button>
      ) : null}
      {group.leaderSignedAt ? <p>{t('groups.counter.leaderSigned')}</p> : null}
      {group.can.sign && group.counts.in > 0 ? (
        <Button
          kind="primary"
          busy={busy}
          onClick={() => void run(() => call(groups.sign, { params, body: {} }))}
        >
          {t('groups.counter.sign')}
        </Button>
      ) : null}
      {group.hostSignedAt ? <p>{t('groups.counter.signed', { name: group.hostSignedByName })}</p> : null}
      {group.can.checkIn && group.counts.in > 0 && group.counts.missing > group.counts.neverCame ? (
        <Button busy={busy} onClick={() => void run(() => call(groups.close, { params }))}>
          {t('groups.close')}
        </Button>
      ) : null}
      {group.can.cancel ? (
        <Button busy={busy} onClick={() => void run(() => call(groups.cancel, { params, body: {} }))}>
          {t('groups.cancel')}
        </Button>
      ) : null}
      {exports ? (
        <Button
          icon="download"
          busy={busy}
          onClick={() =>
            void run(
              async () => saveFile(await fetchFile(groups.export, { params, query: { language } })),
              () => t('groups.exported'),
            )
          }
        >
          {t('groups.export')}
        </Button>
      ) : null}
    </div>
  )
}
