-- Lists brought in from sheets: the file, its rows as read and judged, and what came of them. A row is kept until the
-- import is carried out or given up, and then as long as it can be undone.

create table data_import (
  id uuid primary key,
  office_id uuid not null references organisation, -- at and below which everything in it must lie
  account_id uuid not null references account on delete cascade,
  file_hash text references file, -- null once the content is forgotten
  file_name text not null,
  chosen_kind text check (chosen_kind in ('organisations', 'people', 'posts', 'memberships')), -- null: by its titles
  mend_hash text references file, -- a corrected file that is still to be read
  state text not null default 'waiting' check (state in (
    'waiting', 'reading', 'preview', 'applying', 'done', 'undoing', 'undone', 'refused'
  )),
  refusal jsonb, -- why the file was not read, or why nothing of it was carried out
  sheets jsonb not null default '[]', -- which of its sheets is what, with the columns found
  done_rows integer not null default 0,
  total_rows integer, -- of the work under way, where it is known
  leave_wrong boolean not null default false, -- carried out without its wrong rows
  version integer not null default 0,
  created_at timestamptz not null default now(),
  applied_at timestamptz,
  undone_at timestamptz,
  check (state <> 'refused' or refusal is not null)
);
create index data_import_account on data_import (account_id, created_at desc, id);
create index data_import_office on data_import (office_id);

create table data_import_row (
  import_id uuid not null references data_import on delete cascade,
  kind text not null check (kind in ('organisations', 'people', 'posts', 'memberships')),
  number integer not null, -- in its sheet
  target_id uuid not null, -- what it stands for: found, or to be made under this id
  cells jsonb not null, -- as typed
  facts jsonb not null, -- as understood
  state text not null check (state in ('new', 'changed', 'unchanged', 'wrong', 'passed-over')),
  problems jsonb, -- [{ column, reason, … }]
  remarks jsonb, -- what was understood otherwise than it was written
  changes jsonb, -- { column: [before, after] }
  decision text, -- 'new', or the id of whom it is said to be
  name_key text, -- by which other rows refer to it
  born_on date,
  search_key text not null,
  primary key (import_id, kind, number)
) with (fillfactor = 85);
create index data_import_row_state on data_import_row (import_id, state, kind, number);
create index data_import_row_name on data_import_row (import_id, kind, name_key);

-- The planner has to know of many new rows before it can join them well, and only an owner may count rows.
create function count_import_rows() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze data_import_row;
end $$;
create function count_imported_rows() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze organisation, organisation_line, person, person_detail, membership, post;
end $$;

-- What an import has made goes with it where it is taken back. The program may take away no person, post or membership by
-- itself: this does, and only what came with an import that is being undone. Whoever is referred to by now stays, with all
-- the rest (the foreign keys see to it).
create function take_back_new_rows(undone uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_program() or not exists (select from data_import where id = undone and state = 'undoing') then
    raise exception 'no import is being undone' using errcode = 'insufficient_privilege';
  end if;
  delete from post using data_import_row row
  where row.import_id = undone and row.kind = 'posts' and row.state = 'new' and post.id = row.target_id;
  delete from membership using data_import_row row
  where row.import_id = undone and row.kind = 'memberships' and row.state = 'new' and membership.id = row.target_id;
  delete from membership using data_import_row row cross join jsonb_array_elements(row.facts -> 'effects') effect
  where row.import_id = undone and row.kind = 'people' and row.state in ('new', 'changed')
    and effect ->> 'do' = 'add' and membership.id = (effect ->> 'id')::uuid;
  delete from person_detail using data_import_row row
  where row.import_id = undone and row.kind = 'people' and row.state = 'new' and person_detail.person_id = row.target_id;
  delete from person using data_import_row row
  where row.import_id = undone and row.kind = 'people' and row.state = 'new' and person.id = row.target_id;
end $$;

alter table data_import enable row level security;
alter table data_import_row enable row level security;
-- Whoever brought it in, and nobody else: it holds what others may not see before it is judged.
create policy data_import_kept on data_import
  using ((select is_program()) or account_id = (select actor_account()));
create policy data_import_row_kept on data_import_row
  using ((select is_program())
    or exists (select from data_import where id = import_id and account_id = (select actor_account())));

-- Lists that were brought in by the end of a day: what was carried out or undone later was not.
create view past.data_import with (security_invoker = true) as
  select id, office_id, account_id, file_hash, file_name, chosen_kind, mend_hash,
    case when applied_at >= past.until() then 'preview' when undone_at >= past.until() then 'done' else state end as state,
    refusal, sheets, done_rows, total_rows, leave_wrong, version, created_at,
    case when applied_at < past.until() then applied_at end as applied_at,
    case when undone_at < past.until() then undone_at end as undone_at
  from data_import where created_at < past.until();
grant select on past.data_import to trienkhai_program;
