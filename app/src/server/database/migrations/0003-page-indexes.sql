-- Figures of a whole plan in a few dozen rows: a page that says how a plan for 8,000 units stands reads neither its
-- units nor its tally by groups.

-- Rows of one figure are kept in 16 places by the body under which a unit stands, so that units of two communes hardly
-- ever wait for each other. What is read is always the sum.
create function tally_slot(group_id uuid) returns smallint
  language sql immutable strict parallel safe
  return (get_byte(uuid_send(group_id), 15) & 15)::smallint;

-- assignment_tally without its groups and roles.
create table task_tally (
  plan_id uuid not null references plan on delete cascade,
  task_id uuid not null references task on delete cascade,
  slot smallint not null,
  state text not null,
  due_on date,
  with_evidence boolean not null,
  done_late boolean not null,
  count integer not null,
  unique nulls not distinct (plan_id, task_id, slot, state, due_on, with_evidence, done_late)
);

-- Units of a plan by the first last day among what they have open, and by whether they have all done.
create table unit_tally (
  plan_id uuid not null references plan on delete cascade,
  slot smallint not null,
  standing text not null check (standing in ('none', 'open', 'done')), -- none: no task
  first_open_on date,
  units integer not null,
  members integer not null,
  unique nulls not distinct (plan_id, slot, standing, first_open_on)
);

create function unit_standing(tasks integer, done integer) returns text
  language sql immutable parallel safe
  return case when tasks = 0 then 'none' when done = tasks then 'done' else 'open' end;

-- What comes and what goes is added up first and written in key order: two changes at once never lock crosswise.
create function tally_tasks() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    -- Where a plan goes, its tally may be gone before its assignments: nothing is put there again.
    update task_tally tally set count = tally.count - gone.count
    from (
      select plan_id, task_id, tally_slot(group_id) as slot, state, due_on, evidence_count > 0 as with_evidence,
        assignment_done_late(done_at, due_on) as done_late, count(*) as count
      from old_rows group by 1, 2, 3, 4, 5, 6, 7
    ) gone
    where (tally.plan_id, tally.task_id, tally.slot, tally.state, tally.with_evidence, tally.done_late)
      = (gone.plan_id, gone.task_id, gone.slot, gone.state, gone.with_evidence, gone.done_late)
      and tally.due_on is not distinct from gone.due_on;
  elsif tg_op = 'INSERT' then
    insert into task_tally as tally
    select plan_id, task_id, tally_slot(group_id), state, due_on, evidence_count > 0,
      assignment_done_late(done_at, due_on), count(*)
    from new_rows group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
    on conflict (plan_id, task_id, slot, state, due_on, with_evidence, done_late)
    do update set count = tally.count + excluded.count;
  else
    insert into task_tally as tally
    select plan_id, task_id, tally_slot(group_id), state, due_on, evidence_count > 0,
      assignment_done_late(done_at, due_on), sum(change)
    from (select *, 1 as change from new_rows union all select *, -1 from old_rows) changed
    group by 1, 2, 3, 4, 5, 6, 7 having sum(change) <> 0 order by 1, 2, 3, 4, 5, 6, 7
    on conflict (plan_id, task_id, slot, state, due_on, with_evidence, done_late)
    do update set count = tally.count + excluded.count;
  end if;
  return null;
end $$;

create function tally_units() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    update unit_tally tally set units = tally.units - gone.units, members = tally.members - gone.members
    from (
      select plan_id, tally_slot(coalesce(group_id, organisation_id)) as slot, unit_standing(tasks, done) as standing,
        first_open_on, count(*) as units, sum(members) as members
      from old_rows group by 1, 2, 3, 4
    ) gone
    where (tally.plan_id, tally.slot, tally.standing) = (gone.plan_id, gone.slot, gone.standing)
      and tally.first_open_on is not distinct from gone.first_open_on;
  elsif tg_op = 'INSERT' then
    insert into unit_tally as tally
    select plan_id, tally_slot(coalesce(group_id, organisation_id)), unit_standing(tasks, done), first_open_on,
      count(*), sum(members)
    from new_rows group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (plan_id, slot, standing, first_open_on)
    do update set units = tally.units + excluded.units, members = tally.members + excluded.members;
  else
    insert into unit_tally as tally
    select plan_id, tally_slot(coalesce(group_id, organisation_id)), unit_standing(tasks, done), first_open_on,
      sum(change), sum(change * members)
    from (select *, 1 as change from new_rows union all select *, -1 from old_rows) changed
    group by 1, 2, 3, 4 having sum(change) <> 0 or sum(change * members) <> 0 order by 1, 2, 3, 4
    on conflict (plan_id, slot, standing, first_open_on)
    do update set units = tally.units + excluded.units, members = tally.members + excluded.members;
  end if;
  return null;
end $$;

insert into task_tally
select plan_id, task_id, tally_slot(group_id), state, due_on, evidence_count > 0,
  assignment_done_late(done_at, due_on), count(*)
from assignment group by 1, 2, 3, 4, 5, 6, 7;

insert into unit_tally
select plan_id, tally_slot(coalesce(group_id, organisation_id)), unit_standing(tasks, done), first_open_on, count(*),
  sum(members)
from expected group by 1, 2, 3, 4;

create trigger assignment_tasks_inserted after insert on assignment
  referencing new table as new_rows for each statement execute function tally_tasks();
create trigger assignment_tasks_updated after update on assignment
  referencing old table as old_rows new table as new_rows for each statement execute function tally_tasks();
create trigger assignment_tasks_deleted after delete on assignment
  referencing old table as old_rows for each statement execute function tally_tasks();
create trigger expected_units_inserted after insert on expected
  referencing new table as new_rows for each statement execute function tally_units();
create trigger expected_units_updated after update on expected
  referencing old table as old_rows new table as new_rows for each statement execute function tally_units();
create trigger expected_units_deleted after delete on expected
  referencing old table as old_rows for each statement execute function tally_units();

-- Asked on every page.
create index notice_unread on notice (account_id) where read_at is null;

-- Counts open obstacles, of a plan and of those whose work one sees, from the index alone.
drop index assignment_obstacles;
create index assignment_obstacles on assignment (plan_id, organisation_id) include (office_id, open_obstacles)
  where open_obstacles > 0;

-- The first bodies of an open branch, in the order in which they are listed.
create index organisation_branch on organisation (parent_id, (kind in ('cell', 'cell-group')), name, id);
