import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold, spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import type { Reader } from '#server/database/handles.ts'
import type { KnownMembership, KnownPerson, KnownPost } from '../judging.ts'

/** What a row says by which people may be found. */
export interface PersonAsked {
  readonly number: number
  /** Codes of a person, of a post or a membership, or a decision that names one. */
  readonly codes: readonly string[]
  readonly name: string | null
  readonly bornOn: string | null
  readonly organisationId: string | null
  readonly phone: string | null
  readonly partyCard: string | null
}

interface Found extends Omit<KnownPerson, 'memberships' | 'posts'> {
  number: number
  memberships: KnownMembership[] | null
  posts: KnownPost[] | null
}

/**
 * People whom rows may mean, by row: those of a code; of a name and birth date; else of a name in a body or with a phone;
 * and whoever has the card. One query, by indexes, however large the area.
 */
export async function findKnownPeople(
  reader: Reader,
  officeId: string,
  asked: readonly PersonAsked[],
): Promise<Map<number, KnownPerson[]>> {
  const column = <Key extends keyof PersonAsked>(key: Key): PersonAsked[Key][] => asked.map((row) => row[key])
  const codes = asked.flatMap((row) => row.codes.map((code) => ({ number: row.number, code })))
  const { rows } = await sql<Found>`
    with asked as (
      select * from unnest(
        ${column('number')}::int[], ${asked.map(({ name }) => (name === null ? null : fold(name)))}::text[],
        ${column('bornOn')}::date[], ${column('organisationId')}::uuid[],
        ${asked.map(({ phone }) => phoneKey(phone))}::text[], ${column('partyCard')}::text[]
      ) as asked (number, name, born_on, organisation_id, phone, party_card)
    ),
    coded as (
      select * from unnest(${codes.map(({ number }) => number)}::int[], ${codes.map(({ code }) => code)}::uuid[])
        as coded (number, code)
    ),
    by_code as (
      select coded.number, person.id from coded join person on person.id = coded.code
      union select coded.number, post.person_id from coded join post on post.id = coded.code
      union select coded.number, membership.person_id from coded join membership on membership.id = coded.code
    ),
    by_birth as materialized (
      select asked.number, person.id
      from asked join person_detail detail on detail.born_on = asked.born_on
      join person on person.id = detail.person_id and person.search_key = asked.name
    ),
    -- Only of those who are not found so in the area, everybody in the body has to be looked at.
    looked_for as materialized (
      select * from asked
      where not exists (
          select from by_birth join membership one on one.person_id = by_birth.id
          join organisation_line line on line.organisation_id = one.organisation_id and line.ancestor_id = ${officeId}
          where by_birth.number = asked.number
        )
        and not exists (select from coded where coded.number = asked.number)
    ),
    found as (
      select * from by_code
      union select * from by_birth
      union
      select looked_for.number, person.id
      from looked_for join membership on membership.organisation_id = looked_for.organisation_id
      join person on person.id = membership.person_id and person.search_key = looked_for.name
      union
      select looked_for.number, person.id
      from looked_for join post on post.organisation_id = looked_for.organisation_id
      join person on person.id = post.person_id and person.search_key = looked_for.name
      union
      select looked_for.number, person.id
      from looked_for join person_detail detail on detail.phone_key = looked_for.phone
      join person on person.id = detail.person_id and person.search_key = looked_for.name
      union
      select asked.number, detail.person_id
      from asked join person_detail detail on detail.party_card = asked.party_card
    )
    select found.number, person.id, person.full_name as "fullName", detail.born_on as "bornOn",
      coalesce(detail.born_known_to, 'day') as "bornKnownTo", detail.sex, detail.phone, detail.email,
      detail.party_card as "partyCard", detail.joined_on as "joinedOn", detail.official_on as "officialOn",
      memberships.list as memberships, posts.list as posts, coalesce(memberships.near or posts.near, memberships.near, posts.near, false) as "inArea"
    from found join person on person.id = found.id and person.merged_into is null
    left join person_detail detail on detail.person_id = person.id
    left join lateral (
      select bool_or(line.organisation_id is not null) as near, jsonb_agg(jsonb_build_object(
        'id', one.id, 'organisationId', one.organisation_id, 'organisationName', body.name, 'status', one.status,
        'fromOn', one.from_on, 'toOn', one.to_on, 'endedAs', one.ended_as, 'inArea', line.organisation_id is not null
      ) order by one.from_on) as list
      from membership one join organisation body on body.id = one.organisation_id
      left join organisation_line line on line.organisation_id = one.organisation_id and line.ancestor_id = ${officeId}
      where one.person_id = person.id
    ) memberships on true
    left join lateral (
      select bool_or(line.organisation_id is not null) as near, jsonb_agg(jsonb_build_object(
        'id', one.id, 'organisationId', one.organisation_id, 'organisationName', body.name, 'title', one.title,
        'fromOn', one.from_on, 'toOn', one.to_on, 'decision', one.decision, 'inArea', line.organisation_id is not null
      ) order by one.from_on) as list
      from post one join organisation body on body.id = one.organisation_id
      left join organisation_line line on line.organisation_id = one.organisation_id and line.ancestor_id = ${officeId}
      where one.person_id = person.id
    ) posts on true
    order by found.number, person.id
  `.execute(reader)
  const known = new Map<number, KnownPerson[]>()
  for (const { number, memberships, posts, ...person } of rows) {
    const list = known.get(number) ?? []
    list.push({ ...person, memberships: memberships ?? [], posts: posts ?? [] })
    known.set(number, list)
  }
  return known
}

const phoneKey = (phone: string | null): string | null =>
  phone === null ? null : phone.replace(/[^0-9+]/g, '').replace(/^(\+84|0084)/, '0')

/**
 * People whom the sheet of people of the same import brings, by spelling of their names: rows of the other sheets may
 * mean them before they are there.
 */
export async function findBroughtPeople(
  reader: Reader,
  importId: string,
  names: readonly string[],
): Promise<Map<string, KnownPerson[]>> {
  const { rows } = await sql<{
    id: string
    nameKey: string
    number: number
    fullName: string
    bornOn: string | null
    bornKnownTo: KnownPerson['bornKnownTo'] | null
    organisationId: string | null
    isWrong: boolean
  }>`
    select row.target_id as id, row.name_key as "nameKey", row.number, row.facts ->> 'name' as "fullName",
      row.born_on as "bornOn", row.facts ->> 'bornKnownTo' as "bornKnownTo",
      row.facts ->> 'body' as "organisationId", row.state = 'wrong' as "isWrong"
    from data_import_row row
    where row.import_id = ${importId} and row.kind = 'people' and row.state in ('new', 'wrong')
      and row.name_key = any(${[...new Set(names)]}::text[])
      and not exists (select from person where person.id = row.target_id)
    order by row.number
  `.execute(reader)
  const brought = new Map<string, KnownPerson[]>()
  for (const row of rows) {
    const list = brought.get(row.nameKey) ?? []
    list.push({
      id: row.id,
      fullName: row.fullName,
      bornOn: row.bornOn,
      bornKnownTo: row.bornKnownTo ?? 'day',
      sex: null,
      phone: null,
      email: null,
      partyCard: null,
      joinedOn: null,
      officialOn: null,
      inArea: true,
      memberships:
        row.organisationId === null
          ? []
          : [
              // Not written yet: only so that a name within a body tells who is meant.
              {
                id: '',
                organisationId: row.organisationId,
                organisationName: '',
                status: '',
                fromOn: '1900-01-01' as CivilDate,
                toOn: null,
                endedAs: null,
                inArea: true,
              },
            ],
      posts: [],
      row: row.number,
      isWrong: row.isWrong,
    })
    brought.set(row.nameKey, list)
  }
  return brought
}

/** The key under which {@link findBroughtPeople} keeps a name. */
export const broughtKey = (name: string): string => spellingKey(name)
