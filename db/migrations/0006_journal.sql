-- Journal positions that outlive the cluster. A logical dump carries `journal.xid` into a cluster that counts its
-- transactions from the start again; new entries would then sort before the old ones and the horizon would stay below
-- them for years. So a position is transaction id + shift, and the shift is raised once after such a restore
-- (`kernel/journal/rebase.ts`); no row is ever rewritten. `stable`, not `immutable`: plans must notice a new shift.
create function journal_shift() returns bigint language sql stable parallel safe return 0::bigint;

create function journal_xid() returns xid8 language sql volatile
  return ((pg_current_xact_id()::text::bigint + journal_shift())::text)::xid8;

-- Below it every transaction has ended: nothing can appear there any more.
create function journal_horizon() returns xid8 language sql stable parallel safe
  return ((pg_snapshot_xmin(pg_current_snapshot())::text::bigint + journal_shift())::text)::xid8;

alter table journal alter column xid set default journal_xid();

-- Per entry its id (8 bytes) and the first 8 bytes of its digest, in order: not part of the proof, but it tells which
-- entry of a broken seal was altered, removed or inserted.
alter table journal_seal add column leaves bytea not null;

-- The order in which the dispatcher's postponed tasks and the to-do list read.
create index task_site_due on task (site_id, due_at, id) where status = 'open';
