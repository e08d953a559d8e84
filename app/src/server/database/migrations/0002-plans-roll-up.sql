-- How far each expected unit has come with its tasks, kept with each change of an assignment: units are counted,
-- listed and opened without walking through the assignments of a plan for 8,000 of them.
alter table expected
  add column group_id uuid references organisation, -- as in assignment
  add column place integer not null default 0, -- in lists: by group, then by name
  add column tasks integer not null default 0,
  add column done integer not null default 0,
  add column first_open_on date, -- the first last day among what is not done
  add column search_key text generated always as (folded(name)) stored;
create index expected_place on expected (plan_id, place);
create index expected_group on expected (plan_id, group_id, place);
create index expected_unit on expected (organisation_id);
create index assignment_obstacles on assignment (plan_id) where open_obstacles > 0;

-- Rows are locked in key order before they are counted: of two changes at once the second counts what the first did.
create function tally_expected(touched uuid[], plans uuid[]) returns void language plpgsql as $$
begin
  perform from expected
  where (plan_id, organisation_id) in (select * from unnest(plans, touched))
  order by plan_id, organisation_id for no key update;

  update expected set tasks = counted.tasks, done = counted.done, first_open_on = counted.first_open_on
  from (
    select pair.plan_id, pair.organisation_id, count(assignment.id) as tasks,
      count(*) filter (where assignment.state = 'done') as done,
      min(assignment.due_on) filter (where assignment.state <> 'done') as first_open_on
    from unnest(plans, touched) as pair (plan_id, organisation_id)
    left join assignment on assignment.plan_id = pair.plan_id and assignment.organisation_id = pair.organisation_id
    group by 1, 2
  ) counted
  where expected.plan_id = counted.plan_id and expected.organisation_id = counted.organisation_id
    and (expected.tasks, expected.done, expected.first_open_on)
      is distinct from (counted.tasks, counted.done, counted.first_open_on);
end $$;

create function tally_expected_of_new() returns trigger language plpgsql as $$
begin
  perform tally_expected(array_agg(organisation_id), array_agg(plan_id))
  from (select distinct plan_id, organisation_id from new_rows) touched;
  return null;
end $$;
create function tally_expected_of_old() returns trigger language plpgsql as $$
begin
  perform tally_expected(array_agg(organisation_id), array_agg(plan_id))
  from (select distinct plan_id, organisation_id from old_rows) touched;
  return null;
end $$;
create trigger assignment_units_inserted after insert on assignment
  referencing new table as new_rows for each statement execute function tally_expected_of_new();
create trigger assignment_units_updated after update on assignment
  referencing new table as new_rows for each statement execute function tally_expected_of_new();
create trigger assignment_units_deleted after delete on assignment
  referencing old table as old_rows for each statement execute function tally_expected_of_old();

-- How an office reckons: whether "trước ngày 15/11" ends with that day or with the day before.
create table office_setting (
  office_id uuid primary key references organisation,
  before_day text not null default 'counts' check (before_day in ('counts', 'eve'))
);

-- A withdrawal says why.
alter table plan add column withdrawn_reason text;
alter table plan add column withdrawn_at timestamptz;
