-- An import is a run with a life: uploaded (draft), being stored line by line (running), done, taken back (undone).
-- `progress` is the last line stored: a run that a crash stopped goes on behind it.
alter table import_run drop constraint import_run_status_check;
alter table import_run
  add constraint import_run_status_check check (status in ('draft', 'running', 'done', 'undone')),
  add column headings jsonb not null default '[]',
  add column progress integer not null default 0,
  add column kept integer not null default 0,
  add column finished_at timestamptz;
create index import_run_draft on import_run (at) where status = 'draft';
create index import_run_file on import_run (sha256) where status in ('draft', 'running');
