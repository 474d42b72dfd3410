-- find: what the single window reads (C5). Each of its questions is a range of an index that ends by itself, so that
-- 张, 科技 or a common tail of a number cost the same among a million people as among a thousand. A GIN index cannot
-- promise that (it collects every match before the first is returned); words of names in a b-tree can.

-- Beginnings that find the middle of a name: 伟强 and weiqiang of 张伟强. The whole name, its pinyin and its initials are
-- columns with indexes of their own and do not stand here.
create table find_word (
  site_id uuid not null,
  entity text collate "C" not null,
  word text collate "C" not null,
  subject_id uuid not null,
  primary key (site_id, entity, word, subject_id)
);

-- Chinese from its second character on, in pieces of twelve, never from within the legal form; and the readings that
-- `kernel/find/spelling.ts` put among the terms. Changing it means filling find_word anew. Written as a loop: the same as
-- one query over unnest and regular expressions takes eight times as long.
create function find_words(name text, terms text[]) returns text[] language plpgsql immutable parallel safe as $$
declare
  words text[] := '{}';
  term text;
  code integer;
  before boolean := false;
  distinct_length integer := char_length(name) - case
    when right(name, 6) in ('股份有限公司', '有限责任公司') then 6
    when right(name, 4) = '有限公司' then 4 when right(name, 2) = '公司' then 2 else 0 end;
begin
  foreach term in array terms loop
    -- As many bytes as characters: no Chinese among them, and nothing to look closer at.
    if char_length(term) > 1
      and (octet_length(term) = char_length(term) or term !~ '[\u3400-\u9fff\U00020000-\U0003ffff]') then
      words := words || term;
    end if;
  end loop;
  for i in reverse distinct_length..2 loop
    code := ascii(substr(name, i, 1));
    if code between 13312 and 40959 or code between 131072 and 262143 then
      if before then words := words || lower(substr(name, i, 12)); end if;
      before := true;
    else
      before := false;
    end if;
  end loop;
  return words;
end $$;

-- In the writing transaction: whoever was just written down is found at once. Only a change of the name costs anything.
create function find_words_keep() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from find_word where site_id = old.site_id and entity = tg_argv[0] and subject_id = old.id
      and word = any (find_words(old.name, old.terms));
  end if;
  if tg_op <> 'DELETE' and new.merged_into is null then
    insert into find_word (site_id, entity, word, subject_id)
    select new.site_id, tg_argv[0], word, new.id from unnest(find_words(new.name, new.terms)) word
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger contact_words after insert or delete on contact
  for each row execute function find_words_keep('contact');
create trigger contact_words_changed after update of name, terms, merged_into on contact for each row
  when ((old.name, old.terms, old.merged_into) is distinct from (new.name, new.terms, new.merged_into))
  execute function find_words_keep('contact');
create trigger customer_words after insert or delete on customer
  for each row execute function find_words_keep('customer');
create trigger customer_words_changed after update of name, terms, merged_into on customer for each row
  when ((old.name, old.terms, old.merged_into) is distinct from (new.name, new.terms, new.merged_into))
  execute function find_words_keep('customer');

-- Organisations as people told them, each once: by part of its name, and from there to its people. A million people come
-- from far fewer organisations, so their words stand here once instead of with everybody.
create table contact_organisation (
  site_id uuid not null,
  name text collate "C" not null,
  id uuid not null default gen_random_uuid(),
  primary key (site_id, name)
);
create unique index contact_organisation_id on contact_organisation (id);

create function contact_organisation_keep() returns trigger language plpgsql as $$
declare
  known uuid;
begin
  insert into contact_organisation (site_id, name) values (new.site_id, new.organisation)
  on conflict do nothing returning id into known;
  if known is not null then
    insert into find_word (site_id, entity, word, subject_id)
    select new.site_id, 'organisation', word, known from unnest(find_words(new.organisation, '{}')) word
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger contact_organisation_new after insert on contact for each row
  when (new.organisation <> '') execute function contact_organisation_keep();
create trigger contact_organisation_changed after update of organisation on contact for each row
  when (new.organisation <> '' and new.organisation <> old.organisation) execute function contact_organisation_keep();

create index contact_by_organisation on contact (site_id, organisation collate "C")
  where organisation <> '' and merged_into is null;

-- A host looks through the people they had to do with lately.
create index contact_concern_newest on contact_concern (employee_id, at desc);

-- Groups of visits by any part of their title.
create function visit_group_words() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from find_word where site_id = old.site_id and entity = 'visit-group' and subject_id = old.id
      and word = any (array_append(find_words(old.title, '{}'), lower(left(old.title, 12))));
  end if;
  insert into find_word (site_id, entity, word, subject_id)
  select distinct new.site_id, 'visit-group', word, new.id
  from unnest(array_append(find_words(new.title, '{}'), lower(left(new.title, 12)))) word
  where word <> '' on conflict do nothing;
  return null;
end $$;
create trigger visit_group_words after insert or update of title on visit_group
  for each row execute function visit_group_words();

create index visit_of_group on visit (group_id, sort_at desc) where group_id is not null;

-- The newest visit of a plate without reading the others. A plate is read out from its end, and written with and without
-- its point.
drop index visit_plate;
create index visit_plate on visit (site_id, plate, sort_at desc) where plate <> '';
create index visit_plate_tail on visit
  (site_id, (reverse(translate(plate, ' ·.-', ''))) collate "C", sort_at desc) where plate <> '';

-- Visitors nobody has made a contact of yet: those of the last seconds.
create index visitor_unlinked on visitor (site_id, created_at desc) where contact_id is null;

create index employee_dialects on employee using gin (dialects);

-- What was there before.
insert into find_word (site_id, entity, word, subject_id)
select site_id, 'contact', word, id from contact, unnest(find_words(name, terms)) word where merged_into is null
union
select site_id, 'customer', word, id from customer, unnest(find_words(name, terms)) word where merged_into is null;
insert into contact_organisation (site_id, name)
select distinct site_id, organisation from contact where organisation <> '';
insert into find_word (site_id, entity, word, subject_id)
select site_id, 'organisation', word, id from contact_organisation, unnest(find_words(name, '{}')) word
union
select site_id, 'visit-group', word, id from visit_group,
  unnest(array_append(find_words(title, '{}'), lower(left(title, 12)))) word where word <> '';
