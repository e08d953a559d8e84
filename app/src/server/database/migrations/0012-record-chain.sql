-- The record is added to and never changed: each entry is sealed by a hash over it and over the seal before, so that a
-- changed, removed or slipped-in entry shows. See docs/decisions/0007-the-record-is-sealed-after-the-fact.md.

create table record_seal (
  place bigint primary key check (place > 0), -- 1, 2, 3 … without a hole
  entry_id bigint not null unique, -- no reference: that an entry is gone must show here
  hash bytea not null check (length(hash) = 32),
  sealed_at timestamptz not null default clock_timestamp()
);
-- Entries that wait for their seal: put here with them, so that whoever seals looks at no others.
create table record_unsealed (entry_id bigint primary key);

create table record_verification (
  id bigint generated always as identity primary key,
  verified_at timestamptz not null default now(),
  entries bigint not null,
  head text, -- the hash of the last seal, for who keeps it elsewhere
  broken_entry bigint,
  broken_how text check (broken_how in ('changed', 'removed', 'inserted')),
  check ((broken_entry is null) = (broken_how is null))
);

create function record_digest(before bytea, entry record_entry) returns bytea
  language sql immutable parallel safe set search_path = public, pg_temp
  return sha256(before || convert_to(jsonb_build_array(
    entry.id, (extract(epoch from entry.done_at) * 1000000)::bigint, entry.account_id, entry.office_id, entry.operation,
    entry.subject_kind, entry.subject_id, entry.before, entry.after, entry.request_id
  )::text, 'UTF8'));

create function wait_for_seal() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into record_unsealed select id from new_entries;
  return null;
end $$;
create trigger record_entry_waits after insert on record_entry
  referencing new table as new_entries for each statement execute function wait_for_seal();

-- Not even the owner changes an entry by mistake: a trigger must be switched off first.
create function keep_record() returns trigger language plpgsql as $$
begin
  raise exception 'the record is added to and never changed' using errcode = 'restrict_violation';
end $$;
create trigger record_entry_stays before update or delete on record_entry
  for each row execute function keep_record();
create trigger record_entry_stays_whole before truncate on record_entry
  for each statement execute function keep_record();
create trigger record_seal_stays before update or delete on record_seal
  for each row execute function keep_record();
create trigger record_seal_stays_whole before truncate on record_seal
  for each statement execute function keep_record();

-- Seals at most so many entries that wait, in the order of their ids, and answers how many there were. One at a time: a
-- second one finds the work under way and answers 0. Entries are sealed a few seconds after they were written, so that no
-- change waits for another's seal.
create function seal_record(most integer) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  entry record_entry;
  hash bytea;
  place bigint;
  sealed integer := 0;
begin
  if not pg_try_advisory_xact_lock(7203405) then return 0; end if;
  select seal.place, seal.hash into place, hash from record_seal seal order by seal.place desc limit 1;
  hash := coalesce(hash, '\x');
  place := coalesce(place, 0);
  for entry in
    select record_entry.* from record_unsealed join record_entry on record_entry.id = record_unsealed.entry_id
    order by record_entry.id limit most
  loop
    hash := record_digest(hash, entry);
    place := place + 1;
    sealed := sealed + 1;
    insert into record_seal (place, entry_id, hash) values (place, entry.id, hash);
    delete from record_unsealed where entry_id = entry.id;
  end loop;
  return sealed;
end $$;

-- Goes over the whole chain, and answers the first entry at which it is broken, if it is at one.
create function find_record_break()
  returns table (entry_id bigint, how text) language sql stable security definer set search_path = public, pg_temp
begin atomic
  with link as (
    select seal.place, seal.entry_id, seal.hash, seal.sealed_at,
      coalesce(lag(seal.hash) over by_place, '\x') as hash_before,
      coalesce(lag(seal.place) over by_place, 0) as place_before,
      -- Whoever is slow to commit is sealed after entries of later numbers; an hour is longer than any change takes.
      max(seal.entry_id) over (
        order by seal.sealed_at range between unbounded preceding and interval '1 hour' preceding
      ) as long_sealed
    from record_seal seal
    window by_place as (order by seal.place)
  )
  select broken.entry_id, broken.how from (
    select link.place, link.entry_id, case
        when link.place <> link.place_before + 1 then 'removed'
        when entry.id is null then 'removed'
        when record_digest(link.hash_before, entry) <> link.hash then 'changed'
        when link.entry_id < link.long_sealed then 'inserted'
      end as how
    from link left join record_entry entry on entry.id = link.entry_id
    union all
    -- What was put in behind the back of the triggers has no seal and waits for none.
    select (select count(*) + 1 from record_seal), entry.id, 'inserted'
    from record_entry entry
    where not exists (select from record_seal where record_seal.entry_id = entry.id)
      and not exists (select from record_unsealed where record_unsealed.entry_id = entry.id)
  ) broken
  where broken.how is not null
  order by broken.place limit 1;
end;

insert into record_unsealed select id from record_entry;

-- The program adds entries, by no number of its own choice, and reads seals and verifications.
revoke update, delete, truncate on record_entry from trienkhai_program;
revoke insert on record_entry from trienkhai_program;
grant insert (done_at, account_id, office_id, operation, subject_kind, subject_id, before, after, request_id)
  on record_entry to trienkhai_program;
revoke all on record_seal, record_unsealed, record_verification from trienkhai_program;
grant select on record_seal, record_verification to trienkhai_program;
grant insert (entries, head, broken_entry, broken_how) on record_verification to trienkhai_program;
revoke execute on function seal_record(integer), find_record_break() from public;
grant execute on function seal_record(integer), find_record_break() to trienkhai_program;

alter table record_seal enable row level security;
create policy record_seal_seen on record_seal for select using ((select is_program()));
alter table record_verification enable row level security;
create policy record_verification_seen on record_verification for select
  using ((select is_program()) or (select actor_account()) is not null);
create policy record_verification_added on record_verification for insert with check ((select is_program()));
