import { fold } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import { compareLikeness, type Likeness, likelyFrom, phoneKey } from '../rules.ts'
import type { LikelyDouble } from '../schema.ts'
import { isPersonInCare } from './sight.ts'

const mostCandidates = 200
const mostShown = 12

/**
 * People who may be the one described, the likeliest first: of the same name but for marks, the same telephone or the
 * same party card, among those whom the actor keeps. `not` leaves out the person themselves, and whoever was told apart
 * from them.
 */
export async function findDoubles(
  reader: Reader,
  scope: Scope,
  described: Likeness,
  not: string | null = null,
): Promise<LikelyDouble[]> {
  const { rows } = await sql<Likeness & { id: string; posts: string[]; bodies: string[] }>`
    with alike as (
      (select id from person where search_key = ${fold(described.fullName)} and merged_into is null limit ${mostCandidates})
      union
      select person_id from person_detail where phone_key = ${described.phone ? phoneKey(described.phone) : null}
      union
      select person_id from person_detail where party_card = ${described.partyCard}
    )
    select person.id, person.full_name as "fullName", detail.born_on as "bornOn",
      coalesce(detail.born_known_to, 'day') as "bornKnownTo", detail.phone, detail.party_card as "partyCard",
      array(select organisation_id::text from membership where person_id = person.id
        union select organisation_id::text from post where person_id = person.id) as "bodyIds",
      array(select post.title || ', ' || body.name from post join organisation body on body.id = post.organisation_id
        where post.person_id = person.id and post.to_on is null order by post.from_on) as posts,
      array(select body.name from membership join organisation body on body.id = membership.organisation_id
        where membership.person_id = person.id and membership.to_on is null order by body.name) as bodies
    from alike join person on person.id = alike.id
    left join person_detail detail on detail.person_id = person.id
    where person.merged_into is null and ${isPersonInCare(scope, sql`person.id`)}
      and person.id is distinct from ${not}::uuid
      and not exists (
        select from person_apart where (one_id, other_id) in ((person.id, ${not}::uuid), (${not}::uuid, person.id))
      )
  `.execute(reader)
  return rows
    .map(({ id, fullName, posts, bodies, ...rest }) => ({
      id,
      fullName,
      posts,
      bodies,
      bornYear: rest.bornOn?.slice(0, 4) ?? null,
      ...compareLikeness(described, { fullName, ...rest }),
    }))
    .filter(({ score, reasons }) => score >= likelyFrom || reasons.includes('same-name'))
    .sort((one, other) => other.score - one.score || one.id.localeCompare(other.id))
    .slice(0, mostShown)
}

/** What is known of a person, to look for doubles of them. */
export async function readLikeness(reader: Reader, id: string): Promise<Likeness> {
  const { rows } = await sql<Likeness>`
    select person.full_name as "fullName", detail.born_on as "bornOn",
      coalesce(detail.born_known_to, 'day') as "bornKnownTo", detail.phone, detail.party_card as "partyCard",
      array(select organisation_id::text from membership where person_id = person.id
        union select organisation_id::text from post where person_id = person.id) as "bodyIds"
    from person left join person_detail detail on detail.person_id = person.id where person.id = ${id}
  `.execute(reader)
  const [found] = rows
  if (!found) throw new RangeError('there is no such person')
  return found
}
