-- Organisations over time: what a body was called, of what kind it was and where it stood on any day, who took over from
-- whom, and reorganisations that are prepared before they take effect. The state of today stays in `organisation` and
-- `organisation_line`; its history is kept here by the database itself, whoever changes the state.

create extension if not exists btree_gist;

-- The state of today ------------------------------------------------------------------------------------------

alter table organisation
  drop constraint organisation_hierarchy_check,
  drop constraint organisation_kind_check,
  add constraint organisation_hierarchy_check check (hierarchy in ('party', 'government', 'front', 'school')),
  add constraint organisation_kind_check check (kind in (
    'central-committee', 'province-committee', 'district-committee', 'commune-committee', 'agency-committee',
    'grassroots-committee', 'cell', 'cell-group', 'party-board', 'party-office', 'government', 'department', 'police',
    'military', 'school', 'school-group', 'front', 'union', 'union-branch', 'association', 'service-unit'
  )),
  add column began_on date, -- null: as far back as is known
  add column ended_on date, -- the first day on which it is no more; null while it lives
  add constraint organisation_term check (ended_on > began_on);
create index organisation_ended on organisation (ended_on) where ended_on is not null;

-- History -----------------------------------------------------------------------------------------------------

-- The key under which names are searched: no marks, no case, ủy as uỷ, and lý as lí. As nameKey() in the program.
create function name_key(words text) returns text
  language sql immutable strict parallel safe
  return regexp_replace(folded(words), '(qu|[bcdghklmnprstvx])y\M', '\1i', 'g');

-- What a body was called and of what kind it was, from a day to a day; both days belong to it.
create table organisation_period (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references organisation on delete cascade,
  from_on date, -- null: as far back as is known
  to_on date, -- null: still
  name text collate vi not null check (name <> ''),
  abbreviation text,
  kind text not null,
  unit_code text,
  reason text, -- why it began to be called so, and by which decision
  decision text,
  search_key text generated always as (name_key(name || ' ' || coalesce(abbreviation, ''))) stored,
  check (to_on >= from_on),
  -- In words that no query uses, here and in every constraint of this kind: an index on the columns themselves would be
  -- chosen for looking up a body's names, too. It is ten times slower at it than the next one, and after such scans
  -- PostgreSQL (seen with 18.4) marks an entry of a living row as dead, so that later scans miss the row.
  exclude using gist (uuid_send(organisation_id) with =, daterange(from_on, to_on + 1) with &&)
);
create index organisation_period_of on organisation_period (organisation_id, from_on);
create index organisation_period_search on organisation_period using gin (search_key gin_trgm_ops);
create index organisation_period_length on organisation_period (length(name), organisation_id);
create index organisation_period_short on organisation_period (lower(abbreviation)) where abbreviation is not null;

-- Under which body it stood in a hierarchy, from a day to a day: at most one on each day. The place in its own hierarchy
-- (organisation.hierarchy) is the one that organisation.parent_id tells of today.
create table organisation_place (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references organisation on delete cascade,
  hierarchy text not null check (hierarchy in ('party', 'government', 'front', 'school')),
  parent_id uuid references organisation, -- null: at the top
  from_on date,
  to_on date,
  reason text,
  decision text,
  check (parent_id <> organisation_id),
  check (to_on >= from_on),
  exclude using gist (
    uuid_send(organisation_id) with =, (hierarchy || '') with =, daterange(from_on, to_on + 1) with &&)
);
create index organisation_place_of on organisation_place (organisation_id, hierarchy, from_on);
create index organisation_place_below on organisation_place (parent_id, hierarchy);
create index organisation_place_beside on organisation_place (hierarchy, organisation_id) where hierarchy <> 'party';

-- Who took over what from whom.
create table succession (
  id uuid primary key default gen_random_uuid(),
  on_day date not null,
  from_organisation_id uuid not null references organisation,
  to_organisation_id uuid not null references organisation,
  takes text[] not null check (
    takes <> '{}' and takes <@ '{bodies,members,posts,rights,work,documents,loans}'::text[]
  ),
  reorganisation_id uuid,
  check (from_organisation_id <> to_organisation_id),
  unique (from_organisation_id, to_organisation_id, on_day, reorganisation_id)
);
create index succession_to on succession (to_organisation_id);

-- A change says from which day it holds, for what reason and by which decision:
--   trienkhai.change_on: a day; 'correct' where something was mistyped; empty: today.
create function change_setting(name text) returns text language sql stable
  return nullif(current_setting('trienkhai.change_' || name, true), '');

create function change_day() returns date language sql stable
  return case when change_setting('on') is null or change_setting('on') = 'correct'
    then (now() at time zone 'Asia/Ho_Chi_Minh')::date else change_setting('on')::date end;

-- A body that is put in has a history from its first row on.
create function begin_history() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into organisation_period
    (organisation_id, from_on, to_on, name, abbreviation, kind, unit_code, reason, decision)
  select id, began_on, ended_on - 1, name, abbreviation, kind, unit_code, change_setting('reason'),
    change_setting('decision')
  from new_rows;
  insert into organisation_place (organisation_id, hierarchy, parent_id, from_on, to_on, reason, decision)
  select id, hierarchy, parent_id, began_on, ended_on - 1, change_setting('reason'), change_setting('decision')
  from new_rows;
  return null;
end $$;
create trigger organisation_begins after insert on organisation
  referencing new table as new_rows for each statement execute function begin_history();

-- A changed name, kind or place closes what was before with the eve of the day, and begins anew with the day.
create function keep_history() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  correcting boolean := coalesce(change_setting('on') = 'correct', false);
  day date := change_day();
  renamed uuid[];
  moved uuid[];
  ended uuid[];
begin
  if exists (select from old_rows join new_rows using (id) where old_rows.ended_on is not null
      and new_rows.ended_on is distinct from old_rows.ended_on) then
    raise exception 'an organisation that has ended does not come back' using errcode = 'check_violation';
  end if;
  select array_agg(id) into renamed from old_rows before join new_rows after using (id)
  where (before.name, before.abbreviation, before.kind, before.unit_code)
    is distinct from (after.name, after.abbreviation, after.kind, after.unit_code);
  select array_agg(id) into moved from old_rows before join new_rows after using (id)
  where (before.parent_id, before.hierarchy) is distinct from (after.parent_id, after.hierarchy);
  select array_agg(id) into ended from old_rows before join new_rows after using (id)
  where before.ended_on is null and after.ended_on is not null;

  -- What is known to have changed later is not overtaken by a change that came before it.
  if not correcting and (
    exists (select from organisation_period
      where organisation_id = any (renamed) and to_on is null and from_on > day)
    or exists (select from organisation_place where organisation_id = any (moved) and to_on is null and from_on > day)
  ) then
    raise exception 'there is a later change' using errcode = 'check_violation', constraint = 'later_change';
  end if;

  if renamed is not null then
    if not correcting then
      update organisation_period set to_on = day - 1
      where organisation_id = any (renamed) and to_on is null and (from_on is null or from_on < day);
    end if;
    -- What was put in order on the same day already, or was mistyped, is one state and not two.
    update organisation_period period
    set name = body.name, abbreviation = body.abbreviation, kind = body.kind, unit_code = body.unit_code,
      reason = coalesce(change_setting('reason'), reason), decision = coalesce(change_setting('decision'), decision)
    from new_rows body
    where period.organisation_id = body.id and body.id = any (renamed)
      and (period.to_on is null or period.to_on = body.ended_on - 1);
    insert into organisation_period
      (organisation_id, from_on, name, abbreviation, kind, unit_code, reason, decision)
    select id, day, name, abbreviation, kind, unit_code, change_setting('reason'), change_setting('decision')
    from new_rows
    where id = any (renamed) and ended_on is null
      and not exists (
        select from organisation_period period where period.organisation_id = new_rows.id and period.to_on is null
      );
  end if;

  if moved is not null then
    if not correcting then
      update organisation_place place set to_on = day - 1 from old_rows before
      where place.organisation_id = before.id and before.id = any (moved) and place.hierarchy = before.hierarchy
        and place.to_on is null and (place.from_on is null or place.from_on < day);
    end if;
    update organisation_place place
    set parent_id = after.parent_id, hierarchy = after.hierarchy,
      reason = coalesce(change_setting('reason'), reason), decision = coalesce(change_setting('decision'), decision)
    from old_rows before join new_rows after on after.id = before.id
    where place.organisation_id = after.id and after.id = any (moved) and place.hierarchy = before.hierarchy
      and (place.to_on is null or place.to_on = after.ended_on - 1);
    insert into organisation_place (organisation_id, hierarchy, parent_id, from_on, reason, decision)
    select id, hierarchy, parent_id, day, change_setting('reason'), change_setting('decision')
    from new_rows
    where id = any (moved) and ended_on is null and not exists (
      select from organisation_place place
      where place.organisation_id = new_rows.id and place.hierarchy = new_rows.hierarchy and place.to_on is null
    );
    perform draw_lines(moved);
    perform refuse_circles(moved);
  end if;

  if ended is not null then
    update organisation_period period set to_on = body.ended_on - 1 from new_rows body
    where period.organisation_id = body.id and body.id = any (ended) and period.to_on is null;
    update organisation_place place set to_on = body.ended_on - 1 from new_rows body
    where place.organisation_id = body.id and body.id = any (ended) and place.to_on is null;
  end if;
  return null;
end $$;
create trigger organisation_changes after update on organisation
  referencing old table as old_rows new table as new_rows for each statement execute function keep_history();

-- Draws the lines of bodies that were moved, and of all below them, anew from the parents of today.
create function draw_lines(moved uuid[]) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  touched uuid[];
begin
  select array_agg(distinct organisation_id) into touched
  from organisation_line where ancestor_id = any (moved);
  delete from organisation_line where organisation_id = any (touched);
  insert into organisation_line (organisation_id, ancestor_id, distance)
  with recursive line (organisation_id, ancestor_id, distance) as (
    select id, id, 0 from unnest(touched) as body (id)
    union all
    select line.organisation_id, body.parent_id, line.distance + 1
    from line join organisation body on body.id = line.ancestor_id
    where body.parent_id is not null and line.distance < 40
  )
  select organisation_id, ancestor_id, distance from line;
exception when unique_violation then
  raise exception 'an organisation would stand below itself' using errcode = 'check_violation';
end $$;

-- No body stands below itself on any day, in any hierarchy: the places from a changed one upwards, as long as they hold
-- at the same time, do not come back to it.
create function refuse_circles(moved uuid[]) returns void
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if exists (
    with recursive up as (
      select place.organisation_id as start, place.hierarchy as asked, place.parent_id as id,
        daterange(place.from_on, place.to_on, '[]') as days, 1 as distance
      from organisation_place place where place.organisation_id = any (moved) and place.parent_id is not null
      union all
      select up.start, up.asked, place.parent_id, up.days * daterange(place.from_on, place.to_on, '[]'),
        up.distance + 1
      from up join organisation body on body.id = up.id
      join organisation_place place on place.organisation_id = up.id
        and (place.hierarchy = up.asked or place.hierarchy = body.hierarchy)
        and daterange(place.from_on, place.to_on, '[]') && up.days
      where place.parent_id is not null and up.id <> up.start and up.distance < 40
    )
    select from up where id = start
  ) then
    raise exception 'an organisation would stand below itself' using errcode = 'check_violation';
  end if;
end $$;

-- Where a body stands beside its own hierarchy, from a day on; null as parent ends it there.
create function place_beside(body uuid, in_hierarchy text, parent uuid, day date) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from organisation where id = body and hierarchy = in_hierarchy) then
    raise exception 'its own hierarchy is told by its parent' using errcode = 'check_violation';
  end if;
  delete from organisation_place
  where organisation_id = body and hierarchy = in_hierarchy and from_on = day and to_on is null;
  update organisation_place set to_on = day - 1
  where organisation_id = body and hierarchy = in_hierarchy and to_on is null;
  if parent is not null then
    insert into organisation_place (organisation_id, hierarchy, parent_id, from_on, reason, decision)
    values (body, in_hierarchy, parent, day, change_setting('reason'), change_setting('decision'));
    perform refuse_circles(array[body]);
  end if;
end $$;

-- Reading the past --------------------------------------------------------------------------------------------

-- A body and those above it on a day, each in its own hierarchy.
create function line_on(body uuid, day date) returns table (ancestor_id uuid, distance integer)
  language sql stable set search_path = public, pg_temp as $$
  with recursive up (id, distance) as (
    select body, 0
    union all
    select place.parent_id, up.distance + 1
    from up join organisation own on own.id = up.id
    join organisation_place place on place.organisation_id = up.id and place.hierarchy = own.hierarchy
      and (place.from_on is null or place.from_on <= day) and (place.to_on is null or place.to_on >= day)
    where place.parent_id is not null and up.distance < 40
  )
  select id, distance from up
$$;

-- Everything at and below a body on a day, at most so deep: each body in its own hierarchy, or all in the one that is
-- asked for. Of a tree as large as a province's all places of the day are read at once; a small one is followed body by
-- body.
create function tree_on(top uuid, day date, deepest integer default 40, in_hierarchy text default null)
  returns table (organisation_id uuid, parent_id uuid, distance integer)
  language plpgsql stable set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if (select count(*) from (
    select from organisation_line line where line.ancestor_id = top limit 3001
  ) counted) > 3000 then
    return query
      with recursive held as materialized (
        select place.organisation_id, place.parent_id
        from organisation_place place
        join organisation own on own.id = place.organisation_id
          and place.hierarchy = coalesce(in_hierarchy, own.hierarchy)
        where place.parent_id is not null and (place.from_on is null or place.from_on <= day)
          and (place.to_on is null or place.to_on >= day)
      ),
      down (id, parent_id, distance) as (
        select top, null::uuid, 0
        union all
        select held.organisation_id, held.parent_id, down.distance + 1
        from down join held on held.parent_id = down.id
        where down.distance < deepest
      )
      select down.id, down.parent_id, down.distance from down;
  else
    return query
      with recursive down (id, parent_id, distance) as (
        select top, null::uuid, 0
        union all
        select place.organisation_id, place.parent_id, down.distance + 1
        from down
        join organisation_place place on place.parent_id = down.id
          and (place.from_on is null or place.from_on <= day) and (place.to_on is null or place.to_on >= day)
        join organisation own on own.id = place.organisation_id
          and place.hierarchy = coalesce(in_hierarchy, own.hierarchy)
        where down.distance < deepest
      )
      select down.id, down.parent_id, down.distance from down;
  end if;
end $$;

-- Who took over from a body, down to those that live; itself where it has not ended. `what` was taken.
create function heirs_of(body uuid, what text default 'documents') returns setof uuid
  language sql stable rows 2 security definer set search_path = public, pg_temp as $$
  with recursive onward (id, distance) as (
    select body, 0
    union
    select succession.to_organisation_id, onward.distance + 1
    from onward join organisation on organisation.id = onward.id
    join succession on succession.from_organisation_id = onward.id and what = any (succession.takes)
    where organisation.ended_on is not null and onward.distance < 40
  )
  select distinct onward.id from onward join organisation on organisation.id = onward.id
  where organisation.ended_on is null
$$;

-- The bodies whose papers one reaches as a successor: those that ended, and left their documents to one of these.
create function forebears_of(bodies uuid[]) returns table (heir_id uuid, organisation_id uuid)
  language sql stable rows 2 security definer set search_path = public, pg_temp as $$
  with recursive back (heir_id, id, distance) as (
    select id, id, 0 from unnest(bodies) as body (id)
    union
    select back.heir_id, succession.from_organisation_id, back.distance + 1
    from back join succession on succession.to_organisation_id = back.id and 'documents' = any (succession.takes)
    join organisation on organisation.id = succession.from_organisation_id
    where organisation.ended_on is not null and back.distance < 40
  )
  select distinct heir_id, id from back where distance > 0
$$;

-- Reorganisations ---------------------------------------------------------------------------------------------

create table reorganisation (
  id uuid primary key,
  office_id uuid not null references organisation, -- the body in whose area it happens
  title text collate vi not null check (title <> ''),
  decision text, -- number of the decision
  reason text,
  on_day date not null,
  state text not null default 'draft' check (state in ('draft', 'scheduled', 'done', 'dropped')),
  version integer not null default 0,
  failure jsonb, -- why it did not take effect on its day
  outcome jsonb, -- what it came to
  created_by uuid not null references account,
  created_at timestamptz not null default now(),
  scheduled_by uuid references account,
  scheduled_at timestamptz,
  done_at timestamptz,
  check ((state in ('scheduled', 'done')) = (scheduled_by is not null)),
  check ((state = 'done') = (done_at is not null))
);
create index reorganisation_office on reorganisation (office_id, on_day desc);
create index reorganisation_due on reorganisation (on_day) where state = 'scheduled';
alter table succession add foreign key (reorganisation_id) references reorganisation;

create table reorganisation_step (
  id uuid primary key,
  reorganisation_id uuid not null references reorganisation on delete cascade,
  ordinal integer not null,
  content jsonb not null,
  source text, -- "Sheet1!12": the row of the spreadsheet from which it was read
  unique (reorganisation_id, ordinal) deferrable initially deferred
);

-- Work that was open passes to the successor, and says where it came from -------------------------------------

alter table assignment
  add column added_on date, -- null: with the launch
  add column inherited_from_id uuid references organisation, -- to whom it was given first
  add column inherited_on date,
  add constraint assignment_inherited check ((inherited_from_id is null) = (inherited_on is null)),
  drop constraint assignment_task_id_organisation_id_key;
create unique index assignment_own on assignment (task_id, organisation_id) where inherited_from_id is null;
create unique index assignment_inherited on assignment (task_id, organisation_id, inherited_from_id, inherited_on)
  where inherited_from_id is not null;

alter table report_duty
  add column added_on date,
  add column inherited_from_id uuid references organisation,
  add column inherited_on date,
  add constraint report_duty_inherited check ((inherited_from_id is null) = (inherited_on is null)),
  drop constraint report_duty_plan_id_ordinal_organisation_id_key;
create unique index report_duty_own on report_duty (plan_id, ordinal, organisation_id) where inherited_from_id is null;
create unique index report_duty_inherited
  on report_duty (plan_id, ordinal, organisation_id, inherited_from_id, inherited_on)
  where inherited_from_id is not null;

-- The frozen row of a unit that ended stays under the name of its day; it is counted until its work passes.
alter table expected
  add column added_on date, -- null: with the launch
  add column passed_on date,
  add column passed_to_id uuid references organisation,
  add constraint expected_passed check ((passed_on is null) = (passed_to_id is null));

-- Each passing of open work, so that one can tell whose it was on any day.
create table work_passing (
  id bigint generated always as identity primary key,
  on_day date not null,
  assignment_id uuid references assignment on delete cascade,
  report_duty_id uuid references report_duty on delete cascade,
  from_id uuid not null references organisation,
  to_id uuid not null references organisation,
  reorganisation_id uuid references reorganisation,
  check ((assignment_id is null) <> (report_duty_id is null))
);
create index work_passing_assignment on work_passing (assignment_id, on_day);
create index work_passing_duty on work_passing (report_duty_id, on_day);
create index work_passing_reorganisation on work_passing (reorganisation_id);

-- Who has ended owns nothing that is open.
create function refuse_ended_owner() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  owner uuid;
begin
  if tg_table_name = 'assignment' then
    select body.id into owner from new_rows work join organisation body on body.id = work.organisation_id
    where work.state <> 'done' and body.ended_on is not null limit 1;
  else
    select body.id into owner from new_rows work join organisation body on body.id = work.organisation_id
    where work.submitted_at is null and body.ended_on is not null limit 1;
  end if;
  if owner is not null then
    raise exception 'the organisation % has ended and takes no work', owner using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger assignment_owner_lives after insert on assignment
  referencing new table as new_rows for each statement execute function refuse_ended_owner();
create trigger assignment_owner_still_lives after update on assignment
  referencing new table as new_rows for each statement execute function refuse_ended_owner();
create trigger report_duty_owner_lives after insert on report_duty
  referencing new table as new_rows for each statement execute function refuse_ended_owner();

-- An assignment may change its unit now: what it leaves is counted anew, too.
create function tally_expected_of_changed() returns trigger language plpgsql as $$
begin
  perform tally_expected(array_agg(organisation_id), array_agg(plan_id))
  from (
    select plan_id, organisation_id from new_rows union select plan_id, organisation_id from old_rows
  ) touched;
  return null;
end $$;
drop trigger assignment_units_updated on assignment;
create trigger assignment_units_updated after update on assignment
  referencing old table as old_rows new table as new_rows for each statement
  execute function tally_expected_of_changed();

-- A unit whose work has passed is not counted any more; the one that took it is.
create or replace function tally_units() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    update unit_tally tally set units = tally.units - gone.units, members = tally.members - gone.members
    from (
      select plan_id, tally_slot(coalesce(group_id, organisation_id)) as slot, unit_standing(tasks, done) as standing,
        first_open_on, count(*) as units, sum(members) as members
      from old_rows where passed_on is null group by 1, 2, 3, 4
    ) gone
    where (tally.plan_id, tally.slot, tally.standing) = (gone.plan_id, gone.slot, gone.standing)
      and tally.first_open_on is not distinct from gone.first_open_on;
  elsif tg_op = 'INSERT' then
    insert into unit_tally as tally
    select plan_id, tally_slot(coalesce(group_id, organisation_id)), unit_standing(tasks, done), first_open_on,
      count(*), sum(members)
    from new_rows where passed_on is null group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (plan_id, slot, standing, first_open_on)
    do update set units = tally.units + excluded.units, members = tally.members + excluded.members;
  else
    insert into unit_tally as tally
    select plan_id, tally_slot(coalesce(group_id, organisation_id)), unit_standing(tasks, done), first_open_on,
      sum(change), sum(change * members)
    from (
      select *, 1 as change from new_rows where passed_on is null
      union all select *, -1 from old_rows where passed_on is null
    ) changed
    group by 1, 2, 3, 4 having sum(change) <> 0 or sum(change * members) <> 0 order by 1, 2, 3, 4
    on conflict (plan_id, slot, standing, first_open_on)
    do update set units = tally.units + excluded.units, members = tally.members + excluded.members;
  end if;
  return null;
end $$;

-- The work of a plan as it stood at the end of a day, by what happened since its launch: states by the progress log, last
-- days as they were before later amendments, units as they were before later reorganisations. These stand in for the
-- tables of their names where a page is looked at as of a day.

create function end_of_day(day date) returns timestamptz language sql immutable parallel safe
  return (day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh';

-- What is taken away after the launch (an assignment taken back, a withdrawn plan, a piece of evidence attached by mistake)
-- is nothing of today's and stays something of the days before: the database keeps each such row here as it was.
create table bygone (
  id bigint generated always as identity primary key,
  kind text not null
    check (kind in ('plan', 'task', 'assignment', 'expected', 'report_duty', 'event', 'evidence')),
  row_id uuid not null, -- whose row it was: its id; of who was expected, the organisation's
  plan_id uuid not null references plan on delete cascade,
  office_id uuid not null references organisation,
  organisation_id uuid references organisation,
  launched_at timestamptz not null, -- of the plan, as it stood then
  gone_at timestamptz not null,
  content jsonb not null
);
create index bygone_plan on bygone (plan_id, kind);
create index bygone_row on bygone (row_id, kind);

-- The moment of what is being done: the program's, where it says so.
create function moment() returns timestamptz language sql stable
  return coalesce(nullif(current_setting('trienkhai.moment', true), '')::timestamptz, now());

create function keep_bygone() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into bygone (kind, row_id, plan_id, office_id, organisation_id, launched_at, gone_at, content)
  select tg_table_name, (gone.content ->> tg_argv[0])::uuid, plan.id, plan.office_id,
    (gone.content ->> 'organisation_id')::uuid, plan.launched_at, moment(), gone.content
  from (select to_jsonb(old_rows) as content from old_rows) gone
  join plan on plan.id = (gone.content ->> 'plan_id')::uuid
  where plan.launched_at is not null;
  return null;
end $$;
create trigger task_gone after delete on task
  referencing old table as old_rows for each statement execute function keep_bygone('id');
create trigger assignment_gone after delete on assignment
  referencing old table as old_rows for each statement execute function keep_bygone('id');
create trigger expected_gone after delete on expected
  referencing old table as old_rows for each statement execute function keep_bygone('organisation_id');
create trigger report_duty_gone after delete on report_duty
  referencing old table as old_rows for each statement execute function keep_bygone('id');

create function keep_bygone_evidence() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into bygone (kind, row_id, plan_id, office_id, organisation_id, launched_at, gone_at, content)
  select 'evidence', gone.id, plan.id, work.office_id, work.organisation_id, plan.launched_at, moment(), to_jsonb(gone)
  from old_rows gone join assignment work on work.id = gone.assignment_id join plan on plan.id = work.plan_id
  where plan.launched_at is not null;
  return null;
end $$;
create trigger evidence_gone after delete on evidence
  referencing old table as old_rows for each statement execute function keep_bygone_evidence();

-- Before the invitations go with it.
create function keep_bygone_event() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into bygone (kind, row_id, plan_id, office_id, launched_at, gone_at, content)
  select 'event', old.id, plan.id, plan.office_id, plan.launched_at, moment(), to_jsonb(old) || jsonb_build_object(
    'invited', array(select organisation_id from event_organisation where event_id = old.id))
  from plan where plan.id = old.plan_id and plan.launched_at is not null;
  return old;
end $$;
create trigger event_gone before delete on event for each row execute function keep_bygone_event();

create function keep_bygone_plan() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into bygone (kind, row_id, plan_id, office_id, launched_at, gone_at, content)
  values ('plan', old.id, old.id, old.office_id, old.launched_at, moment(), to_jsonb(old));
  return null;
end $$;
create trigger plan_withdrawn after update on plan for each row
  when (old.state = 'launched' and new.state = 'withdrawn') execute function keep_bygone_plan();

-- What somebody wrote or linked to in a piece of evidence that was taken away goes with their erasure, and for everybody
-- after a term: that there was a piece, of whom and when, stays for the days before.
create function forget_bygone(accounts uuid[], gone_before timestamptz) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  forgotten integer;
begin
  if not is_program() then
    raise exception 'only the program may do this' using errcode = 'insufficient_privilege';
  end if;
  update bygone set content = content || '{"title": "…", "url": null}'
  where kind = 'evidence' and (content ->> 'title' <> '…' or content ->> 'url' is not null)
    and ((content ->> 'added_by')::uuid = any (accounts) or gone_at < gone_before);
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
revoke execute on function forget_bygone(uuid[], timestamptz) from public;

-- What became of a plan's assignments until a moment, of those that the actor sees. The policies of the tables would ask
-- for the assignment of every single row.
create function assignments_seen(asked_plan uuid) returns setof uuid
  language sql stable security definer rows 1000 set search_path = public, pg_temp as $$
  select id from assignment
  where plan_id = asked_plan and (
    is_program() or office_id = any (actor_offices()) or organisation_id = any (actor_memberships())
    or cardinality(actor_areas()) > 0 and organisation_id in (
      select organisation_id from organisation_line where ancestor_id = any (actor_areas())
    )
  )
$$;
create function steps_until(asked_plan uuid, moment timestamptz) returns table (
  assignment_id uuid, started_at timestamptz, last_step text, done_at timestamptz, done_by uuid
) language sql stable security definer rows 1000 set search_path = public, pg_temp as $$
  select progress.assignment_id, min(progress.at),
    (array_agg(progress.step order by progress.at desc, progress.id desc) filter (where progress.step <> 'noted'))[1],
    max(progress.at) filter (where progress.step = 'done'),
    (array_agg(progress.account_id order by progress.at desc, progress.id desc)
      filter (where progress.step = 'done'))[1]
  from assignments_seen(asked_plan) seen (id) join progress on progress.assignment_id = seen.id
  where progress.at < moment group by 1
$$;
create function proofs_until(asked_plan uuid, moment timestamptz) returns table (assignment_id uuid, proofs integer)
  language sql stable security definer rows 1000 set search_path = public, pg_temp as $$
  select shown.assignment_id, count(*)::int
  from (
    select evidence.assignment_id
    from assignments_seen(asked_plan) seen (id) join evidence on evidence.assignment_id = seen.id
    where evidence.added_at < moment
    union all
    select (content ->> 'assignment_id')::uuid from bygone
    where bygone.plan_id = asked_plan and bygone.kind = 'evidence' and bygone.gone_at >= moment
      and (content ->> 'added_at')::timestamptz < moment
      and (is_program() or office_id = any (actor_offices()) or organisation_id = any (actor_memberships())
        or lies_below(organisation_id, actor_areas()))
  ) shown group by 1
$$;
create function troubles_until(asked_plan uuid, moment timestamptz) returns table (assignment_id uuid, troubles integer)
  language sql stable security definer rows 100 set search_path = public, pg_temp as $$
  select obstacle.assignment_id, count(*)::int
  from assignments_seen(asked_plan) seen (id) join obstacle on obstacle.assignment_id = seen.id
  where obstacle.raised_at < moment and (obstacle.answered_at is null or obstacle.answered_at >= moment)
  group by 1
$$;

create function assignment_on(asked_plan uuid, day date) returns table (
  id uuid, plan_id uuid, task_id uuid, office_id uuid, organisation_id uuid, group_id uuid, role text, state text,
  due_on date, started_at timestamptz, done_at timestamptz, done_by uuid, evidence_count integer,
  open_obstacles integer, inherited_from_id uuid, inherited_on date
) language sql stable
begin atomic
  with work as (
    select assignment.* from plan join assignment on assignment.plan_id = plan.id
    where plan.id = asked_plan and plan.launched_at < end_of_day(day)
    union all
    select kept.* from bygone cross join lateral jsonb_populate_record(null::assignment, bygone.content) kept
    where bygone.plan_id = asked_plan and bygone.kind = 'assignment' and bygone.launched_at < end_of_day(day)
      and bygone.gone_at >= end_of_day(day)
  ),
  -- Each at most once an assignment, and said so: what a query doesn't ask for isn't gathered.
  steps as (
    select assignment_id, min(started_at) as started_at, max(last_step) as last_step, max(done_at) as done_at,
      max(done_by::text)::uuid as done_by
    from steps_until(asked_plan, end_of_day(day)) group by 1
  ),
  proofs as (
    select assignment_id, max(proofs) as proofs from proofs_until(asked_plan, end_of_day(day)) group by 1
  ),
  troubles as (
    select assignment_id, max(troubles) as troubles from troubles_until(asked_plan, end_of_day(day)) group by 1
  ),
  passed as (
    select distinct on (passing.assignment_id) passing.assignment_id, passing.from_id
    from assignment join work_passing passing on passing.assignment_id = assignment.id
    where assignment.plan_id = asked_plan and passing.on_day > day
    order by passing.assignment_id, passing.on_day, passing.id
  ),
  moved as (
    select distinct on (change ->> 'taskId') (change ->> 'taskId')::uuid as task_id, (change ->> 'before')::date as due_on
    from amendment cross join jsonb_array_elements(amendment.changes) change
    where amendment.plan_id = asked_plan and change ->> 'kind' = 'due' and amendment.amended_at >= end_of_day(day)
    order by change ->> 'taskId', amendment.amended_at
  )
  select work.id, work.plan_id, work.task_id, work.office_id, coalesce(passed.from_id, work.organisation_id),
    coalesce(former.group_id, work.group_id), work.role,
    case when steps.last_step = 'done' then 'done' when steps.assignment_id is not null then 'doing' else 'owed' end,
    case when moved.task_id is not null then moved.due_on else work.due_on end,
    steps.started_at, case when steps.last_step = 'done' then steps.done_at end,
    case when steps.last_step = 'done' then steps.done_by end,
    coalesce(proofs.proofs, 0), coalesce(troubles.troubles, 0),
    case when passed.from_id is distinct from work.inherited_from_id then work.inherited_from_id end,
    case when passed.from_id is distinct from work.inherited_from_id then work.inherited_on end
  from work
  left join steps on steps.assignment_id = work.id
  left join proofs on proofs.assignment_id = work.id
  left join troubles on troubles.assignment_id = work.id
  left join passed on passed.assignment_id = work.id
  left join moved on moved.task_id = work.task_id
  left join expected former on former.plan_id = work.plan_id and former.organisation_id = passed.from_id
  where work.added_on is null or work.added_on <= day;
end;

create function expected_on(asked_plan uuid, day date) returns table (
  plan_id uuid, organisation_id uuid, name text, members integer, group_id uuid, place integer, tasks integer,
  done integer, first_open_on date, search_key text, passed_on date, passed_to_id uuid
) language sql stable
begin atomic
  with work as (
    select organisation_id, count(*)::int as tasks, count(*) filter (where state = 'done')::int as done,
      min(due_on) filter (where state <> 'done') as first_open_on
    from assignment_on(asked_plan, day) group by 1
  ),
  later as (
    select passed_to_id, sum(members)::int as members from expected
    where plan_id = asked_plan and passed_on > day group by 1
  ),
  unit as (
    select expected.* from plan join expected on expected.plan_id = plan.id
    where plan.id = asked_plan and plan.launched_at < end_of_day(day)
    union all
    select kept.* from bygone cross join lateral jsonb_populate_record(null::expected, bygone.content) kept
    where bygone.plan_id = asked_plan and bygone.kind = 'expected' and bygone.launched_at < end_of_day(day)
      and bygone.gone_at >= end_of_day(day)
  )
  select unit.plan_id, unit.organisation_id, unit.name, unit.members - coalesce(later.members, 0), unit.group_id,
    unit.place, coalesce(work.tasks, 0), coalesce(work.done, 0), work.first_open_on, unit.search_key,
    case when unit.passed_on <= day then unit.passed_on end, case when unit.passed_on <= day then unit.passed_to_id end
  from unit
  left join work on work.organisation_id = unit.organisation_id
  left join later on later.passed_to_id = unit.organisation_id
  where unit.added_on is null or unit.added_on <= day;
end;

create function report_duty_on(asked_plan uuid, day date) returns table (
  id uuid, plan_id uuid, ordinal integer, office_id uuid, organisation_id uuid, text text, deadline jsonb, due_on date,
  submitted_at timestamptz, submitted_by uuid, body text, file_hash text, file_name text, inherited_from_id uuid,
  inherited_on date
) language sql stable
begin atomic
  with passed as (
    select distinct on (passing.report_duty_id) passing.report_duty_id, passing.from_id
    from report_duty join work_passing passing on passing.report_duty_id = report_duty.id
    where report_duty.plan_id = asked_plan and passing.on_day > day
    order by passing.report_duty_id, passing.on_day, passing.id
  ),
  duty as (
    select report_duty.* from plan join report_duty on report_duty.plan_id = plan.id
    where plan.id = asked_plan and plan.launched_at < end_of_day(day)
    union all
    select kept.* from bygone cross join lateral jsonb_populate_record(null::report_duty, bygone.content) kept
    where bygone.plan_id = asked_plan and bygone.kind = 'report_duty' and bygone.launched_at < end_of_day(day)
      and bygone.gone_at >= end_of_day(day)
  )
  select duty.id, duty.plan_id, duty.ordinal, duty.office_id, coalesce(passed.from_id, duty.organisation_id), duty.text,
    duty.deadline, duty.due_on, came.submitted_at, came.submitted_by, came.body, came.file_hash, came.file_name,
    case when passed.from_id is distinct from duty.inherited_from_id then duty.inherited_from_id end,
    case when passed.from_id is distinct from duty.inherited_from_id then duty.inherited_on end
  from duty
  left join passed on passed.report_duty_id = duty.id
  left join report_duty came on came.id = duty.id and came.submitted_at < end_of_day(day)
  where duty.added_on is null or duty.added_on <= day;
end;

-- The product as of a day: a request for a day of the past looks for its tables here first, and finds their stand-ins
-- under the same names, with the same columns, of that day. What has none is read as it is. Rights are those of today,
-- as the policies of the tables beneath hold here, too.
create schema past;
grant usage on schema past to trienkhai_program;

create function past.day() returns date language sql stable
  return nullif(current_setting('trienkhai.on', true), '')::date;
create function past.until() returns timestamptz language sql stable
  return public.end_of_day(past.day());

create view past.organisation with (security_invoker = true) as
  select own.id, own.hierarchy, period.kind, period.name, period.abbreviation, place.parent_id, period.unit_code,
    folded(period.name || ' ' || coalesce(period.abbreviation, '')) as search_key, own.created_at, own.began_on,
    null::date as ended_on
  from organisation own
  join organisation_period period on period.organisation_id = own.id
    and (period.from_on is null or period.from_on <= past.day()) and (period.to_on is null or period.to_on >= past.day())
  join organisation_place place on place.organisation_id = own.id and place.hierarchy = own.hierarchy
    and (place.from_on is null or place.from_on <= past.day()) and (place.to_on is null or place.to_on >= past.day());

create view past.plan with (security_invoker = true) as
  select plan.id, plan.office_id, plan.document_id,
    case when former.launched_at is not null then 'launched'
      when plan.launched_at >= past.until() then 'review'
      when plan.closed_at >= past.until() then 'launched' else plan.state end as state,
    plan.number, plan.issued_on, plan.subject, plan.search_key,
    coalesce(former.launched_at, case when plan.launched_at < past.until() then plan.launched_at end) as launched_at,
    coalesce(former.launched_by, case when plan.launched_at < past.until() then plan.launched_by end) as launched_by,
    coalesce(former.resolved_on, plan.resolved_on) as resolved_on, plan.created_at,
    case when former.launched_at is null then plan.withdrawn_reason end as withdrawn_reason,
    case when former.launched_at is null then plan.withdrawn_at end as withdrawn_at,
    case when plan.closed_at < past.until() then plan.closed_on end as closed_on,
    case when plan.closed_at < past.until() then plan.closed_at end as closed_at,
    case when plan.closed_at < past.until() then plan.closed_by end as closed_by,
    case when plan.closed_at < past.until() then plan.closed_reason end as closed_reason
  from plan
  left join lateral (
    select bygone.launched_at, (content ->> 'launched_by')::uuid as launched_by,
      (content ->> 'resolved_on')::date as resolved_on
    from bygone where bygone.plan_id = plan.id and bygone.kind = 'plan' and bygone.launched_at < past.until()
      and bygone.gone_at >= past.until() limit 1
  ) former on true
  where least(plan.created_at, plan.launched_at) < past.until();

-- Plans that were launched by the end of the day, and not withdrawn until then.
create view past.launched with (security_invoker = true) as
  select id from plan where launched_at < past.until()
  union
  select plan_id from bygone where kind = 'plan' and launched_at < past.until() and gone_at >= past.until();

create view past.assignment with (security_invoker = true) as
  select work.id, plan.id as plan_id, work.task_id, work.office_id, work.organisation_id, work.group_id, work.role,
    work.state, work.due_on, work.started_at, work.done_at, work.done_by, work.evidence_count, work.open_obstacles,
    0 as version, null::date as added_on, work.inherited_from_id, work.inherited_on
  from past.launched plan cross join lateral assignment_on(plan.id, past.day()) work;

create view past.expected with (security_invoker = true) as
  select plan.id as plan_id, unit.organisation_id, unit.name collate vi as name, unit.members, unit.group_id, unit.place, unit.tasks,
    unit.done, unit.first_open_on, unit.search_key, null::date as added_on, unit.passed_on, unit.passed_to_id
  from past.launched plan cross join lateral expected_on(plan.id, past.day()) unit;

create view past.report_duty with (security_invoker = true) as
  select duty.id, plan.id as plan_id, duty.ordinal, duty.office_id, duty.organisation_id, duty.text, duty.deadline,
    duty.due_on, duty.submitted_at, duty.submitted_by, duty.body, duty.file_hash, duty.file_name,
    null::date as added_on, duty.inherited_from_id, duty.inherited_on
  from past.launched plan cross join lateral report_duty_on(plan.id, past.day()) duty;

create view past.assignment_tally with (security_invoker = true) as
  select plan_id, task_id, group_id, role, state, due_on, evidence_count > 0 as with_evidence,
    assignment_done_late(done_at, due_on) as done_late, 1 as count
  from past.assignment;
create view past.task_tally with (security_invoker = true) as
  select plan_id, task_id, 0::smallint as slot, state, due_on, evidence_count > 0 as with_evidence,
    assignment_done_late(done_at, due_on) as done_late, 1 as count
  from past.assignment;
create view past.unit_tally with (security_invoker = true) as
  select plan_id, 0::smallint as slot, unit_standing(tasks, done) as standing, first_open_on, 1 as units, members
  from past.expected where passed_on is null;

create view past.progress with (security_invoker = true) as select * from progress where at < past.until();
create view past.evidence with (security_invoker = true) as
  select * from evidence where added_at < past.until()
  union all
  select bygone.row_id, kept.assignment_id, kept.kind, kept.file_hash, kept.title, kept.url, kept.added_by, kept.added_at
  from bygone cross join lateral jsonb_populate_record(null::evidence, bygone.content) kept
  where bygone.kind = 'evidence' and bygone.gone_at >= past.until() and kept.added_at < past.until();

-- A task as it was worded and due before later amendments; one that was added later was not there.
create view past.task with (security_invoker = true) as
  with own as (
    select task.id, task.plan_id, task.ordinal, task.text, task.product, task.condition, task.section, task.deadline,
      task.due_on, task.parties, task.spans
    from task join plan on plan.id = task.plan_id and plan.launched_at < past.until()
    union all
    select bygone.row_id, bygone.plan_id, kept.ordinal, kept.text, kept.product, kept.condition, kept.section,
      kept.deadline, kept.due_on, kept.parties, kept.spans
    from bygone cross join lateral jsonb_populate_record(null::task, bygone.content) kept
    where bygone.kind = 'task' and bygone.launched_at < past.until() and bygone.gone_at >= past.until()
  )
  select own.id, own.plan_id, own.ordinal,
    case when texts.before is null then own.text else texts.before ->> 'before' end as text, own.product, own.condition,
    own.section, own.deadline,
    case when dues.before is null then own.due_on else (dues.before ->> 'before')::date end as due_on, own.parties,
    own.spans
  from own
  left join lateral (
    select change as before from amendment cross join jsonb_array_elements(amendment.changes) change
    where amendment.plan_id = own.plan_id and amendment.amended_at >= past.until() and change ->> 'kind' = 'text'
      and change ->> 'taskId' = own.id::text order by amendment.amended_at limit 1
  ) texts on true
  left join lateral (
    select change as before from amendment cross join jsonb_array_elements(amendment.changes) change
    where amendment.plan_id = own.plan_id and amendment.amended_at >= past.until() and change ->> 'kind' = 'due'
      and change ->> 'taskId' = own.id::text order by amendment.amended_at limit 1
  ) dues on true
  where not exists (
    select from amendment cross join jsonb_array_elements(amendment.changes) change
    where amendment.plan_id = own.plan_id and amendment.amended_at >= past.until() and change ->> 'kind' = 'add-task'
      and change ->> 'taskId' = own.id::text
  );

create view past.event with (security_invoker = true) as
  select event.id, event.plan_id, event.office_id, event.title, event.starts_on, event.starts_at, event.ends_on,
    event.ends_at, event.place, event.agenda, event.invitees
  from event join plan on plan.id = event.plan_id and plan.launched_at < past.until()
  union all
  select bygone.row_id, bygone.plan_id, bygone.office_id, kept.title, kept.starts_on, kept.starts_at, kept.ends_on,
    kept.ends_at, kept.place, kept.agenda, kept.invitees
  from bygone cross join lateral jsonb_populate_record(null::event, bygone.content) kept
  where bygone.kind = 'event' and bygone.launched_at < past.until() and bygone.gone_at >= past.until();
create view past.event_organisation with (security_invoker = true) as
  select event_id, organisation_id from event_organisation
  union all
  select bygone.row_id, invited.id::uuid
  from bygone cross join lateral jsonb_array_elements_text(bygone.content -> 'invited') invited (id)
  where bygone.kind = 'event' and bygone.launched_at < past.until() and bygone.gone_at >= past.until();
create view past.obstacle with (security_invoker = true) as
  select id, assignment_id, office_id, text, raised_by, raised_at,
    case when answered_at < past.until() then answer end as answer,
    case when answered_at < past.until() then answered_by end as answered_by,
    case when answered_at < past.until() then answered_at end as answered_at
  from obstacle where raised_at < past.until();
create view past.amendment with (security_invoker = true) as select * from amendment where amended_at < past.until();
create view past.document with (security_invoker = true) as select * from document where created_at < past.until();
-- A paper that went out later was a draft; its words are those of now, as drafts are kept by no day.
create view past.paper with (security_invoker = true) as
  select paper.id, paper.office_id, paper.plan_id, paper.kind, paper.title, paper.content, paper.figures_on, paper.version,
    paper.created_by, paper.created_at, paper.updated_at, issued.number, issued.issued_on, issued.issued_at,
    issued.issued_by, paper.follows_id, issued.printed_number
  from paper left join lateral (
    select paper.number, paper.issued_on, paper.issued_at, paper.issued_by, paper.printed_number
    where paper.issued_at < past.until()
  ) issued on true
  where created_at < past.until();
create view past.notice with (security_invoker = true) as
  select id, account_id, kind, plan_id, organisation_id, details, created_at,
    case when read_at < past.until() then read_at end as read_at
  from notice where created_at < past.until();
create view past.record_entry with (security_invoker = true) as select * from record_entry where done_at < past.until();
-- What is entered afterwards of a day that was then over (an old decision) took effect on its day.
create view past.reorganisation with (security_invoker = true) as
  select own.id, own.office_id, own.title, own.decision, own.reason, own.on_day,
    case when own.on_day <= past.day() or own.scheduled_at is null then own.state
      when own.scheduled_at < past.until() then 'scheduled' else 'draft' end as state,
    own.version, own.failure, case when own.on_day <= past.day() then own.outcome end as outcome,
    own.created_by, own.created_at, scheduled.scheduled_by, scheduled.scheduled_at,
    case when own.on_day <= past.day() then own.done_at end as done_at
  from reorganisation own left join lateral (
    select own.scheduled_by, own.scheduled_at where own.on_day <= past.day() or own.scheduled_at < past.until()
  ) scheduled on true
  where own.created_at < past.until() or own.state = 'done' and own.on_day <= past.day();
grant select on all tables in schema past to trienkhai_program;

-- Bodies of whom a name, of any time, holds all these folded words; the index is read before the rows are anybody's.
-- Among these bodies only, where they are given; otherwise at most so many: those with the shortest names, and those of
-- whom the words are the abbreviation. All but the Party are a small part of all bodies, and are gone through by themselves. The words are set into the question itself, so that the database knows how rare
-- they are and chooses: the rare are looked up, the names that hold the frequent are read from the shortest on.
create function organisations_named(
  patterns text[], most integer default null, bodies uuid[] default null, short text default null,
  in_hierarchy text default null
) returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  named text := (select string_agg(format('period.search_key like %L', pattern), ' and ') from unnest(patterns) pattern);
  fits text := named || case when in_hierarchy is null then '' else format(
    ' and exists (select from organisation_place place where place.organisation_id = period.organisation_id
      and place.hierarchy = %L)', in_hierarchy) end;
begin
  if bodies is null and in_hierarchy <> 'party' then
    return query execute 'with inside as materialized (
        select distinct place.organisation_id from organisation_place place where place.hierarchy = $2
      ),
      hits as materialized (
        select period.organisation_id, min(length(period.name)) as letters,
          bool_or(lower(period.abbreviation) = $3) is true as is_short
        from inside join organisation_period period on period.organisation_id = inside.organisation_id
        where ' || named || ' group by period.organisation_id
      )
      select hits.organisation_id from hits order by is_short desc, letters, organisation_id limit $1'
      using most, in_hierarchy, short;
  elsif bodies is not null then
    return query execute 'select distinct period.organisation_id from organisation_period period
      where period.organisation_id = any ($1) and ' || fits using bodies;
  else
    return query execute '(select period.organisation_id from organisation_period period where ' || fits
      || ' order by length(period.name), period.organisation_id limit $1)
      union
      (select period.organisation_id from organisation_period period where lower(period.abbreviation) = $2 and ' || fits
      || ' limit $1)' using most, short;
  end if;
end $$;

-- Rights ------------------------------------------------------------------------------------------------------

-- What one may do for a body one may do with what those left behind who ended in its favour. Guests stay guests of one
-- thing.
create or replace function grants_of(account uuid, day date)
  returns table (role text, organisation_id uuid, subject_kind text, subject_id uuid, post_id uuid)
  language sql stable rows 5 security definer set search_path = public, pg_temp
begin atomic
  with held as (
    select role_grant.role, role_grant.organisation_id, role_grant.subject_kind, role_grant.subject_id,
      null::uuid as post_id
    from role_grant
    where role_grant.account_id = account
      and role_grant.from_on <= day and (role_grant.to_on is null or role_grant.to_on >= day)
  )
  select held.role, held.organisation_id, held.subject_kind, held.subject_id, held.post_id from held
  union all
  select distinct held.role, forebear.organisation_id, null, null::uuid, held.post_id
  from forebears_of(array(select held.organisation_id from held where held.role <> 'guest')) forebear
  join held on held.organisation_id = forebear.heir_id and held.role <> 'guest'
  where not exists (select from held own where own.role = held.role and own.organisation_id = forebear.organisation_id);
end;

-- The history is written by the database alone; what becomes of organisations is the program's to write.
revoke insert, update, delete on organisation_period, organisation_place from trienkhai_program;
revoke update, delete on succession, work_passing from trienkhai_program;
revoke insert, update, delete on bygone from trienkhai_program;
grant execute on function forget_bygone(uuid[], timestamptz) to trienkhai_program;
revoke delete on organisation, organisation_line from trienkhai_program;

alter table organisation_period enable row level security;
alter table organisation_place enable row level security;
alter table succession enable row level security;
alter table work_passing enable row level security;
alter table bygone enable row level security;
alter table reorganisation enable row level security;
alter table reorganisation_step enable row level security;

-- Names of bodies and who took over from whom are no secret to whoever is signed in: the pages show them by their scope.
create policy organisation_period_seen on organisation_period for select
  using ((select is_somebody()));
create policy organisation_place_seen on organisation_place for select
  using ((select is_somebody()));
create policy succession_seen on succession for select
  using ((select is_somebody()));
create policy succession_written on succession for insert with check ((select is_program()));
create policy work_passing_seen on work_passing for select
  using ((select is_program()) or exists (select from assignment where assignment.id = assignment_id)
    or exists (select from report_duty where report_duty.id = report_duty_id));
create policy work_passing_written on work_passing for insert with check ((select is_program()));
create policy bygone_seen on bygone for select using (
  (select is_program()) or office_id = any ((select actor_offices())::uuid[])
  or organisation_id = any ((select actor_memberships())::uuid[])
  or organisation_id is not null and lies_below(organisation_id, (select actor_areas())::uuid[])
);
create policy reorganisation_kept on reorganisation
  using ((select is_program()) or lies_below(office_id, (select actor_administers())));
create policy reorganisation_step_kept on reorganisation_step
  using (exists (select from reorganisation where reorganisation.id = reorganisation_id));

-- What stands already -----------------------------------------------------------------------------------------

insert into organisation_period (organisation_id, name, abbreviation, kind, unit_code)
select id, name, abbreviation, kind, unit_code from organisation;
insert into organisation_place (organisation_id, hierarchy, parent_id)
select id, hierarchy, parent_id from organisation;
