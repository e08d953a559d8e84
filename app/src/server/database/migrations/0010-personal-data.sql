-- The record as it is read, limits on what one address or account may ask for, and what becomes of personal data: who asked
-- for theirs to be erased, and what a day's retention has removed.

-- The record -------------------------------------------------------------------------------------------------

-- Pages of the record go on by the entry's number, whatever it is narrowed to.
create index record_entry_account on record_entry (account_id, id);
create index record_entry_operation on record_entry (operation, id);
create index record_entry_moment on record_entry (done_at);
-- Who looked at somebody's personal data: one person, or one of a list.
create index record_entry_look on record_entry (subject_id, id) where operation like '%.look';
create index record_entry_looks on record_entry using gin ((after -> 'subjects') jsonb_path_ops)
  where operation like '%.look';

-- Limits -----------------------------------------------------------------------------------------------------

-- What was asked for within a stretch of time, by account and by network, both under a keyed hash. It need not outlive a
-- crash, so it is written past the log. `expire` is in milliseconds since 1970.
create unlogged table rate_limit (
  key text primary key,
  points integer not null default 0,
  expire bigint
) with (fillfactor = 60);
create index rate_limit_expired on rate_limit (expire);

-- Erasure ----------------------------------------------------------------------------------------------------

-- Somebody asks for their personal data to be erased; an administrator of the body that keeps them decides.
create table erasure_request (
  id uuid primary key,
  account_id uuid not null references account,
  person_id uuid references person,
  organisation_id uuid not null references organisation,
  reason text not null default '',
  state text not null default 'waiting' check (state in ('waiting', 'done', 'refused', 'withdrawn')),
  asked_at timestamptz not null default now(),
  decided_by uuid references account,
  decided_at timestamptz,
  answer text,
  check ((state = 'waiting') = (decided_at is null)),
  check (state <> 'refused' or answer <> '')
);
create unique index erasure_request_waiting on erasure_request (account_id) where state = 'waiting';
create index erasure_request_organisation on erasure_request (organisation_id, state, asked_at desc);
alter table erasure_request enable row level security;
create policy erasure_request_seen on erasure_request for select
  using ((select is_program()) or account_id = (select actor_account())
    or lies_below(organisation_id, (select actor_administers())));
create policy erasure_request_asked on erasure_request for insert
  with check ((select is_program()) or account_id = (select actor_account()));
create policy erasure_request_decided on erasure_request for update
  using ((select is_program()) or account_id = (select actor_account())
    or lies_below(organisation_id, (select actor_administers())));
revoke delete on erasure_request from trienkhai_program;

alter table person add column erased_at timestamptz;
alter table account add column erased_at timestamptz;

-- What signs somebody in goes with the person. The program's role sees none of it; it may have it all taken away.
create function forget_sign_in(erased uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_program() then
    raise exception 'only the program may do this' using errcode = 'insufficient_privilege';
  end if;
  delete from session where user_id = erased;
  delete from credential where user_id = erased;
  delete from two_factor where user_id = erased;
  delete from passkey where user_id = erased;
  delete from known_device where account_id = erased;
  delete from app_password where account_id = erased;
  delete from invitation where account_id = erased;
end $$;
revoke all on function forget_sign_in(uuid) from public;
grant execute on function forget_sign_in(uuid) to trienkhai_program;

-- Retention --------------------------------------------------------------------------------------------------

-- What a day's retention has removed, kind by kind.
create table retention_run (
  kind text not null,
  ran_on date not null,
  older_than timestamptz not null,
  removed integer not null,
  primary key (kind, ran_on)
);
alter table retention_run enable row level security;
create policy retention_run_seen on retention_run for select
  using ((select is_program()) or cardinality((select actor_administers())) > 0);
create policy retention_run_added on retention_run for insert with check ((select is_program()));
create policy retention_run_again on retention_run for update using ((select is_program()));

-- Traces of signing in past their term, from tables that the program's role does not see; answers how many went.
create function forget_sign_in_traces(what text, older_than timestamptz) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  removed integer;
begin
  if not is_program() then
    raise exception 'only the program may do this' using errcode = 'insufficient_privilege';
  end if;
  case what
    when 'sessions' then delete from session where expires_at < older_than;
    when 'failures' then delete from sign_in_limit where last_at < older_than;
    when 'devices' then delete from known_device where seen_at < older_than;
    when 'invitations' then delete from invitation where expires_at < older_than;
    when 'verifications' then delete from verification where expires_at < older_than;
  end case;
  get diagnostics removed = row_count;
  return removed;
end $$;
revoke all on function forget_sign_in_traces(text, timestamptz) from public;
grant execute on function forget_sign_in_traces(text, timestamptz) to trienkhai_program;

-- Requests as of a day: what was decided later was waiting.
create view past.erasure_request with (security_invoker = true) as
  select id, account_id, person_id, organisation_id, reason,
    case when decided_at >= past.until() then 'waiting' else state end as state, asked_at,
    case when decided_at < past.until() then decided_by end as decided_by,
    case when decided_at < past.until() then decided_at end as decided_at,
    case when decided_at < past.until() then answer end as answer
  from erasure_request where asked_at < past.until();
grant select on past.erasure_request to trienkhai_program;
