-- Row-level security of every table that was there before rights were. What an actor finds is what `server/access` says,
-- said once more beneath the program: a query that forgets its scope finds no row of others. Who may do what with a
-- row that is found (enter, approve) is for the program to decide; the policies hold that no row of others changes.
--
-- Policies ask the actor's functions as `(select f())`, once a query. Sets are asked by `in (select …)`, so that each
-- is built once a query, too, and only if nothing before it let the row through. What lets most rows of a table through
-- comes first; whether it is the program is then asked of the few rows that are left, which costs a query less than
-- one subquery more in each of its tables.

-- One's own organisations and every body above them: their names and posts are no secret to those below.
create function actor_around() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  return (
    select coalesce(array_agg(distinct ancestor_id), '{}') from organisation_line
    where organisation_id = any (actor_offices() || actor_units() || actor_memberships() || actor_areas()
      || actor_administers() || actor_personnel())
  );

-- Whether the actor looks down into trees as a supervisor: those who don't are not asked row by row.
create function actor_supervises() returns boolean language sql stable parallel safe
  return cardinality(actor_areas()) > 0;
create function actor_changes() returns uuid[] language sql stable parallel safe
  return actor_enters() || actor_approves();
create function actor_keeps_people() returns uuid[] language sql stable parallel safe
  return actor_personnel() || actor_administers();

-- Plans of one's offices; launched plans that give work or an invitation to the actor's bodies. They look beneath the
-- policies, which would otherwise ask each other without end.
create function plans_of_offices() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp rows 100
begin atomic
  select id from plan where office_id = any (actor_offices());
end;
create function plans_reaching() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp rows 100
begin atomic
  select plan.id from plan
  where plan.state in ('launched', 'closed') and plan.id in (
    select expected.plan_id from expected where expected.organisation_id = any (actor_memberships())
    union all
    select event.plan_id from event_organisation invited join event on event.id = invited.event_id
    where invited.organisation_id = any (actor_memberships())
  )
  union all
  select plan.id from plan
  where cardinality(actor_areas()) > 0 and plan.state in ('launched', 'closed') and exists (
    select from expected join organisation_line area on area.organisation_id = expected.organisation_id
    where expected.plan_id = plan.id and area.ancestor_id = any (actor_areas())
  );
end;
-- The bodies of the areas that one supervises.
create function organisations_of_areas() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp rows 100
begin atomic
  select organisation_id from organisation_line where ancestor_id = any (actor_areas());
end;
-- Of single rows, as functions that are planned once a session: what a policy spells out is planned with every query.
create function task_reaches(task uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (
      select from assignment where task_id = task and organisation_id = any (actor_memberships())
    ) or actor_supervises() and exists (
      select from organisation_line area join assignment on assignment.organisation_id = area.organisation_id
      where assignment.task_id = task and area.ancestor_id = any (actor_areas())
    );
end $$;
create function assignment_is_seen(assignment_id uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select from assignment where id = assignment_id and (
      office_id = any (actor_offices()) or organisation_id = any (actor_memberships())
      or actor_supervises() and lies_below(organisation_id, actor_areas())
    )
  );
end $$;
create function events_reaching() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp rows 100
begin atomic
  select event_id from event_organisation where organisation_id = any (actor_memberships())
  union all
  select invited.event_id from organisation_line area
  join event_organisation invited on invited.organisation_id = area.organisation_id
  where area.ancestor_id = any (actor_areas());
end;

-- What is kept by counting is counted by the owner, whoever's change it follows.
alter function tally_assignments() security definer set search_path = public, pg_temp;
alter function tally_expected(uuid[], uuid[]) security definer set search_path = public, pg_temp;
alter function tally_expected_of_new() security definer set search_path = public, pg_temp;
alter function tally_expected_of_old() security definer set search_path = public, pg_temp;
alter function tally_tasks() security definer set search_path = public, pg_temp;
alter function tally_units() security definer set search_path = public, pg_temp;
revoke insert, update, delete on assignment_tally, task_tally, unit_tally from trienkhai_program;

-- A search by an index looks at rows before their policy is asked, so PostgreSQL uses none unless the comparison is
-- known to tell nothing of what it compares. LIKE and the search for words tell nothing, but only a superuser may say so:
-- the embedded server's launcher does. Elsewhere the owner does if it may; otherwise searches read their table.
do $$
begin
  alter function pg_catalog.textlike(text, text) leakproof;
  alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof;
exception when insufficient_privilege then null;
end $$;

-- Organisations: bodies of the State, the Party and the Front, their names and places are no secret to anybody who is
-- signed in (the pages show fewer, for order's sake); to nobody else.
alter table organisation enable row level security;
alter table organisation_line enable row level security;
create policy organisation_seen on organisation for select
  using ((select is_somebody()));
create policy organisation_made on organisation for insert
  with check ((select is_program()) or lies_below(parent_id, (select actor_administers())));
create policy organisation_changed on organisation for update
  using ((select is_program()) or lies_below(id, (select actor_administers())));
create policy organisation_line_seen on organisation_line for select
  using ((select is_somebody()));
create policy organisation_line_made on organisation_line for insert
  with check ((select is_program()) or lies_below(ancestor_id, (select actor_administers())));
create policy organisation_line_removed on organisation_line for delete
  using ((select is_program()) or lies_below(organisation_id, (select actor_administers())));
revoke delete on organisation from trienkhai_program;

-- People: those of one's own bodies and of bodies below one's tops; holders of posts above, too. `limit` has each row's
-- body asked for: the centre's set of all bodies below, gathered for one person's page, took longer than the page.
alter table post enable row level security;
create policy post_seen on post for select using (
  (select is_program()) or person_id = (select actor_person())
  or organisation_id = any ((select actor_around())::uuid[])
  or (
    select true from organisation_line line
    where line.organisation_id = post.organisation_id and line.ancestor_id = any ((select actor_tops())::uuid[]) limit 1
  )
);
create policy post_made on post for insert
  with check ((select is_program()) or lies_below(organisation_id, (select actor_keeps_people())));
create policy post_changed on post for update
  using ((select is_program()) or lies_below(organisation_id, (select actor_keeps_people())));
create policy post_removed on post for delete using ((select is_program()));

alter table membership enable row level security;
create policy membership_seen on membership for select using (
  (select is_program()) or person_id = (select actor_person())
  or organisation_id = any ((select actor_memberships())::uuid[])
  or (
    select true from organisation_line line
    where line.organisation_id = membership.organisation_id and line.ancestor_id = any ((select actor_tops())::uuid[]) limit 1
  )
);
create policy membership_made on membership for insert
  with check ((select is_program()) or lies_below(organisation_id, (select actor_keeps_people())));
create policy membership_changed on membership for update
  using ((select is_program()) or lies_below(organisation_id, (select actor_keeps_people())));
create policy membership_removed on membership for delete using ((select is_program()));

alter table person enable row level security;
create policy person_seen on person for select using (
  (select is_program()) or id = (select actor_person())
  or exists (select from membership where membership.person_id = person.id)
  or exists (select from post where post.person_id = person.id)
);
create policy person_made on person for insert
  with check ((select is_program()) or cardinality((select actor_keeps_people())) > 0);
create policy person_changed on person for update
  using ((select is_program()) or person_within(id, (select actor_keeps_people())));
revoke delete on person from trienkhai_program;

-- Accounts and rights: one's own, those in one's own line of organisations, those below one's tops.
alter table role_grant enable row level security;
create policy role_grant_seen on role_grant for select using (
  account_id = (select actor_account()) or is_program()
  or organisation_id = any ((select actor_around())::uuid[])
  or exists (
    select from organisation_line line
    where line.organisation_id = role_grant.organisation_id and line.ancestor_id = any ((select actor_tops())::uuid[])
  )
);
create policy role_grant_given on role_grant for insert
  with check ((select is_program()) or lies_below(organisation_id, (select actor_administers())));
create policy role_grant_changed on role_grant for update
  using ((select is_program()) or lies_below(organisation_id, (select actor_administers())));
create policy role_grant_removed on role_grant for delete using ((select is_program()));

-- Asked of a row or two of a page, as a function that is planned once a session and not with each query.
create function account_is_around(account uuid, person uuid, organisation uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  around uuid[] := actor_around();
  tops uuid[] := actor_tops();
begin
  return lies_below(organisation, actor_administers())
    or exists (select from role_grant where account_id = account and organisation_id = any (around))
    or exists (select from post where person_id = person and organisation_id = any (around))
    or exists (
      select from role_grant join organisation_line line on line.organisation_id = role_grant.organisation_id
      where role_grant.account_id = account and line.ancestor_id = any (tops)
    )
    or exists (
      select from post join organisation_line line on line.organisation_id = post.organisation_id
      where post.person_id = person and line.ancestor_id = any (tops)
    );
end $$;
alter table account enable row level security;
create policy account_seen on account for select to trienkhai_program using (
  (select is_program()) or id = (select actor_account()) or account_is_around(id, person_id, organisation_id)
);
create policy account_made on account for insert to trienkhai_program
  with check ((select is_program()) or lies_below(organisation_id, (select actor_administers())));
create policy account_changed on account for update to trienkhai_program
  using (
    (select is_program()) or id = (select actor_account())
    or lies_below(organisation_id, (select actor_administers()))
  );
create policy account_of_sign_in on account to trienkhai_sign_in using (true) with check (true);
revoke delete on account from trienkhai_program;

alter table credential enable row level security;
create policy credential_of_sign_in on credential to trienkhai_sign_in using (true) with check (true);
create policy credential_of_samples on credential for insert to trienkhai_program with check ((select is_program()));
alter table session enable row level security;
create policy session_of_sign_in on session to trienkhai_sign_in using (true) with check (true);
create policy session_own on session to trienkhai_program
  using ((select is_program()) or user_id = (select actor_account()));
alter table verification enable row level security;
create policy verification_of_sign_in on verification to trienkhai_sign_in using (true) with check (true);

-- What was done.
alter table command enable row level security;
create policy command_own on command
  using (account_id = (select actor_account()) or is_program());

alter table record_entry enable row level security;
create policy record_entry_seen on record_entry for select using (
  account_id = (select actor_account()) or is_program()
  or office_id = any ((select actor_offices())::uuid[])
  or exists (
    select from organisation_line line
    where line.organisation_id = record_entry.office_id and line.ancestor_id = any ((select actor_administers())::uuid[])
  )
);
create policy record_entry_added on record_entry for insert
  with check (account_id = (select actor_account()) or is_program());

-- Contents are named by the hash of their bytes, which nobody guesses who has not got them; the row says no more than
-- size and type. Whose they are stands with the documents and the evidence.
alter table file enable row level security;
create policy file_named on file using ((select is_somebody()));

-- Documents and plans of an office.
alter table document enable row level security;
create policy document_kept on document
  using (office_id = any ((select actor_offices())::uuid[]) or is_program())
  with check ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));
alter table document_reading enable row level security;
create policy document_reading_kept on document_reading
  using (is_program() or exists (select from document where document.id = document_id));
alter table document_page enable row level security;
create policy document_page_kept on document_page
  using (is_program() or exists (select from document where document.id = document_id));

alter table plan enable row level security;
create policy plan_seen on plan for select using (
  office_id = any ((select actor_offices())::uuid[]) or is_program()
  or id in (select plans_reaching())
);
create policy plan_made on plan for insert
  with check ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));
create policy plan_changed on plan for update
  using (office_id = any ((select actor_offices())::uuid[]) or is_program())
  with check ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));
create policy plan_removed on plan for delete
  using ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));

alter table plan_review enable row level security;
create policy plan_review_kept on plan_review
  using (plan_id in (select plans_of_offices()) or is_program());
alter table phrase_audience enable row level security;
create policy phrase_audience_kept on phrase_audience
  using (office_id = any ((select actor_offices())::uuid[]) or is_program())
  with check ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));
alter table office_setting enable row level security;
create policy office_setting_kept on office_setting
  using (office_id = any ((select actor_offices())::uuid[]) or is_program())
  with check ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));
alter table amendment enable row level security;
create policy amendment_seen on amendment for select
  using (is_program() or exists (select from plan where plan.id = plan_id));
create policy amendment_added on amendment for insert
  with check (plan_id in (select plans_of_offices()) or is_program());
alter table paper enable row level security;
create policy paper_kept on paper
  using (office_id = any ((select actor_offices())::uuid[]) or is_program())
  with check ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));

-- An audience is kept by who enters or approves for the office, and seen by who only looks.
alter policy audience_kept on audience
  with check ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));

-- Work: the office sees all of its plan, a unit's people their unit's, a supervisor the area's (`isWorkInScope`).
alter table expected enable row level security;
create policy expected_seen on expected for select using (
  organisation_id = any ((select actor_memberships())::uuid[])
  or plan_id in (select plans_of_offices()) or is_program()
  or (select actor_supervises()) and organisation_id in (select organisations_of_areas())
);
create policy expected_written on expected for insert
  with check (plan_id in (select plans_of_offices()) or is_program());
create policy expected_changed on expected for update
  using (plan_id in (select plans_of_offices()) or is_program());
create policy expected_removed on expected for delete
  using (plan_id in (select plans_of_offices()) or is_program());

alter table assignment enable row level security;
create policy assignment_seen on assignment for select using (
  office_id = any ((select actor_offices())::uuid[]) or is_program()
  or organisation_id = any ((select actor_memberships())::uuid[])
  or (select actor_supervises()) and organisation_id in (select organisations_of_areas())
);
create policy assignment_given on assignment for insert
  with check ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));
create policy assignment_changed on assignment for update using (
    office_id = any ((select actor_offices())::uuid[]) or is_program()
    or organisation_id = any ((select actor_memberships())::uuid[])
    or (select actor_supervises()) and organisation_id in (select organisations_of_areas())
  )
  with check (
    (select is_program()) or office_id = any ((select actor_changes())::uuid[])
    or organisation_id = any ((select actor_units())::uuid[])
  );
create policy assignment_removed on assignment for delete
  using ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));

alter table task enable row level security;
create policy task_seen on task for select using (
  plan_id in (select plans_of_offices()) or is_program()
  or task_reaches(id)
);
create policy task_written on task for insert
  with check (plan_id in (select plans_of_offices()) or is_program());
create policy task_changed on task for update
  using (plan_id in (select plans_of_offices()) or is_program());
create policy task_removed on task for delete
  using (plan_id in (select plans_of_offices()) or is_program());

alter table assignment_tally enable row level security;
create policy assignment_tally_seen on assignment_tally for select
  using (plan_id in (select plans_of_offices()) or is_program());
alter table task_tally enable row level security;
create policy task_tally_seen on task_tally for select
  using (plan_id in (select plans_of_offices()) or is_program());
alter table unit_tally enable row level security;
create policy unit_tally_seen on unit_tally for select
  using (plan_id in (select plans_of_offices()) or is_program());

alter table progress enable row level security;
create policy progress_seen on progress for select
  using (is_program() or assignment_is_seen(assignment_id));
create policy progress_added on progress for insert
  with check (is_program() or account_id = (select actor_account()) and assignment_is_seen(assignment_id));
alter table evidence enable row level security;
create policy evidence_kept on evidence
  using (is_program() or assignment_is_seen(assignment_id));
alter table obstacle enable row level security;
create policy obstacle_kept on obstacle
  using (
    office_id = any ((select actor_offices())::uuid[]) or is_program()
    or assignment_is_seen(assignment_id)
  );

alter table report_duty enable row level security;
create policy report_duty_seen on report_duty for select using (
  office_id = any ((select actor_offices())::uuid[]) or is_program()
  or organisation_id = any ((select actor_memberships())::uuid[])
  or (select actor_supervises()) and organisation_id in (select organisations_of_areas())
);
create policy report_duty_given on report_duty for insert
  with check ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));
create policy report_duty_changed on report_duty for update using (
    office_id = any ((select actor_offices())::uuid[]) or is_program()
    or organisation_id = any ((select actor_memberships())::uuid[])
    or (select actor_supervises()) and organisation_id in (select organisations_of_areas())
  )
  with check (
    (select is_program()) or office_id = any ((select actor_changes())::uuid[])
    or organisation_id = any ((select actor_units())::uuid[])
  );
create policy report_duty_removed on report_duty for delete
  using ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));

alter table event enable row level security;
create policy event_seen on event for select using (
  office_id = any ((select actor_offices())::uuid[]) or is_program()
  or id = any ((select actor_guest_of())::uuid[])
  or id in (select events_reaching())
);
create policy event_made on event for insert
  with check ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));
create policy event_changed on event for update
  using ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));
create policy event_removed on event for delete
  using ((select is_program()) or office_id = any ((select actor_changes())::uuid[]));
alter table event_organisation enable row level security;
create policy event_organisation_seen on event_organisation for select
  using (is_program() or exists (select from event where event.id = event_id));
create policy event_organisation_made on event_organisation for insert
  with check ((select is_program()) or exists (
    select from event where event.id = event_id and event.office_id = any ((select actor_changes())::uuid[])));
create policy event_organisation_removed on event_organisation for delete
  using ((select is_program()) or exists (
    select from event where event.id = event_id and event.office_id = any ((select actor_changes())::uuid[])));

-- A notice is sent to others and read by its own account.
alter table notice enable row level security;
create policy notice_own on notice for select
  using (account_id = (select actor_account()) or is_program());
create policy notice_read on notice for update
  using (account_id = (select actor_account()) or is_program());
create policy notice_removed on notice for delete using ((select is_program()));
create policy notice_sent on notice for insert
  with check ((select is_somebody()));

-- The numbers of the documents that a plan carries out stand on its page for all whom the plan reaches; the rest of its
-- review is the office's.
create function bases_of_plan(asked uuid) returns setof text
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select jsonb_array_elements_text(
    jsonb_path_query_array(plan_review.content, '$.bases[*].value.number ? (@ != null)'))
  from plan_review
  where plan_review.plan_id = asked and (
    is_program() or asked in (select plans_of_offices() union all select plans_reaching()));
end;

-- How many members bodies have is shown with the bodies; who they are is asked of membership itself.
create function count_members(bodies uuid[], day date) returns bigint
  language sql stable security definer set search_path = public, pg_temp
  return (
    select count(*) from membership
    where organisation_id = any (bodies) and status in ('official', 'probationary')
      and from_on <= day and (to_on is null or to_on >= day)
      and (actor_account() is not null or is_program())
  );
