-- Who may see is held by the database, beneath the program: the program connects as a role that owns nothing, says for
-- each transaction on whose behalf it works, and finds the rows of that actor alone. See docs/decisions on access.

-- Roles of the server -----------------------------------------------------------------------------------------

-- trienkhai_program draws pages and does jobs; trienkhai_sign_in keeps passwords and sessions. The embedded server's
-- roles are made by its launcher; elsewhere the owner makes them where it may, or an administrator beforehand.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['trienkhai_program', 'trienkhai_sign_in'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin', wanted);
      exception
        when duplicate_object or unique_violation then null; -- another database of this server did it just now
        when insufficient_privilege then
          raise exception 'the role % is missing and % may not make it: "create role %" as an administrator',
            wanted, current_user, wanted;
      end;
    end if;
    -- Where only the owner's address is given, its sessions become these roles; who may make a role may also give it.
    if not pg_has_role(current_user, wanted, 'member') then
      begin
        execute format('grant %I to current_user', wanted);
      exception when insufficient_privilege then null; -- each has a login of its own then
      end;
    end if;
  end loop;
end $$;

grant usage on schema public to trienkhai_program, trienkhai_sign_in;
grant select, insert, update, delete on all tables in schema public to trienkhai_program;
grant usage on all sequences in schema public to trienkhai_program;
-- Which migrations were applied, the program may only read.
revoke insert, update, delete on schema_migration from trienkhai_program;
-- For the tables of later migrations, too: one that holds secrets takes this back for itself.
alter default privileges in schema public grant select, insert, update, delete on tables to trienkhai_program;
alter default privileges in schema public grant usage on sequences to trienkhai_program;

-- Rights ------------------------------------------------------------------------------------------------------

alter table role_grant
  drop constraint role_grant_role_check,
  drop constraint role_grant_account_id_role_organisation_id_from_on_key,
  add column subject_kind text, -- a guest's one thing: an event to speak at, a contest to judge
  add column subject_id uuid,
  add column given_by uuid references account,
  add column given_at timestamptz not null default now(),
  add constraint role_grant_role_check check (role in (
    'officer', 'approver', 'viewer', 'secretary', 'member', 'supervisor', 'personnel', 'administrator', 'guest'
  )),
  add constraint role_grant_subject check (
    (role = 'guest') = (subject_kind is not null) and (subject_kind is null) = (subject_id is null)
  ),
  add constraint role_grant_term check (to_on is null or to_on >= from_on),
  add constraint role_grant_once
    unique nulls not distinct (account_id, role, organisation_id, subject_kind, subject_id, from_on);

-- Every right that an account holds on a day, whether it was given singly or comes with a post. The rights that the
-- program works by and those that the policies go by are both these.
create function grants_of(account uuid, day date)
  returns table (role text, organisation_id uuid, subject_kind text, subject_id uuid, post_id uuid)
  language sql stable rows 5 security definer set search_path = public, pg_temp
begin atomic
  select role_grant.role, role_grant.organisation_id, role_grant.subject_kind, role_grant.subject_id, null::uuid
  from role_grant
  where role_grant.account_id = account
    and role_grant.from_on <= day and (role_grant.to_on is null or role_grant.to_on >= day);
end;

-- The rights of an account as the program takes them, each with its organisation's name.
create function grants_as_json(account uuid, day date) returns jsonb
  language sql stable security definer set search_path = public, pg_temp
  return (
    select coalesce(jsonb_agg(
      jsonb_strip_nulls(jsonb_build_object('role', held.role, 'organisationId', organisation.id,
        'organisationName', organisation.name, 'subjectKind', held.subject_kind, 'subjectId', held.subject_id))
      order by held.post_id nulls first, organisation.name, array_position(
        array['officer', 'secretary', 'administrator', 'supervisor', 'personnel', 'approver', 'viewer', 'member', 'guest'],
        held.role)), '[]')
    from grants_of(account, day) held join organisation on organisation.id = held.organisation_id
  );

-- The actor of a transaction ----------------------------------------------------------------------------------

-- Says for the rest of the transaction who acts: an account's id, or 'program' for jobs, commands and sample data.
-- What it holds on the day is worked out once here, so that policies compare ids and ask nothing; that is the answer.
create function act_as(account text, day date default current_date) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  rights jsonb := '[]';
  held record;
begin
  if account <> 'program' then
    rights := grants_as_json(account::uuid, day);
  end if;
  select
    array_agg(distinct id) filter (where role in ('officer', 'approver', 'viewer')) as offices,
    array_agg(distinct id) filter (where role = 'officer') as enters,
    array_agg(distinct id) filter (where role = 'approver') as approves,
    array_agg(distinct id) filter (where role in ('officer', 'secretary')) as units,
    array_agg(distinct id) filter (where role in ('officer', 'approver', 'viewer', 'secretary', 'member')) as memberships,
    array_agg(distinct id) filter (where role = 'supervisor') as areas,
    array_agg(distinct id) filter (where role = 'administrator') as administers,
    array_agg(distinct id) filter (where role = 'personnel') as personnel,
    array_agg(distinct subject) filter (where role = 'guest') as guest_of
  into held
  from (
    select right_held ->> 'role' as role, right_held ->> 'organisationId' as id, right_held ->> 'subjectId' as subject
    from jsonb_array_elements(rights) right_held
  ) as each_right;
  perform set_config('trienkhai.account', account, true),
    set_config('trienkhai.person', case when account = 'program' then ''
      else coalesce((select person_id::text from account asked where asked.id = account::uuid), '') end, true),
    set_config('trienkhai.offices', coalesce(held.offices::text, ''), true),
    set_config('trienkhai.enters', coalesce(held.enters::text, ''), true),
    set_config('trienkhai.approves', coalesce(held.approves::text, ''), true),
    set_config('trienkhai.units', coalesce(held.units::text, ''), true),
    set_config('trienkhai.memberships', coalesce(held.memberships::text, ''), true),
    set_config('trienkhai.areas', coalesce(held.areas::text, ''), true),
    set_config('trienkhai.administers', coalesce(held.administers::text, ''), true),
    set_config('trienkhai.personnel', coalesce(held.personnel::text, ''), true),
    set_config('trienkhai.guest_of', coalesce(held.guest_of::text, ''), true);
  return rights;
end $$;

-- Policies ask these as `(select f())`, so that each is asked once a query. Outside a transaction that said who acts
-- they answer nothing: null, no organisation, false.
create function actor_ids(setting text) returns uuid[] language sql stable parallel safe
  return coalesce(nullif(current_setting('trienkhai.' || setting, true), ''), '{}')::uuid[];

create function is_program() returns boolean language sql stable parallel safe
  return coalesce(current_setting('trienkhai.account', true) = 'program', false);
-- An account or the program.
create function is_somebody() returns boolean language sql stable parallel safe
  return coalesce(current_setting('trienkhai.account', true), '') <> '';
create function actor_account() returns uuid language sql stable parallel safe
  return nullif(nullif(current_setting('trienkhai.account', true), ''), 'program')::uuid;
create function actor_person() returns uuid language sql stable parallel safe
  return nullif(current_setting('trienkhai.person', true), '')::uuid;
-- Offices whose documents and plans one may see (officer, approver, viewer), enter for, approve for.
create function actor_offices() returns uuid[] language sql stable parallel safe return actor_ids('offices');
create function actor_enters() returns uuid[] language sql stable parallel safe return actor_ids('enters');
create function actor_approves() returns uuid[] language sql stable parallel safe return actor_ids('approves');
-- Organisations for which one enters what was done; those that one belongs to, whatever the role there.
create function actor_units() returns uuid[] language sql stable parallel safe return actor_ids('units');
create function actor_memberships() returns uuid[] language sql stable parallel safe return actor_ids('memberships');
-- Tops of trees: the areas that one supervises, what one administers, whose people's personal data one may see.
create function actor_areas() returns uuid[] language sql stable parallel safe return actor_ids('areas');
create function actor_administers() returns uuid[] language sql stable parallel safe return actor_ids('administers');
create function actor_personnel() returns uuid[] language sql stable parallel safe return actor_ids('personnel');
-- The single things that one is a guest of.
create function actor_guest_of() returns uuid[] language sql stable parallel safe return actor_ids('guest_of');

-- Whether an organisation is one of these or lies below one.
create function lies_below(organisation uuid, tops uuid[]) returns boolean language sql stable parallel safe
  return exists (
    select from organisation_line
    where organisation_line.organisation_id = organisation and organisation_line.ancestor_id = any (tops)
  );

-- Signing in --------------------------------------------------------------------------------------------------

-- Passwords and sessions' tokens are for the sign-in library's role alone: who runs SQL of the program's finds none.
-- Sample data may put passwords in, and a person's sessions may be listed and ended, but no token is ever read.
revoke all on credential, session, verification from trienkhai_program;
grant insert on credential to trienkhai_program;
grant select (id, user_id, expires_at, ip_address, user_agent, created_at, updated_at), delete on session
  to trienkhai_program;
grant select, insert, update, delete on credential, session, verification to trienkhai_sign_in;
grant select, insert, update on account to trienkhai_sign_in;

-- Only the owner may have statistics made of its tables; sample data need them before the first page.
create function refresh_statistics() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze;
end $$;
