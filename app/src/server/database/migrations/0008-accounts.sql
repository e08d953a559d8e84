-- Accounts: by whom they are kept, how people come in, and what slows a stranger who tries. Secrets (passwords, keys of
-- second steps, hashes of codes) are for the sign-in role alone; the program's own role finds none of them.

-- Accounts and their administration -----------------------------------------------------------------------------

alter table account alter column name type text collate vi;
alter table account
  add column organisation_id uuid references organisation, -- whose administrator keeps it
  add column off_at timestamptz,
  add column two_factor_enabled boolean not null default false,
  add column last_signed_in_at timestamptz,
  add column language text not null default 'vi' check (language in ('vi', 'en')),
  add column search_key text generated always as (folded(name || ' ' || coalesce(username, ''))) stored;
update account set organisation_id = (
  select organisation_id from role_grant
  where account_id = account.id and subject_id is null order by from_on, role_grant.id limit 1
);
create index account_organisation on account (organisation_id, name, id);
create index account_search on account using gin (search_key gin_trgm_ops);
create index account_person on account (person_id);

-- Whose rights all lie below these tops: only such an account may be reset or switched off by who administers them.
-- One with a right elsewhere would be a way up.
create function is_account_below(account uuid, tops uuid[], day date) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (
    select lies_below(kept.organisation_id, tops) from account kept where kept.id = account
  ) and not exists (
    select from grants_of(account, day) held where not lies_below(held.organisation_id, tops)
  ) and not exists (
    select from role_grant coming where coming.account_id = account and coming.from_on > day
      and not lies_below(coming.organisation_id, tops)
  );

-- Where approvers or administrators must take two steps to sign in: for that organisation and all below it.
create table two_step_rule (
  organisation_id uuid primary key references organisation,
  approvers boolean not null default false,
  administrators boolean not null default false,
  decided_by uuid references account,
  decided_at timestamptz not null default now()
);
alter table two_step_rule enable row level security;
create policy two_step_rule_by_administrators on two_step_rule
  using ((select is_program()) or lies_below(organisation_id, (select actor_administers())))
  with check ((select is_program()) or lies_below(organisation_id, (select actor_administers())));

-- Second steps, passkeys: the tables of the library's plugins ---------------------------------------------------

create table two_factor (
  id uuid primary key,
  secret text not null,
  backup_codes text not null,
  user_id uuid not null unique references account on delete cascade,
  verified boolean default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
create table passkey (
  id uuid primary key,
  name text,
  public_key text not null,
  user_id uuid not null references account on delete cascade,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  created_at timestamptz default now(),
  aaguid text
);
create index passkey_account on passkey (user_id);

-- Sessions ------------------------------------------------------------------------------------------------------

alter table session
  add column is_shared boolean not null default false, -- a device that several people of an office use
  add column method text not null default 'password'
    check (method in ('password', 'totp', 'recovery-code', 'passkey', 'oidc', 'invitation'));

-- Devices on which an account has been signed in to: they are not slowed by what strangers try.
create table known_device (
  device_hash text not null,
  account_id uuid not null references account on delete cascade,
  seen_at timestamptz not null default now(),
  primary key (device_hash, account_id)
);
create index known_device_account on known_device (account_id);

-- Failures that are counted, and until when the next try has to wait. One row for an account at an address, an
-- account, an address, a known device: see features/accounts/server/limits.ts.
create table sign_in_limit (
  key text primary key,
  failures integer not null,
  last_at timestamptz not null,
  wait_until timestamptz
);

-- Counts a try as failed until it is known to be none; answers for how many seconds it has to wait, 0 where it may be
-- made now. The row's lock makes tries at the same moment wait for each other.
create function take_attempt(wanted text, free integer, longest integer) returns integer
  language plpgsql set search_path = public, pg_temp as $$
declare
  waiting timestamptz;
begin
  insert into sign_in_limit as known (key, failures, last_at) values (wanted, 1, now())
  on conflict (key) do update set
    failures = case when known.last_at < now() - interval '6 hours' then 1 else known.failures + 1 end,
    last_at = now(),
    wait_until = case
      when known.last_at < now() - interval '6 hours' or known.failures + 1 < free then null
      else now() + make_interval(secs => least(longest, 2 ^ least(known.failures + 2 - free, 20)))
    end
  where known.wait_until is null or known.wait_until <= now();
  if found then
    return 0;
  end if;
  select wait_until into waiting from sign_in_limit where key = wanted;
  return greatest(1, ceil(extract(epoch from waiting - now())))::integer;
end $$;

-- Invitations and resets ----------------------------------------------------------------------------------------

-- A way in for one person, once: a link by mail or a code on a slip. Of the code only its keyed hash is kept.
create table invitation (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  purpose text not null check (purpose in ('invite', 'reset')),
  by text not null check (by in ('mail', 'slip')),
  code_hash text not null unique,
  made_by uuid references account, -- null: the person asked for it
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index invitation_account on invitation (account_id, made_at desc);

-- That a way in was used goes on record with the use: the sign-in role can write no entry by itself.
create function record_invitation_used() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into record_entry (done_at, account_id, office_id, operation, subject_kind, subject_id, after)
  select new.used_at, account.id, account.organisation_id,
    case new.purpose when 'invite' then 'account.accept-invitation' else 'account.set-password' end,
    'account', account.id, jsonb_build_object('by', new."by")
  from account where account.id = new.account_id;
  return null;
end $$;
create trigger invitation_used after update of used_at on invitation
  for each row when (old.used_at is null and new.used_at is not null) execute function record_invitation_used();

-- What somebody who forgot a password typed: looked up by a job, so that the answer tells nothing, not even by time.
create table password_request (
  id uuid primary key,
  asked text not null,
  asked_at timestamptz not null default now()
);

-- Somebody who is not signed in has no transaction of the program's: the request and its job are made here, alike for
-- names that somebody has and names that nobody has.
create function ask_for_password(request uuid, typed text) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into password_request (id, asked) values (request, typed);
  perform graphile_worker.add_job('accounts.password-request', json_build_object('requestId', request),
    max_attempts => 5);
end $$;
revoke execute on function ask_for_password(uuid, text) from public;
grant execute on function ask_for_password(uuid, text) to trienkhai_sign_in;

-- App passwords: for feeds alone --------------------------------------------------------------------------------

-- So does a new way in: a passkey, or the account of the office's own sign-in service.
create function record_way_in() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into record_entry (done_at, account_id, office_id, operation, subject_kind, subject_id)
  select now(), account.id, account.organisation_id, tg_argv[0], 'account', account.id
  from account where account.id = new.user_id;
  return null;
end $$;
create trigger passkey_on_record after insert on passkey
  for each row execute function record_way_in('account.add-passkey');
create trigger service_on_record after insert on credential
  for each row when (new.provider_id <> 'credential') execute function record_way_in('account.link-service');

create table app_password (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  name text not null check (name <> ''),
  secret_hash text not null unique,
  made_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index app_password_account on app_password (account_id, made_at desc);

-- Mail ----------------------------------------------------------------------------------------------------------

-- A letter is kept as what it says, and written when it is sent or shown; its code or link is sealed with the
-- product's key, and forgotten once it has gone out.
create table letter (
  id uuid primary key,
  kind text not null,
  account_id uuid references account on delete cascade,
  organisation_id uuid references organisation,
  to_address text not null,
  language text not null check (language in ('vi', 'en')),
  details jsonb not null default '{}',
  sealed text,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'discarded')),
  attempts integer not null default 0,
  last_error text,
  made_at timestamptz not null default now(),
  closed_at timestamptz,
  check ((state in ('sent', 'discarded')) = (closed_at is not null))
);
create index letter_state on letter (state, made_at desc, id);
create index letter_organisation on letter (organisation_id, made_at desc, id);
alter table letter enable row level security;
create policy letter_by_administrators on letter
  using ((select is_program()) or lies_below(organisation_id, (select actor_administers())))
  with check (
    (select is_program()) or account_id = (select actor_account())
    or lies_below(organisation_id, (select actor_administers()))
  );

-- Who may read what ---------------------------------------------------------------------------------------------

revoke all on two_factor, passkey, known_device, sign_in_limit, invitation, app_password, password_request
  from trienkhai_program;
grant select, insert, update, delete on two_factor, passkey, known_device, sign_in_limit, invitation, app_password,
  password_request to trienkhai_sign_in;
revoke execute on function take_attempt(text, integer, integer) from public;
grant execute on function take_attempt(text, integer, integer) to trienkhai_sign_in;
-- Administrators make invitations and take them back; no hash is ever read.
grant select (id, account_id, purpose, by, made_by, made_at, expires_at, used_at, revoked_at), insert,
  update (revoked_at) on invitation to trienkhai_program;
alter table invitation enable row level security;
create policy invitation_by_administrators on invitation to trienkhai_program
  using ((select is_program()) or exists (
    select from account where account.id = account_id
      and lies_below(account.organisation_id, (select actor_administers()))
  ));
create policy invitation_of_sign_in on invitation to trienkhai_sign_in using (true);
-- One's own devices and feeds are listed by the program.
grant select (id, user_id, name, created_at, device_type, backed_up) on passkey to trienkhai_program;
grant select (id, account_id, name, made_at, last_used_at, revoked_at), insert, update (revoked_at) on app_password
  to trienkhai_program;
alter table passkey enable row level security;
create policy passkey_own on passkey to trienkhai_program
  using ((select is_program()) or user_id = (select actor_account()));
create policy passkey_of_sign_in on passkey to trienkhai_sign_in using (true);
alter table app_password enable row level security;
create policy app_password_own on app_password to trienkhai_program
  using ((select is_program()) or account_id = (select actor_account()));
create policy app_password_of_sign_in on app_password to trienkhai_sign_in using (true);
-- Whether an account is being tried by strangers is for its administrator to see.
grant select (key, failures, last_at, wait_until) on sign_in_limit to trienkhai_program;
-- A forgotten password is asked for by nobody who is signed in.
grant select, delete on password_request to trienkhai_program;
grant select (is_shared, method) on session to trienkhai_program;

-- What a request asks first: the account behind a session's token, the rights that it holds on the day, the session's
-- device, and whether a second step is still owed; the rest of the transaction is on its behalf. No row where the
-- session has ended or run out, or the account is off. A passkey and the office's own sign-in are two steps by themselves.
create function find_signed_in(asked_token text, day date)
  returns table (
    "accountId" uuid, "personId" uuid, name text, grants jsonb, "sessionId" uuid, "renewedAt" timestamptz,
    "isShared" boolean, "owesTwoStep" boolean
  )
  language plpgsql rows 1 security definer set search_path = public, pg_temp as $$
declare
  one_step boolean;
begin
  select account.id, account.person_id, account.name, session.id, session.updated_at, session.is_shared,
    not account.two_factor_enabled and session.method not in ('passkey', 'oidc')
  into "accountId", "personId", find_signed_in.name, "sessionId", "renewedAt", "isShared", one_step
  from session join account on account.id = session.user_id
  where session.token = asked_token and session.expires_at > now() and account.off_at is null;
  if not found then
    return;
  end if;
  grants := act_as("accountId"::text, day);
  "owesTwoStep" := one_step and exists (select from two_step_rule) and exists (
    select from jsonb_array_elements(grants) held
    join organisation_line on organisation_line.organisation_id = (held ->> 'organisationId')::uuid
    join two_step_rule rule on rule.organisation_id = organisation_line.ancestor_id
    where (held ->> 'role' = 'approver' and rule.approvers)
      or (held ->> 'role' = 'administrator' and rule.administrators)
  );
  return next;
end $$;

-- Guests --------------------------------------------------------------------------------------------------------

-- What a guest may see of the single things that they were let in to, and nothing else of them: who else is on the list,
-- what bodies answered and the files stay the office's. A plan is shown once it is launched.
create function things_of_guest()
  returns table (
    kind text, id uuid, title text, number text, "officeName" text, on_day date, details jsonb, until date
  )
  language sql stable security definer set search_path = public, pg_temp rows 10
begin atomic
  with thing as (
    select 'event' as kind, event.id, event.title, null::text as number, event.office_id, event.starts_on as on_day,
      jsonb_build_object('startsAt', to_char(event.starts_at, 'HH24:MI'), 'endsOn', event.ends_on,
        'endsAt', to_char(event.ends_at, 'HH24:MI'), 'place', event.place, 'agenda', event.agenda) as details
    from event where event.id = any (actor_guest_of())
    union all
    select 'plan', plan.id, plan.subject, plan.number, plan.office_id, plan.issued_on,
      jsonb_build_object('tasks', (
        select coalesce(jsonb_agg(jsonb_build_object('text', task.text, 'dueOn', task.due_on) order by task.ordinal), '[]')
        from task where task.plan_id = plan.id
      ))
    from plan where plan.id = any (actor_guest_of()) and plan.state in ('launched', 'closed')
    union all
    select 'document', document.id, coalesce(document.subject, document.file_name), document.number,
      document.office_id, document.issued_on,
      jsonb_build_object('issuer', document.issuer, 'text', document_reading.source ->> 'text')
    from document left join document_reading on document_reading.document_id = document.id
    where document.id = any (actor_guest_of()) and document.file_hash is not null
  )
  select thing.kind, thing.id, thing.title, thing.number, office.name, thing.on_day, thing.details, (
    select right_held.to_on from role_grant right_held
    where right_held.account_id = actor_account() and right_held.subject_id = thing.id
      and right_held.subject_kind = thing.kind
    order by right_held.to_on desc nulls first limit 1
  )
  from thing join organisation office on office.id = thing.office_id;
end;

-- Letters as of a day: what went out later was waiting.
create view past.letter with (security_invoker = true) as
  select id, kind, account_id, organisation_id, to_address, language, details, sealed,
    case when closed_at >= past.until() then 'waiting' else state end as state, attempts, last_error, made_at,
    case when closed_at < past.until() then closed_at end as closed_at
  from letter where made_at < past.until();
grant select on past.letter to trienkhai_program;
