-- The foundation: organisations, people, accounts, documents, plans and the work that follows from them.
-- Identifiers are made by the program (UUID version 7), so that a command that is sent twice names the same row.

create extension if not exists pg_trgm;

-- Names sort as a Vietnamese dictionary does, numbers by their value: "Chi bộ 2" before "Chi bộ 10".
create collation vi (provider = icu, locale = 'vi-u-kn-true');

-- The key under which text is searched: no marks, no case. The same rule as fold() in packages/vietnamese.
create function folded(words text) returns text
  language sql immutable strict parallel safe
  return lower(translate(regexp_replace(normalize(words, NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd'));

-- Organisations ---------------------------------------------------------------------------------------------

create table organisation (
  id uuid primary key,
  hierarchy text not null check (hierarchy in ('party', 'government', 'front')),
  kind text not null check (kind in (
    'province-committee', 'commune-committee', 'agency-committee', 'grassroots-committee', 'cell', 'cell-group',
    'party-board', 'party-office', 'government', 'department', 'police', 'military', 'school', 'front', 'union',
    'association', 'service-unit'
  )),
  name text collate vi not null check (name <> ''),
  abbreviation text,
  parent_id uuid references organisation,
  unit_code text, -- the official code of the province or commune that it serves
  search_key text generated always as (folded(name || ' ' || coalesce(abbreviation, ''))) stored,
  created_at timestamptz not null default now(),
  check (parent_id <> id)
);
create index organisation_parent on organisation (parent_id, name);
create index organisation_search on organisation using gin (search_key gin_trgm_ops);

-- Every organisation with itself (distance 0) and each body above it.
create table organisation_line (
  organisation_id uuid not null references organisation on delete cascade,
  ancestor_id uuid not null references organisation on delete cascade,
  distance smallint not null check (distance >= 0),
  primary key (organisation_id, ancestor_id)
);
create index organisation_line_below on organisation_line (ancestor_id, distance, organisation_id);

-- People ----------------------------------------------------------------------------------------------------

create table person (
  id uuid primary key,
  full_name text collate vi not null check (full_name <> ''),
  sort_key text collate vi not null, -- given name first, as lists of people are ordered
  search_key text generated always as (folded(full_name)) stored,
  created_at timestamptz not null default now()
);
create index person_search on person using gin (search_key gin_trgm_ops);

create table post (
  id uuid primary key,
  person_id uuid not null references person,
  organisation_id uuid not null references organisation,
  title text collate vi not null,
  from_on date not null,
  to_on date,
  check (to_on is null or to_on >= from_on)
);
create index post_organisation on post (organisation_id);
create index post_person on post (person_id);

create table membership (
  id uuid primary key,
  person_id uuid not null references person,
  organisation_id uuid not null references organisation,
  status text not null check (status in ('official', 'probationary', 'union-member', 'association-member')),
  from_on date not null,
  to_on date,
  check (to_on is null or to_on >= from_on)
);
create index membership_organisation on membership (organisation_id, person_id);
create index membership_person on membership (person_id);

-- Accounts: the tables of the authentication library under the product's own names --------------------------

create table account (
  id uuid primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  username text unique,
  person_id uuid references person,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table credential (
  id uuid primary key,
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references account on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index credential_user on credential (user_id);

create table session (
  id uuid primary key,
  token text not null unique,
  user_id uuid not null references account on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_account on session (user_id);

create table verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on verification (identifier);

-- Rights: a role in a scope, for a time. A supervisor's and an administrator's reach goes down the tree.
create table role_grant (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  role text not null check (role in ('officer', 'secretary', 'member', 'supervisor', 'administrator')),
  organisation_id uuid not null references organisation,
  from_on date not null,
  to_on date,
  unique (account_id, role, organisation_id, from_on)
);
create index role_grant_organisation on role_grant (organisation_id, role);

-- What was done ---------------------------------------------------------------------------------------------

-- An operation happens once, however often it is sent: its command's id is kept with what came of it.
create table command (
  id uuid primary key,
  account_id uuid not null references account,
  operation text not null,
  outcome jsonb not null,
  done_at timestamptz not null default now()
);

create table record_entry (
  id bigint generated always as identity primary key,
  done_at timestamptz not null default now(),
  account_id uuid references account,
  office_id uuid references organisation,
  operation text not null,
  subject_kind text not null,
  subject_id uuid,
  before jsonb,
  after jsonb,
  request_id text
);
create index record_entry_subject on record_entry (subject_kind, subject_id, id);
create index record_entry_office on record_entry (office_id, id);

-- Documents -------------------------------------------------------------------------------------------------

create table file (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'), -- SHA-256 of the content
  size bigint not null check (size >= 0),
  media_type text not null,
  kept_at timestamptz not null default now()
);

create table document (
  id uuid primary key,
  office_id uuid not null references organisation,
  direction text not null check (direction in ('incoming', 'outgoing', 'draft')),
  file_hash text references file, -- null once a file with a mark of secrecy was refused: nothing of it is kept
  file_name text not null,
  kind text,
  number text,
  issuer text,
  issued_on date,
  subject text,
  search_key text generated always as (
    folded(coalesce(subject, '') || ' ' || coalesce(number, '') || ' ' || coalesce(issuer, '') || ' ' || file_name)
  ) stored,
  created_by uuid not null references account,
  created_at timestamptz not null default now(),
  unique (office_id, file_hash) -- the same file twice is noticed
);
create index document_office on document (office_id, created_at desc, id);
create index document_search on document using gin (search_key gin_trgm_ops);

-- How far the reading of a document has come, and what was read (SourceDocument and Plan of packages/plan-reader).
create table document_reading (
  document_id uuid primary key references document on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'reading', 'read', 'refused')),
  stage text check (stage in ('pages', 'ocr', 'plan')),
  page integer,
  pages integer,
  refusal text,
  source jsonb,
  plan jsonb,
  updated_at timestamptz not null default now(),
  check (state <> 'read' or (source is not null and plan is not null)),
  check (state <> 'refused' or refusal is not null)
);

-- Pictures of the pages of a document that has pages, drawn by a job once it is read.
create table document_page (
  document_id uuid not null references document on delete cascade,
  page integer not null check (page >= 0),
  file_hash text not null references file,
  primary key (document_id, page)
);

-- Plans -----------------------------------------------------------------------------------------------------

create table plan (
  id uuid primary key,
  office_id uuid not null references organisation,
  document_id uuid not null unique references document,
  state text not null default 'review' check (state in ('review', 'launched', 'withdrawn', 'closed')),
  number text,
  issued_on date,
  subject text not null,
  search_key text generated always as (folded(subject || ' ' || coalesce(number, ''))) stored,
  launched_at timestamptz,
  launched_by uuid references account,
  resolved_on date, -- the day on which phrases were resolved to organisations
  created_at timestamptz not null default now(),
  check ((state = 'review') = (launched_at is null))
);
create index plan_office on plan (office_id, created_at desc, id);
create index plan_search on plan using gin (search_key gin_trgm_ops);

-- The working copy while a plan is reviewed: the plan as corrected, what is confirmed, how phrases are matched.
create table plan_review (
  plan_id uuid primary key references plan on delete cascade,
  version integer not null default 0,
  content jsonb not null,
  updated_by uuid not null references account,
  updated_at timestamptz not null default now()
);

-- What an office has decided that a phrase stands for; used for the next plan.
create table phrase_audience (
  office_id uuid not null references organisation,
  phrase_key text not null, -- spelling key of the phrase
  phrase text not null,
  audience jsonb not null,
  decided_by uuid not null references account,
  decided_at timestamptz not null default now(),
  primary key (office_id, phrase_key)
);

create table task (
  id uuid primary key,
  plan_id uuid not null references plan on delete cascade,
  ordinal integer not null,
  text text not null,
  product text,
  condition text,
  section text,
  deadline jsonb,
  due_on date,
  parties jsonb not null default '[]', -- [{ role, phrase, audience }]
  spans jsonb not null default '[]',
  unique (plan_id, ordinal)
);

-- Who was expected to answer, frozen at launch under the name of that day.
create table expected (
  plan_id uuid not null references plan on delete cascade,
  organisation_id uuid not null references organisation,
  name text collate vi not null,
  members integer not null default 0,
  primary key (plan_id, organisation_id)
);

create table assignment (
  id uuid primary key,
  plan_id uuid not null references plan on delete cascade,
  task_id uuid not null references task on delete cascade,
  office_id uuid not null references organisation, -- whose plan it is
  organisation_id uuid not null references organisation, -- whose work it is
  group_id uuid not null references organisation, -- under which body it is shown: the unit's own, or its parent
  role text not null check (role in ('lead', 'with')),
  state text not null default 'owed' check (state in ('owed', 'doing', 'done')),
  due_on date,
  started_at timestamptz,
  done_at timestamptz,
  done_by uuid references account,
  evidence_count integer not null default 0 check (evidence_count >= 0),
  open_obstacles integer not null default 0 check (open_obstacles >= 0),
  version integer not null default 0,
  unique (task_id, organisation_id),
  check ((state = 'done') = (done_at is not null))
);
create index assignment_unit on assignment (organisation_id, state, due_on);
create index assignment_plan on assignment (plan_id, task_id, state, due_on);
create index assignment_open on assignment (office_id, due_on) where state <> 'done';

-- Counts of assignments, kept by the database with each change, so that a plan for 8,000 units opens at once.
create table assignment_tally (
  plan_id uuid not null references plan on delete cascade,
  task_id uuid not null references task on delete cascade,
  group_id uuid not null references organisation,
  role text not null,
  state text not null,
  due_on date,
  with_evidence boolean not null,
  done_late boolean not null,
  count integer not null,
  unique nulls not distinct (plan_id, task_id, group_id, role, state, due_on, with_evidence, done_late)
);

-- Whether it was done after its last day, as the calendar stands in Vietnam.
create function assignment_done_late(done_at timestamptz, due_on date) returns boolean
  language sql stable parallel safe
  return coalesce((done_at at time zone 'Asia/Ho_Chi_Minh')::date > due_on, false);

-- One statement a change, its rows in key order: two changes at once wait for each other and never lock crosswise.
create function tally_assignments() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into assignment_tally as tally
    select plan_id, task_id, group_id, role, state, due_on, evidence_count > 0,
      assignment_done_late(done_at, due_on), count(*)
    from new_rows group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (plan_id, task_id, group_id, role, state, due_on, with_evidence, done_late)
    do update set count = tally.count + excluded.count;
  elsif tg_op = 'DELETE' then
    update assignment_tally tally set count = tally.count - gone.count
    from (
      select plan_id, task_id, group_id, role, state, due_on, evidence_count > 0 as with_evidence,
        assignment_done_late(done_at, due_on) as done_late, count(*) as count
      from old_rows group by 1, 2, 3, 4, 5, 6, 7, 8
    ) gone
    where (tally.plan_id, tally.task_id, tally.group_id, tally.role, tally.state, tally.with_evidence, tally.done_late)
      = (gone.plan_id, gone.task_id, gone.group_id, gone.role, gone.state, gone.with_evidence, gone.done_late)
      and tally.due_on is not distinct from gone.due_on;
  else
    insert into assignment_tally as tally
    select plan_id, task_id, group_id, role, state, due_on, with_evidence, done_late, sum(sign)
    from (
      select plan_id, task_id, group_id, role, state, due_on, evidence_count > 0 as with_evidence,
        assignment_done_late(done_at, due_on) as done_late, 1 as sign from new_rows
      union all
      select plan_id, task_id, group_id, role, state, due_on, evidence_count > 0,
        assignment_done_late(done_at, due_on), -1 from old_rows
    ) changed
    group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(sign) <> 0 order by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (plan_id, task_id, group_id, role, state, due_on, with_evidence, done_late)
    do update set count = tally.count + excluded.count;
  end if;
  return null;
end $$;
create trigger assignment_inserted after insert on assignment
  referencing new table as new_rows for each statement execute function tally_assignments();
create trigger assignment_updated after update on assignment
  referencing old table as old_rows new table as new_rows for each statement execute function tally_assignments();
create trigger assignment_deleted after delete on assignment
  referencing old table as old_rows for each statement execute function tally_assignments();

-- What happened to an assignment, in order: started, noted, done, reopened.
create table progress (
  id uuid primary key,
  assignment_id uuid not null references assignment on delete cascade,
  step text not null check (step in ('started', 'noted', 'done', 'reopened')),
  note text,
  account_id uuid not null references account,
  at timestamptz not null default now()
);
create index progress_assignment on progress (assignment_id, at);

create table evidence (
  id uuid primary key,
  assignment_id uuid not null references assignment on delete cascade,
  kind text not null check (kind in ('file', 'link')),
  file_hash text references file,
  title text not null,
  url text,
  added_by uuid not null references account,
  added_at timestamptz not null default now(),
  check ((kind = 'file') = (file_hash is not null)),
  check ((kind = 'link') = (url is not null))
);
create index evidence_assignment on evidence (assignment_id, added_at);

create table obstacle (
  id uuid primary key,
  assignment_id uuid not null references assignment on delete cascade,
  office_id uuid not null references organisation,
  text text not null check (text <> ''),
  raised_by uuid not null references account,
  raised_at timestamptz not null default now(),
  answer text,
  answered_by uuid references account,
  answered_at timestamptz,
  check ((answer is null) = (answered_at is null))
);
create index obstacle_assignment on obstacle (assignment_id);
create index obstacle_open on obstacle (office_id, raised_at) where answer is null;

create table event (
  id uuid primary key,
  plan_id uuid not null references plan on delete cascade,
  office_id uuid not null references organisation,
  title text not null,
  starts_on date not null,
  starts_at time, -- null where the plan names only the day
  ends_on date,
  ends_at time,
  place text,
  agenda jsonb not null default '[]',
  invitees jsonb not null default '[]' -- phrases as printed, with their audiences
);
create index event_office on event (office_id, starts_on);
create index event_plan on event (plan_id);

-- The organisations that an event's phrases stood for at launch.
create table event_organisation (
  event_id uuid not null references event on delete cascade,
  organisation_id uuid not null references organisation,
  primary key (event_id, organisation_id)
);
create index event_organisation_unit on event_organisation (organisation_id);

create table report_duty (
  id uuid primary key,
  plan_id uuid not null references plan on delete cascade,
  ordinal integer not null,
  office_id uuid not null references organisation, -- to whom it is owed
  organisation_id uuid not null references organisation, -- who owes it
  text text not null,
  deadline jsonb,
  due_on date,
  submitted_at timestamptz,
  submitted_by uuid references account,
  body text,
  file_hash text references file,
  file_name text,
  unique (plan_id, ordinal, organisation_id)
);
create index report_duty_unit on report_duty (organisation_id, due_on);
create index report_duty_plan on report_duty (plan_id, submitted_at);

create table amendment (
  id uuid primary key,
  plan_id uuid not null references plan on delete cascade,
  reason text not null check (reason <> ''),
  changes jsonb not null,
  amended_by uuid not null references account,
  amended_at timestamptz not null default now()
);
create index amendment_plan on amendment (plan_id, amended_at);

create table notice (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  kind text not null,
  plan_id uuid references plan on delete cascade,
  organisation_id uuid references organisation,
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  read_at timestamptz
);
create index notice_account on notice (account_id, created_at desc);
create unique index notice_once on notice (account_id, kind, plan_id, organisation_id, (details ->> 'key'));

-- Papers that the office writes: reports of results, reminder letters.
create table paper (
  id uuid primary key,
  office_id uuid not null references organisation,
  plan_id uuid not null references plan,
  kind text not null check (kind in ('report', 'reminder')),
  title text not null,
  content jsonb not null,
  figures_on date not null, -- the day of the figures in it
  version integer not null default 0,
  created_by uuid not null references account,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index paper_plan on paper (plan_id, created_at desc);
create index paper_office on paper (office_id, created_at desc);
