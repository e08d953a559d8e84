-- The record is added to and never changed: each entry is sealed by a hash over it and over the seal before, so that a
-- changed, removed or slipped-in entry shows. See docs/decisions/0007-the-record-is-sealed-after-the-fact.md.

create table record_seal (
  place bigint primary key check (place > 0), -- 1, 2, 3 … without a hole
  entry_id bigint not null unique, -- no reference: that an entry is gone must show here
  content bytea not null check (length(content) = 32), -- over the entry alone, so that the entry can go and this stay
  -- The moment of a look at personal data, null for all else: only looks are ever removed, once they are past their term.
  looked_at timestamptz,
  hash bytea not null check (length(hash) = 32), -- over the seal before, `content` and `looked_at`
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

create function is_look(operation text) returns boolean language sql immutable parallel safe
  return operation like '%.look';

-- A moment in UTC that sorts as text.
create function moment_text(moment timestamptz) returns text language sql immutable parallel safe
  return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') collate "C";

create function record_digest(entry record_entry) returns bytea
  language sql immutable parallel safe set search_path = public, pg_temp
  return sha256(convert_to(jsonb_build_array(
    entry.id, (extract(epoch from entry.done_at) * 1000000)::bigint, entry.account_id, entry.office_id, entry.operation,
    entry.subject_kind, entry.subject_id, entry.before, entry.after, entry.request_id
  )::text, 'UTF8'));

create function seal_digest(before bytea, entry_id bigint, content bytea, looked_at timestamptz) returns bytea
  language sql immutable parallel safe set search_path = public, pg_temp
  return sha256(before || content || convert_to(
    jsonb_build_array(entry_id, (extract(epoch from looked_at) * 1000000)::bigint)::text, 'UTF8'));

create function wait_for_seal() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into record_unsealed select id from new_entries;
  return null;
end $$;
create trigger record_entry_waits after insert on record_entry
  referencing new table as new_entries for each statement execute function wait_for_seal();

-- Not even the owner changes an entry by mistake: a trigger must be switched off first. Looks go by `retire_looks`.
create function keep_record() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_table_name = 'record_entry' and current_setting('trienkhai.retires_looks', true) = 'yes' then
    if is_look(old.operation) then return old; end if;
  end if;
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
  content bytea;
  looked_at timestamptz;
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
    content := record_digest(entry);
    looked_at := case when is_look(entry.operation) then entry.done_at end;
    hash := seal_digest(hash, entry.id, content, looked_at);
    place := place + 1;
    sealed := sealed + 1;
    insert into record_seal (place, entry_id, content, looked_at, hash)
      values (place, entry.id, content, looked_at, hash);
    delete from record_unsealed where entry_id = entry.id;
  end loop;
  return sealed;
end $$;

-- Goes over the whole chain, and answers the first entry at which it is broken, if it is at one.
create function find_record_break()
  returns table (entry_id bigint, how text) language sql stable security definer set search_path = public, pg_temp
begin atomic
  with retired as (
    -- Up to when looks were removed, by entries of the chain itself; never one of the last year. As text, so that nothing
    -- that an entry may hold makes this fail.
    select max(entry.after ->> 'looksUntil' collate "C") as until
    from record_entry entry join record_seal seal on seal.entry_id = entry.id
    where entry.operation = 'personal-data.retire'
      and entry.after ->> 'looksUntil' collate "C" <= moment_text(seal.sealed_at - interval '365 days')
  ), link as (
    select seal.place, seal.entry_id, seal.content, seal.looked_at, seal.hash, seal.sealed_at,
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
        when seal_digest(link.hash_before, link.entry_id, link.content, link.looked_at) <> link.hash then 'changed'
        when entry.id is null then
          case when moment_text(link.looked_at) <= retired.until then null else 'removed' end
        when record_digest(entry) <> link.content then 'changed'
        when is_look(entry.operation) and entry.done_at is distinct from link.looked_at then 'changed'
        when link.entry_id < link.long_sealed then 'inserted'
      end as how
    from link cross join retired left join record_entry entry on entry.id = link.entry_id
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

-- Removes looks that are past their term and under seal, and says so in the record; answers how many went. What a look
-- was stays unreadable in its seal, so the chain is whole without it. A term of less than a year is refused, as the program
-- could otherwise be made to wipe out a look that nobody has read about yet.
create function retire_looks(older_than timestamptz) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  removed integer;
begin
  if not is_program() then
    raise exception 'only the program may do this' using errcode = 'insufficient_privilege';
  end if;
  if older_than > now() - interval '365 days' then
    raise exception 'looks are kept for a year at the least' using errcode = 'check_violation';
  end if;
  perform set_config('trienkhai.retires_looks', 'yes', true);
  delete from record_entry entry
  where is_look(entry.operation) and entry.done_at < older_than
    and exists (select from record_seal seal where seal.entry_id = entry.id);
  get diagnostics removed = row_count;
  perform set_config('trienkhai.retires_looks', '', true);
  if removed > 0 then
    insert into record_entry (operation, subject_kind, after)
    values ('personal-data.retire', 'personal-data',
      jsonb_build_object('looksUntil', moment_text(older_than), 'removed', jsonb_build_object('looks', removed)));
  end if;
  return removed;
end $$;

-- Puts down looks in one statement: those that came while the last ones were being written go together.
create function add_looks(looks jsonb) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into record_entry (done_at, account_id, office_id, operation, subject_kind, subject_id, after, request_id)
  select look.done_at, look.account_id, look.office_id, look.operation, look.subject_kind, look.subject_id, look.after,
    look.request_id
  from jsonb_to_recordset(looks) as look (done_at timestamptz, account_id uuid, office_id uuid, operation text,
    subject_kind text, subject_id uuid, after jsonb, request_id text)
  where is_look(look.operation);
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
revoke execute on function seal_record(integer), find_record_break(), retire_looks(timestamptz), add_looks(jsonb)
  from public;
grant execute on function seal_record(integer), find_record_break(), retire_looks(timestamptz), add_looks(jsonb)
  to trienkhai_program;

alter table record_seal enable row level security;
create policy record_seal_seen on record_seal for select using ((select is_program()));
alter table record_verification enable row level security;
create policy record_verification_seen on record_verification for select
  using ((select is_somebody()));
create policy record_verification_added on record_verification for insert with check ((select is_program()));
