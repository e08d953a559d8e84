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
  fromOn: string
  toOn: string | null
}

export interface NewMembership {
  id: string
  personId: string
  organisationId: string
  status: MembershipStatus
  fromOn: string
  toOn: string | null
}

/** Adds people, in one statement. */
export async function insertPeople(tx: Tx, rows: readonly NewPerson[]): Promise<void> {
  await sql`
    insert into person (id, full_name, sort_key)
    select * from unnest(
      ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.fullName)}::text[],
      ${rows.map((row) => row.sortKey)}::text[]
    )
  `.execute(tx)
}

/** Adds posts, in one statement. */
export async function insertPosts(tx: Tx, rows: readonly NewPost[]): Promise<void> {
  await sql`
    insert into post (id, person_id, organisation_id, title, from_on, to_on)
    select * from unnest(
      ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.personId)}::uuid[],
      ${rows.map((row) => row.organisationId)}::uuid[], ${rows.map((row) => row.title)}::text[],
      ${rows.map((row) => row.fromOn)}::date[], ${rows.map((row) => row.toOn)}::date[]
    )
  `.execute(tx)
}

/** Adds memberships, in one statement. */
export async function insertMemberships(tx: Tx, rows: readonly NewMembership[]): Promise<void> {
  await sql`
    insert into membership (id, person_id, organisation_id, status, from_on, to_on)
    select * from unnest(
      ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.personId)}::uuid[],
      ${rows.map((row) => row.organisationId)}::uuid[], ${rows.map((row) => row.status)}::text[],
      ${rows.map((row) => row.fromOn)}::date[], ${rows.map((row) => row.toOn)}::date[]
    )
  `.execute(tx)
}
