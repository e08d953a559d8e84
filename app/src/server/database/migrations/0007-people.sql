-- People through time: titles from a list, posts with stand-ins, memberships as periods, personal details apart,
-- doubles told apart or joined, and audiences that an office keeps by name.

create extension if not exists btree_gist;

-- Titles ----------------------------------------------------------------------------------------------------

-- What posts are called. The common list has no office; an office adds its own.
create table post_title (
  id uuid primary key,
  office_id uuid references organisation,
  name text collate vi not null check (name <> ''),
  english text,
  key text generated always as (folded(name)) stored,
  aliases text[] not null default '{}', -- other ways to write it, folded
  capacities text[] not null default '{}', -- as what its holder is meant by a phrase
  role text, -- the right that it carries in the body where it is held
  kinds text[] not null default '{}', -- of the bodies in which it is held; empty: any
  rank smallint not null default 500, -- the lower, the earlier in a list
  seats smallint check (seats > 0), -- how many may hold it in one body at a time; null: any number
  ended_on date, -- no longer given from then on
  unique nulls not distinct (office_id, key),
  check (capacities <@ array['secretary', 'deputy-secretary', 'permanent', 'standing-committee', 'committee-member',
    'head', 'deputy-head', 'chair', 'deputy-chair', 'principal', 'deputy-principal', 'staff'])
);

insert into post_title (id, name, english, aliases, capacities, role, kinds, rank, seats)
select ('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid, name, english, aliases, capacities, role,
  kinds, rank, seats
from (values
  (1, 'Bí thư', 'Secretary', '{bi thu dang uy,bi thu dang bo,bi thu tinh uy,bi thu thanh uy}'::text[],
    '{secretary,permanent,standing-committee,committee-member,head}'::text[], null,
    '{province-committee,commune-committee,agency-committee,grassroots-committee}'::text[], 10, 1),
  (2, 'Phó Bí thư Thường trực', 'Permanent Deputy Secretary', '{pho bi thu thuong truc dang uy}',
    '{deputy-secretary,permanent,standing-committee,committee-member,deputy-head}', null,
    '{province-committee,commune-committee,agency-committee,grassroots-committee}', 20, 1),
  (3, 'Phó Bí thư', 'Deputy Secretary', '{pho bi thu dang uy}',
    '{deputy-secretary,permanent,standing-committee,committee-member,deputy-head}', null,
    '{province-committee,commune-committee,agency-committee,grassroots-committee}', 30, null),
  (4, 'Ủy viên Ban Thường vụ', 'Member of the Standing Committee', '{uy vien btv,uvbtv}',
    '{standing-committee,committee-member}', null,
    '{province-committee,commune-committee,agency-committee,grassroots-committee}', 40, null),
  (5, 'Ủy viên Ban Chấp hành', 'Member of the Executive Committee',
    '{dang uy vien,cap uy vien,tinh uy vien,uy vien bch,uvbch}', '{committee-member}', null,
    '{province-committee,commune-committee,agency-committee,grassroots-committee}', 50, null),
  (6, 'Bí thư chi bộ', 'Cell Secretary', '{bi thu}', '{secretary,permanent,standing-committee,committee-member,head}',
    'secretary', '{cell}', 10, 1),
  (7, 'Phó Bí thư chi bộ', 'Deputy Cell Secretary', '{pho bi thu}',
    '{deputy-secretary,permanent,committee-member,deputy-head}', 'secretary', '{cell}', 20, null),
  (8, 'Chi ủy viên', 'Member of the Cell Committee', '{uy vien chi uy}', '{committee-member}', null, '{cell}', 30, null),
  (9, 'Tổ trưởng tổ đảng', 'Head of the Cell Group', '{to truong}', '{head}', null, '{cell-group}', 10, 1),
  (10, 'Tổ phó tổ đảng', 'Deputy Head of the Cell Group', '{to pho}', '{deputy-head}', null, '{cell-group}', 20, null),
  (11, 'Chánh Văn phòng', 'Chief of Office', '{}', '{head}', null, '{party-office,department}', 10, 1),
  (12, 'Phó Chánh Văn phòng', 'Deputy Chief of Office', '{}', '{deputy-head}', null, '{party-office,department}', 20, null),
  (13, 'Trưởng ban', 'Head of the Board', '{}', '{head}', null, '{party-board,government,association}', 10, 1),
  (14, 'Phó Trưởng ban', 'Deputy Head of the Board', '{}', '{deputy-head}', null, '{party-board,government,association}', 20, null),
  (15, 'Chủ nhiệm Ủy ban Kiểm tra', 'Chair of the Inspection Commission', '{chu nhiem}', '{head}', null, '{party-board}', 10, 1),
  (16, 'Phó Chủ nhiệm Ủy ban Kiểm tra', 'Deputy Chair of the Inspection Commission', '{pho chu nhiem}', '{deputy-head}', null, '{party-board}', 20, null),
  (17, 'Chủ tịch Ủy ban nhân dân', 'Chair of the People''s Committee', '{chu tich,chu tich ubnd}', '{chair,head}', null, '{government}', 10, 1),
  (18, 'Phó Chủ tịch Ủy ban nhân dân', 'Deputy Chair of the People''s Committee', '{pho chu tich,pho chu tich ubnd}', '{deputy-chair,deputy-head}', null, '{government}', 20, null),
  (19, 'Chủ tịch Hội đồng nhân dân', 'Chair of the People''s Council', '{chu tich hdnd}', '{chair,head}', null, '{government}', 10, 1),
  (20, 'Phó Chủ tịch Hội đồng nhân dân', 'Deputy Chair of the People''s Council', '{pho chu tich hdnd}', '{deputy-chair,deputy-head}', null, '{government}', 20, null),
  (21, 'Chủ tịch Ủy ban Mặt trận Tổ quốc', 'Chair of the Fatherland Front Committee', '{chu tich,chu tich mttq,chu tich ubmttq}', '{chair,head}', null, '{front}', 10, 1),
  (22, 'Phó Chủ tịch Ủy ban Mặt trận Tổ quốc', 'Deputy Chair of the Fatherland Front Committee', '{pho chu tich,pho chu tich mttq,pho chu tich ubmttq}', '{deputy-chair,deputy-head}', null, '{front}', 20, null),
  (23, 'Chủ tịch hội', 'Chair of the Association', '{chu tich}', '{chair,head}', null, '{union,association}', 10, 1),
  (24, 'Phó Chủ tịch hội', 'Deputy Chair of the Association', '{pho chu tich}', '{deputy-chair,deputy-head}', null, '{union,association}', 20, null),
  (25, 'Bí thư Đoàn', 'Secretary of the Youth Union', '{bi thu,bi thu doan thanh nien,bi thu tinh doan}', '{secretary,head}', null, '{union}', 10, 1),
  (26, 'Phó Bí thư Đoàn', 'Deputy Secretary of the Youth Union', '{pho bi thu,pho bi thu doan thanh nien,pho bi thu tinh doan}', '{deputy-secretary,deputy-head}', null, '{union}', 20, null),
  (27, 'Hiệu trưởng', 'Principal', '{}', '{principal,head}', null, '{school}', 10, 1),
  (28, 'Phó Hiệu trưởng', 'Deputy Principal', '{}', '{deputy-principal,deputy-head}', null, '{school}', 20, null),
  (29, 'Trưởng Công an', 'Chief of Police', '{}', '{head}', null, '{police}', 10, 1),
  (30, 'Phó Trưởng Công an', 'Deputy Chief of Police', '{}', '{deputy-head}', null, '{police}', 20, null),
  (31, 'Chỉ huy trưởng', 'Military Commander', '{}', '{head}', null, '{military}', 10, 1),
  (32, 'Chính trị viên', 'Political Officer', '{}', '{deputy-head}', null, '{military}', 15, 1),
  (33, 'Phó Chỉ huy trưởng', 'Deputy Military Commander', '{}', '{deputy-head}', null, '{military}', 20, null),
  (34, 'Giám đốc', 'Director', '{}', '{head}', null, '{service-unit,department}', 10, 1),
  (35, 'Phó Giám đốc', 'Deputy Director', '{}', '{deputy-head}', null, '{service-unit,department}', 20, null),
  (36, 'Trưởng phòng', 'Head of Department', '{}', '{head}', null, '{department}', 10, 1),
  (37, 'Phó Trưởng phòng', 'Deputy Head of Department', '{}', '{deputy-head}', null, '{department}', 20, null),
  (38, 'Trưởng trạm', 'Head of the Station', '{}', '{head}', null, '{service-unit}', 10, 1),
  (39, 'Phó Trưởng trạm', 'Deputy Head of the Station', '{}', '{deputy-head}', null, '{service-unit}', 20, null),
  (40, 'Chuyên viên', 'Official', '{can bo,cong chuc,nhan vien,giao vien}', '{staff}', null, '{}', 90, null)
) as common (number, name, english, aliases, capacities, role, kinds, rank, seats);

-- The title of the list that printed words mean in a body: the longest that they begin with, the body's name read on
-- after them ("Chủ tịch" of "Hội đồng nhân dân xã …"); an office's own titles before the common ones.
create function find_post_title(printed text, body_kind text, body_name text, offices uuid[] default '{}') returns uuid
  language sql stable strict parallel safe
  return (
    select title.id
    from post_title title cross join lateral unnest(title.aliases || title.key) as spelling (key)
    where (title.office_id is null or title.office_id = any(offices)) and title.ended_on is null
      and (title.kinds = '{}' or body_kind = any(title.kinds))
      and starts_with(folded(printed || ' ' || body_name) || ' ', spelling.key || ' ')
    order by length(spelling.key) desc, title.office_id nulls last, title.rank, title.id limit 1
  );

-- What of a body's name tells one title from another of the same kind of bodies: its first words, and only where bodies
-- of one kind are led under different titles.
create function title_context(body_kind text, body_name text) returns text
  language sql immutable strict parallel safe
  return case when body_kind in ('government', 'union', 'association')
    then array_to_string((string_to_array(body_name, ' '))[1:4], ' ') else '' end;

-- Posts -----------------------------------------------------------------------------------------------------

alter table post
  add column title_id uuid references post_title,
  add column stands_in_for uuid references post, -- acts in this one's place while it lasts
  add column decision text, -- number of the decision
  add check (stands_in_for <> id);

update post set title_id = found.title_id
from (
  select kind, context, printed, find_post_title(printed, kind, context) as title_id
  from (
    select distinct body.kind, title_context(body.kind, body.name) as context, post.title as printed
    from post join organisation body on body.id = post.organisation_id
  ) pair
) found, organisation body
where body.id = post.organisation_id
  and (body.kind, title_context(body.kind, body.name), post.title) = (found.kind, found.context, found.printed);

-- One person holds one title in a body once at a time; one post has one stand-in at a time.
-- Why the constraints speak of bytes and of the day after: see organisation_period.
alter table post
  add constraint post_held_once exclude using gist (
    uuid_send(person_id) with =, uuid_send(organisation_id) with =, (title || '') with =,
    daterange(from_on, to_on + 1) with &&),
  add constraint post_stand_in_once exclude using gist (
    uuid_send(stands_in_for) with =, daterange(from_on, to_on + 1) with &&) where (stands_in_for is not null);
create index post_title_held on post (organisation_id, title_id) include (person_id, from_on, to_on);
drop index post_organisation;
create index post_of_title on post (title_id, from_on);
create index post_stand_ins on post (stands_in_for) where stands_in_for is not null;

-- Memberships -----------------------------------------------------------------------------------------------

alter table membership add column ended_as text
  check (ended_as in ('became-official', 'transferred', 'left', 'removed', 'died'));

-- A Party member belongs to one cell at a time; a union's or association's member to each once.
alter table membership
  add constraint membership_in_one_cell exclude using gist (
    uuid_send(person_id) with =, daterange(from_on, to_on + 1) with &&) where (status in ('official', 'probationary')),
  add constraint membership_held_once exclude using gist (
    uuid_send(person_id) with =, uuid_send(organisation_id) with =, daterange(from_on, to_on + 1) with &&)
    where (status in ('union-member', 'association-member'));

-- Exempt from meetings (age, health, long journeys): still a member, not counted among those who should come.
create table membership_exemption (
  id uuid primary key,
  person_id uuid not null references person,
  organisation_id uuid not null references organisation,
  reason text not null check (reason <> ''),
  from_on date not null,
  to_on date,
  check (to_on is null or to_on >= from_on),
  exclude using gist (
    uuid_send(person_id) with =, uuid_send(organisation_id) with =, daterange(from_on, to_on + 1) with &&)
);
create index membership_exemption_person on membership_exemption (person_id);
create index membership_exemption_organisation on membership_exemption (organisation_id);

-- For a time a member meets elsewhere: away from home, here at the host. Whichever of the two is outside the product
-- is named by its place.
create table temporary_membership (
  id uuid primary key,
  person_id uuid not null references person,
  home_id uuid references organisation,
  host_id uuid references organisation,
  place text check (place <> ''),
  status text not null default 'official' check (status in ('official', 'probationary')),
  from_on date not null,
  to_on date,
  check (to_on is null or to_on >= from_on),
  check (home_id is not null or host_id is not null),
  check (place is not null or (home_id is not null and host_id is not null)),
  check (home_id <> host_id),
  exclude using gist (uuid_send(person_id) with =, daterange(from_on, to_on + 1) with &&)
);
create index temporary_membership_person on temporary_membership (person_id);
create index temporary_membership_home on temporary_membership (home_id);
create index temporary_membership_host on temporary_membership (host_id);

-- Personal details, apart from names and posts, under a right of their own -----------------------------------

create table person_detail (
  person_id uuid primary key references person,
  born_on date,
  born_known_to text not null default 'day' check (born_known_to in ('day', 'month', 'year')),
  sex text check (sex in ('female', 'male')),
  phone text,
  phone_key text generated always as (nullif(regexp_replace(regexp_replace(phone, '[^0-9+]', '', 'g'), '^(\+84|0084)', '0'), '')) stored,
  email text,
  party_card text,
  joined_on date, -- taken into the Party
  official_on date, -- became a full member
  updated_at timestamptz not null default now(),
  check (official_on is null or joined_on is null or official_on >= joined_on)
);
create index person_detail_born on person_detail (born_on);
create index person_detail_phone on person_detail (phone_key) where phone_key is not null;
create index person_detail_card on person_detail (party_card) where party_card is not null;

-- Names: found by any of their words in any order; listed by the given name ----------------------------------

alter table person
  add column merged_into uuid references person check (merged_into <> id),
  add column given_key text generated always as (folded(regexp_replace(full_name, '^.*\s', ''))) stored,
  add column name_words tsvector generated always as (to_tsvector('simple', folded(full_name))) stored;
drop index person_search; -- a person is looked for by words, which name_words finds without reading half of all names
create index person_words on person using gin (name_words);
-- Lists are walked in these alone: what narrows a name is in them.
create index person_listed on person (sort_key, id) include (given_key, name_words, full_name) where merged_into is null;
create index person_given on person (given_key, sort_key, id) include (name_words, full_name) where merged_into is null;
drop index membership_person;
create index membership_person on membership (person_id) include (organisation_id, status, from_on, to_on);
drop index post_person;
create index post_person on post (person_id) include (organisation_id, title_id, from_on, to_on);
create index person_merged on person (merged_into) where merged_into is not null;
create index person_same_name on person (search_key) where merged_into is null;

-- The entry that stands for a person now: itself, or the one that it was merged into, however often.
create function standing_person(asked uuid) returns uuid
  language sql stable strict security definer set search_path = public, pg_temp
  return (
    with recursive step (id, merged_into) as (
      select id, merged_into from person where id = asked
      union all
      select next.id, next.merged_into from step join person next on next.id = step.merged_into
    )
    select id from step where merged_into is null
  );

-- Two who are not the same person, as somebody has decided: not offered as doubles again.
create table person_apart (
  one_id uuid not null references person,
  other_id uuid not null references person,
  decided_by uuid not null references account,
  decided_at timestamptz not null default now(),
  primary key (one_id, other_id),
  check (one_id < other_id)
);
create index person_apart_other on person_apart (other_id);

-- Two entries that were one person: what was moved, so that it can be taken back.
create table person_merge (
  id uuid primary key,
  kept_id uuid not null references person,
  merged_id uuid not null references person,
  merged_name text not null, -- as it was called then
  reason text not null check (reason <> ''),
  moved jsonb not null, -- ids of rows that were moved, rows that were the same, as they were before
  merged_by uuid not null references account,
  merged_at timestamptz not null default now(),
  undone_by uuid references account,
  undone_at timestamptz,
  check (kept_id <> merged_id)
);
create unique index person_merge_standing on person_merge (merged_id) where undone_at is null;
create index person_merge_kept on person_merge (kept_id);

-- Audiences -------------------------------------------------------------------------------------------------

-- What an office calls by a name of its own, for phrases and invitations.
create table audience (
  id uuid primary key,
  office_id uuid not null references organisation,
  name text collate vi not null check (name <> ''),
  key text generated always as (folded(name)) stored,
  expression jsonb not null,
  version smallint not null, -- of the language in which the expression is written
  made_by uuid not null references account,
  made_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index audience_named on audience (office_id, key) where ended_at is null;

-- Whom an event's phrases stood for at launch, in person.
create table event_person (
  event_id uuid not null references event on delete cascade,
  person_id uuid not null references person,
  organisation_id uuid not null references organisation, -- for which body
  capacity text not null, -- as what, in words
  primary key (event_id, person_id)
);
create index event_person_person on event_person (person_id);

-- Rights ------------------------------------------------------------------------------------------------------

-- Rights come with posts, too: a cell's secretary enters for the cell while the post lasts, and so does who stands in.
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
    union all
    select title.role, post.organisation_id, null, null::uuid, post.id
    from account asked
    join post on post.person_id = asked.person_id
      and post.from_on <= day and (post.to_on is null or post.to_on >= day)
    join post_title title on title.id = post.title_id
    where asked.id = account and title.role is not null
  )
  select held.role, held.organisation_id, held.subject_kind, held.subject_id, held.post_id from held
  union all
  select distinct held.role, forebear.organisation_id, null, null::uuid, held.post_id
  from forebears_of(array(select held.organisation_id from held where held.role <> 'guest')) forebear
  join held on held.organisation_id = forebear.heir_id and held.role <> 'guest'
  where not exists (select from held own where own.role = held.role and own.organisation_id = forebear.organisation_id);
end;
-- The other way about: who holds one of these roles in bodies on a day, singly, by a post, or in a body that took over from
-- them. For telling people of what happened there: it names accounts of people whom who acts need not see.
create function holders_of(bodies uuid[], roles text[], day date)
  returns table (organisation_id uuid, account_id uuid)
  language sql stable rows 100 security definer set search_path = public, pg_temp
begin atomic
  with place as (
    select body.id as asked_id, body.id as body_id from unnest(bodies) as body (id)
    union
    select organisation.id, heir.id from organisation cross join lateral heirs_of(organisation.id) as heir (id)
    where organisation.id = any (bodies) and organisation.ended_on is not null
  )
  select place.asked_id, role_grant.account_id
  from place join role_grant on role_grant.organisation_id = place.body_id
  where role_grant.role = any (roles)
    and role_grant.from_on <= day and (role_grant.to_on is null or role_grant.to_on >= day)
  union
  select place.asked_id, account.id
  from place join post on post.organisation_id = place.body_id
    and post.from_on <= day and (post.to_on is null or post.to_on >= day)
  join post_title title on title.id = post.title_id and title.role = any (roles)
  join account on account.person_id = post.person_id;
end;
revoke execute on function holders_of(uuid[], text[], date) from public;
grant execute on function holders_of(uuid[], text[], date) to trienkhai_program;

alter table post_title add check (role in (
  'officer', 'approver', 'viewer', 'secretary', 'member', 'supervisor', 'personnel', 'administrator'
));

-- Whether somebody belongs to, or holds a post in, one of these bodies or one below them, now or before.
create function person_within(asked uuid, tops uuid[]) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (
      select from membership join organisation_line line using (organisation_id)
      where membership.person_id = asked and line.ancestor_id = any (tops)
    ) or exists (
      select from post join organisation_line line using (organisation_id)
      where post.person_id = asked and line.ancestor_id = any (tops)
    );

-- Who may look down into a body: where an office is kept, an area supervised, people or organisations administered.
create function actor_tops() returns uuid[] language sql stable parallel safe
  return actor_offices() || actor_areas() || actor_administers() || actor_personnel();

-- Finding people among a million: beneath the policies, which would be asked of each person, and by the same rule
-- (app/src/features/people/server/sight.ts). Bearers of a name or a title where they are few, with how many there are;
-- otherwise along the list of all people, in its index alone, until a page is full: first of those who are called by the
-- last word (people go by their given names), then of the others. Words are whole words of a name, which the index finds
-- many times sooner; where nobody in sight bears them, they are the beginnings of words. `skip` rows are left out; no
-- row: nobody further.
create function find_people(
  words text, spellings text[], asked_title uuid, asked_body uuid, asked_status text, day date, skip integer,
  most integer, few integer
) returns table (id uuid, total integer)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  tops uuid[] := actor_tops();
  kept uuid[] := actor_personnel();
  everything boolean := is_program() or not exists (
    select from organisation root where root.parent_id is null and root.id <> all (tops)
  );
  -- Bodies whose members are in sight, and whose holders of posts are: where everything is, nobody is asked.
  looked_after uuid[] := case when everything then '{}' else array(
    select organisation_id from organisation_line where ancestor_id = any (tops)
    union select unnest(actor_memberships())
  ) end;
  in_line uuid[] := case when everything then '{}' else array(
    select unnest(looked_after) union select ancestor_id from organisation_line
    where organisation_id = any (tops || actor_units() || actor_memberships())
  ) end;
  called text := regexp_replace(words, '^.* |:\*$', '', 'g');
  spelled text;
  guess json;
  many constant integer := few * 4; -- of a title, whose holders are gathered where they are in sight
  candidates uuid[];
  found integer := 0;
  more integer;
  before integer;
  spelt constant text := $spelt$
      and ($2 = '{}' or (
        select bool_and(lower(normalize(person.full_name, NFC)) ~ spelling) from unnest($2) spelling
      ))$spelt$;
  conditions constant text := $named$
    where person.merged_into is null
      and ($1 is null or (person.name_words @@ to_tsquery('simple', $1)) is true)$named$ || spelt || $conditions$
      and ($7 or person.id = actor_person()
        or (select true from membership belonging where belonging.person_id = person.id
          and (belonging.organisation_id = any ($8)) is true limit 1)
        or (select true from post held where held.person_id = person.id
          and (held.organisation_id = any ($9)) is true limit 1)
        or (select true from temporary_membership guest where guest.person_id = person.id
          and (guest.host_id = any ($8)) is true limit 1))
      and ($3 is null or (
        select true from post held where held.person_id = person.id and held.title_id = $3
          and held.from_on <= $6 and (held.to_on is null or held.to_on >= $6)
          and ($7 or (held.organisation_id = any ($9)) is true)
          and ($4 is null or exists (select from organisation_line line
            where line.organisation_id = held.organisation_id and line.ancestor_id = $4)) limit 1))
      and ($5 is null or (
        select true from membership belonging where belonging.person_id = person.id and belonging.status = $5
          and belonging.from_on <= $6 and (belonging.to_on is null or belonging.to_on >= $6)
          and exists (select from organisation_line line
            where line.organisation_id = belonging.organisation_id and line.ancestor_id = any ($10))
          and ($4 is null or exists (select from organisation_line line
            where line.organisation_id = belonging.organisation_id and line.ancestor_id = $4)) limit 1))
      and ($4 is null or $3 is not null or $5 is not null
        or (select true from membership belonging join organisation_line line using (organisation_id)
          where belonging.person_id = person.id and line.ancestor_id = $4 and belonging.from_on <= $6
            and ($7 or (belonging.organisation_id = any ($8)) is true)
            and (belonging.to_on is null or belonging.to_on >= $6) limit 1)
        or (select true from post held join organisation_line line using (organisation_id)
          where held.person_id = person.id and line.ancestor_id = $4 and held.from_on <= $6
            and ($7 or (held.organisation_id = any ($9)) is true)
            and (held.to_on is null or held.to_on >= $6) limit 1))
  $conditions$;
begin
  -- Written out each time, so that what is not asked for is not planned for and the bodies in sight are one hashed set;
  -- `is true` keeps both that set and the words from being sought in an index of their own on the walk.
  foreach spelled in array case when words is null then array[null] else array[replace(words, ':*', ''), words] end loop
    candidates := null;
    if spelled is not null then
      -- Statistics know the words of names: how many bear them is guessed without gathering them. (The guess is why this
      -- function is not marked stable; it changes nothing.)
      execute format('explain (format json) select from person where name_words @@ to_tsquery(''simple'', %L)', spelled)
        into guess;
      if spelled = words or (guess -> 0 -> 'Plan' ->> 'Plan Rows')::numeric <= few then
        execute 'select array(select person.id from person where person.merged_into is null
          and person.name_words @@ to_tsquery(''simple'', $1)' || spelt || ' limit $3)' into candidates
          using spelled, spellings, few + 1;
      end if;
    elsif asked_title is not null then
      execute 'select array(select distinct held.person_id from post held where held.title_id = $1
        and held.from_on <= $2 and (held.to_on is null or held.to_on >= $2)
        and ($3 or (held.organisation_id = any ($4)) is true) limit $5)' into candidates
        using asked_title, day, everything, in_line, many;
    end if;
    if cardinality(candidates) > (case when spelled is null then many - 1 else few end) then
      candidates := null;
    end if;
    if candidates is not null then
      return query execute 'select person.id, (count(*) over ())::int
        from unnest($13) candidate (id) join person on person.id = candidate.id' || conditions
        || ' order by person.sort_key, person.id offset $11 limit $12'
        using null::text, '{}'::text[], asked_title, asked_body, asked_status, day, everything, looked_after, in_line, kept,
          skip, most, candidates;
      get diagnostics found = row_count;
    else
      before := 0;
      if called is not null then
        return query execute 'select person.id, null::int from person' || conditions
          || ' and person.given_key = $13 order by person.sort_key, person.id offset $11 limit $12'
          using spelled, spellings, asked_title, asked_body, asked_status, day, everything, looked_after, in_line, kept,
            skip, most, called;
        get diagnostics found = row_count;
        if found = most then
          return;
        end if;
        before := skip + found;
        if found = 0 and skip > 0 then
          execute 'select count(*)::int from person' || conditions || ' and person.given_key = $11' into before
            using spelled, spellings, asked_title, asked_body, asked_status, day, everything, looked_after, in_line, kept,
              called;
        end if;
      end if;
      return query execute 'select person.id, null::int from person' || conditions
        || ' and ($13 is null or person.given_key <> $13) order by person.sort_key, person.id offset $11 limit $12'
        using spelled, spellings, asked_title, asked_body, asked_status, day, everything, looked_after, in_line, kept,
          greatest(0, skip - before), most - found, called;
      get diagnostics more = row_count;
      found := found + more;
    end if;
    if found > 0 then
      return;
    end if;
  end loop;
end $$;

-- Posts of bodies on a day, so far as somebody acts in them: each body is asked for once, and not each post.
create function acting_posts(bodies uuid[], day date)
  returns table (id uuid, person_id uuid, organisation_id uuid, title text, title_id uuid)
  language sql stable security definer rows 5000 set search_path = public, pg_temp
begin atomic
  select post.id, post.person_id, post.organisation_id, post.title, post.title_id
  from post
  where post.organisation_id = any (bodies) and post.from_on <= day and (post.to_on is null or post.to_on >= day)
    and (is_program() or post.organisation_id in (
      select line.organisation_id from organisation_line line where line.ancestor_id = any (actor_tops())))
    and not exists (
      select from post other where other.stands_in_for = post.id and other.from_on <= day
        and (other.to_on is null or other.to_on >= day));
end;

-- Takes out a row that says the same as another of a merged entry; person_merge keeps it, and nobody else takes rows out.
create function absorb_row(kind text, row_id uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case kind
    when 'post' then delete from post
      where id = row_id and (is_program() or lies_below(organisation_id, actor_personnel()));
    when 'membership' then delete from membership
      where id = row_id and (is_program() or lies_below(organisation_id, actor_personnel()));
    when 'membership_exemption' then delete from membership_exemption
      where id = row_id and (is_program() or lies_below(organisation_id, actor_personnel()));
    when 'temporary_membership' then delete from temporary_membership
      where id = row_id and (is_program() or lies_below(home_id, actor_personnel())
        or lies_below(host_id, actor_personnel()));
  end case;
  if not found then raise exception 'the row is not the actor''s to merge' using errcode = 'insufficient_privilege'; end if;
end $$;

alter table post_title enable row level security;
alter table membership_exemption enable row level security;
alter table temporary_membership enable row level security;
alter table person_detail enable row level security;
alter table person_apart enable row level security;
alter table person_merge enable row level security;
alter table audience enable row level security;
alter table event_person enable row level security;

-- What posts are called is no secret; an office's own list is kept by who keeps its people.
create policy post_title_seen on post_title for select
  using ((select is_somebody()));
create policy post_title_added on post_title for insert
  with check ((select is_program()) or lies_below(office_id, (select actor_personnel() || actor_administers())));
create policy post_title_changed on post_title for update
  using ((select is_program()) or lies_below(office_id, (select actor_personnel() || actor_administers())));

create policy membership_exemption_seen on membership_exemption for select
  using ((select is_program()) or person_id = (select actor_person())
    or organisation_id = any ((select actor_memberships())::uuid[])
    or lies_below(organisation_id, (select actor_tops())));
create policy membership_exemption_added on membership_exemption for insert
  with check ((select is_program()) or lies_below(organisation_id, (select actor_personnel())));
create policy membership_exemption_changed on membership_exemption for update
  using ((select is_program()) or lies_below(organisation_id, (select actor_personnel())));

create policy temporary_membership_seen on temporary_membership for select
  using ((select is_program()) or person_id = (select actor_person())
    or home_id = any ((select actor_memberships())::uuid[]) or host_id = any ((select actor_memberships())::uuid[])
    or lies_below(home_id, (select actor_tops())) or lies_below(host_id, (select actor_tops())));
create policy temporary_membership_added on temporary_membership for insert
  with check ((select is_program()) or lies_below(home_id, (select actor_personnel()))
    or lies_below(host_id, (select actor_personnel())));
create policy temporary_membership_changed on temporary_membership for update
  using ((select is_program()) or lies_below(home_id, (select actor_personnel()))
    or lies_below(host_id, (select actor_personnel())));

create policy person_detail_kept on person_detail
  using ((select is_program()) or person_id = (select actor_person())
    or person_within(person_id, (select actor_personnel())));

create policy person_apart_kept on person_apart
  using ((select is_program()) or person_within(one_id, (select actor_personnel()))
    or person_within(other_id, (select actor_personnel())));
create policy person_merge_kept on person_merge
  using ((select is_program()) or person_within(kept_id, (select actor_personnel())));

create policy audience_kept on audience
  using ((select is_program()) or office_id = any ((select actor_offices())::uuid[]));

create policy event_person_seen on event_person for select
  using ((select is_program()) or person_id = (select actor_person())
    or exists (select from event where event.id = event_id));
create policy event_person_added on event_person for insert
  with check ((select is_program()) or exists (
    select from event where event.id = event_id and event.office_id = any ((select actor_offices())::uuid[])));
create policy event_person_removed on event_person for delete
  using ((select is_program()) or exists (
    select from event where event.id = event_id and event.office_id = any ((select actor_offices())::uuid[])));

-- What was once so is ended, never taken away.
revoke delete on post_title, membership_exemption, temporary_membership, person_merge, audience from trienkhai_program;
