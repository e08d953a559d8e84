import { sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'
import type { MembershipStatus } from '../schema.ts'

export interface NewPerson {
  id: string
  fullName: string
  sortKey: string
}

export interface NewPost {
  id: string
  personId: string
  organisationId: string
  title: string
  /** Of the list of titles, where it was chosen there; otherwise the printed title finds its place by itself. */
  titleId?: string | null
  fromOn: string
  toOn: string | null
  /** The post in whose place this one acts. */
  standsInFor?: string | null
  decision?: string | null
}

export interface NewMembership {
  id: string
  personId: string
  organisationId: string
  status: MembershipStatus
  fromOn: string
  toOn: string | null
}

export interface NewExemption {
  id: string
  personId: string
  organisationId: string
  reason: string
  fromOn: string
  toOn: string | null
}

export interface NewTemporaryMembership {
  id: string
  personId: string
  homeId: string | null
  hostId: string | null
  place: string | null
  fromOn: string
  toOn: string | null
}

export interface NewDetail {
  personId: string
  bornOn: string | null
  bornKnownTo: 'day' | 'month' | 'year'
  sex: 'female' | 'male' | null
  phone: string | null
  email: string | null
  partyCard: string | null
  joinedOn: string | null
  officialOn: string | null
}

const column = <Row, Key extends keyof Row>(rows: readonly Row[], key: Key): Row[Key][] =>
  rows.map((row) => row[key])

/** Adds people, in one statement. */
export async function insertPeople(tx: Tx, rows: readonly NewPerson[]): Promise<void> {
  await sql`
    insert into person (id, full_name, sort_key)
    select * from unnest(
      ${column(rows, 'id')}::uuid[], ${column(rows, 'fullName')}::text[], ${column(rows, 'sortKey')}::text[]
    )
  `.execute(tx)
}

/** Adds posts, in one statement. */
export async function insertPosts(tx: Tx, rows: readonly NewPost[]): Promise<void> {
  await sql`
    with added as (
      select added.*, body.kind, title_context(body.kind, body.name) as context
      from unnest(
        ${column(rows, 'id')}::uuid[], ${column(rows, 'personId')}::uuid[], ${column(rows, 'organisationId')}::uuid[],
        ${column(rows, 'title')}::text[], ${column(rows, 'fromOn')}::date[], ${column(rows, 'toOn')}::date[],
        ${rows.map(({ standsInFor }) => standsInFor ?? null)}::uuid[],
        ${rows.map(({ decision }) => decision ?? null)}::text[], ${rows.map(({ titleId }) => titleId ?? null)}::uuid[]
      ) as added (id, person_id, organisation_id, title, from_on, to_on, stands_in_for, decision, chosen_id)
      join organisation body on body.id = added.organisation_id
    ),
    known as materialized (
      select kind, context, title, find_post_title(title, kind, context) as title_id
      from (select distinct kind, context, title from added) pair
    )
    insert into post (id, person_id, organisation_id, title, title_id, from_on, to_on, stands_in_for, decision)
    select added.id, person_id, organisation_id, title, coalesce(chosen_id, known.title_id), from_on, to_on, stands_in_for, decision
    from added join known using (kind, context, title)
  `.execute(tx)
}

/** Adds memberships, in one statement. */
export async function insertMemberships(tx: Tx, rows: readonly NewMembership[]): Promise<void> {
  await sql`
    insert into membership (id, person_id, organisation_id, status, from_on, to_on)
    select * from unnest(
      ${column(rows, 'id')}::uuid[], ${column(rows, 'personId')}::uuid[], ${column(rows, 'organisationId')}::uuid[],
      ${column(rows, 'status')}::text[], ${column(rows, 'fromOn')}::date[], ${column(rows, 'toOn')}::date[]
    )
  `.execute(tx)
}

/** Adds exemptions from meetings, in one statement. */
export async function insertExemptions(tx: Tx, rows: readonly NewExemption[]): Promise<void> {
  await sql`
    insert into membership_exemption (id, person_id, organisation_id, reason, from_on, to_on)
    select * from unnest(
      ${column(rows, 'id')}::uuid[], ${column(rows, 'personId')}::uuid[], ${column(rows, 'organisationId')}::uuid[],
      ${column(rows, 'reason')}::text[], ${column(rows, 'fromOn')}::date[], ${column(rows, 'toOn')}::date[]
    )
  `.execute(tx)
}

/** Adds memberships elsewhere for a time, in one statement. */
export async function insertTemporaryMemberships(
  tx: Tx,
  rows: readonly NewTemporaryMembership[],
): Promise<void> {
  await sql`
    insert into temporary_membership (id, person_id, home_id, host_id, place, from_on, to_on)
    select * from unnest(
      ${column(rows, 'id')}::uuid[], ${column(rows, 'personId')}::uuid[], ${column(rows, 'homeId')}::uuid[],
      ${column(rows, 'hostId')}::uuid[], ${column(rows, 'place')}::text[], ${column(rows, 'fromOn')}::date[],
      ${column(rows, 'toOn')}::date[]
    )
  `.execute(tx)
}

/** Keeps personal details, in one statement; those of a person who has some already are replaced. */
export async function keepDetails(tx: Tx, rows: readonly NewDetail[]): Promise<void> {
  await sql`
    insert into person_detail (person_id, born_on, born_known_to, sex, phone, email, party_card, joined_on, official_on)
    select * from unnest(
      ${column(rows, 'personId')}::uuid[], ${column(rows, 'bornOn')}::date[], ${column(rows, 'bornKnownTo')}::text[],
      ${column(rows, 'sex')}::text[], ${column(rows, 'phone')}::text[], ${column(rows, 'email')}::text[],
      ${column(rows, 'partyCard')}::text[], ${column(rows, 'joinedOn')}::date[], ${column(rows, 'officialOn')}::date[]
    )
    on conflict (person_id) do update set born_on = excluded.born_on, born_known_to = excluded.born_known_to,
      sex = excluded.sex, phone = excluded.phone, email = excluded.email, party_card = excluded.party_card,
      joined_on = excluded.joined_on, official_on = excluded.official_on, updated_at = now()
  `.execute(tx)
}
