import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { type PersonFacts, people } from '#server/access/people.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import type {
  Exemption,
  MembershipHeld,
  NamedBody,
  PersonDetails,
  PersonPage,
  PostHeld,
  TemporaryMembership,
} from '../schema.ts'
import {
  areMembersInSight,
  arePostsInSight,
  isInCare,
  isPersonInCare,
  isPersonInSight,
  standsOn,
} from './sight.ts'

/** The entry that stands for a person: itself, or the one that it was merged into. Null where there is none. */
export async function findStanding(reader: Reader, id: string): Promise<string | null> {
  if (!isId(id)) return null
  const { rows } = await sql<{ id: string | null }>`select standing_person(${id}) as id`.execute(reader)
  return rows[0]?.id ?? null
}

/** How a person stands to the actor; null where there is no such person. */
export async function findPersonFacts(
  reader: Reader,
  scope: Scope,
  id: string,
): Promise<(PersonFacts & { fullName: string }) | null> {
  if (!isId(id)) return null
  const { rows } = await sql<PersonFacts & { fullName: string }>`
    select person.full_name as "fullName", coalesce(person.id = ${scope.personId}::uuid, false) as self,
      coalesce(${isPersonInSight(scope, sql`person.id`)}, false) as "inSight",
      ${isPersonInCare(scope, sql`person.id`)} as "inCare"
    from person where id = ${id}
  `.execute(reader)
  return rows[0] ?? null
}

/** A person through time, as far as the actor may see; NotFound where that is nothing. Five queries. */
export async function getPerson(
  reader: Reader,
  scope: Scope,
  question: { id: string; on: CivilDate },
): Promise<PersonPage> {
  const { id, on } = question
  const facts = await findPersonFacts(reader, scope, id)
  if (!facts || !people.view(scope, facts)) throw new NotFound('person')
  const viewDetails = people.viewDetails(scope, facts)
  const { rows } = await sql<{ posts: PostHeld[]; bodies: NamedBody[]; hasAccount: boolean }>`
    select
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', post.id, 'title', post.title, 'body', jsonb_build_object('id', body.id, 'name', body.name),
          'fromOn', post.from_on, 'toOn', post.to_on, 'decision', post.decision,
          'standsInFor', case when replaced.id is not null then
            jsonb_build_object('personId', replaced.id, 'fullName', replaced.full_name) end,
          'stoodInBy', (
            select jsonb_build_object('personId', acting.id, 'fullName', acting.full_name, 'toOn', other.to_on)
            from post other join person acting on acting.id = other.person_id
            where other.stands_in_for = post.id and ${standsOn(sql`other`, on)} limit 1
          ),
          'mayChange', ${isInCare(scope, sql`body.id`)}
        ) order by post.to_on desc nulls first, post.from_on desc, title.rank, post.id)
        from post join organisation body on body.id = post.organisation_id
        left join post_title title on title.id = post.title_id
        left join post replacing on replacing.id = post.stands_in_for
        left join person replaced on replaced.id = replacing.person_id
        where post.person_id = ${id} and (${facts.self}::boolean or ${arePostsInSight(scope, sql`body.id`)})
      ), '[]') as posts,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', body.id, 'name', body.name) order by body.name)
        from membership belonging join organisation body on body.id = belonging.organisation_id
        where belonging.person_id = ${id} and ${standsOn(sql`belonging`, on)}
          and ${areMembersInSight(scope, sql`body.id`)}
      ), '[]') as bodies,
      exists (select from account where account.person_id = ${id}) as "hasAccount"
  `.execute(reader)
  const [found] = rows
  if (!found) throw new NotFound('person')
  return {
    id,
    fullName: facts.fullName,
    may: { viewDetails, change: people.change(scope, facts) },
    ...found,
    personal: viewDetails ? await readPersonal(reader, scope, id) : null,
  }
}

/** What is for the person and for who keeps people alone: whoever shows it puts the look on record. */
async function readPersonal(
  reader: Reader,
  scope: Scope,
  id: string,
): Promise<NonNullable<PersonPage['personal']>> {
  const { rows } = await sql<{
    details: PersonDetails | null
    memberships: MembershipHeld[]
    exemptions: Exemption[]
    temporary: TemporaryMembership[]
    merged: NonNullable<PersonPage['personal']>['merged']
  }>`
    select
      (select jsonb_build_object(
        'bornOn', born_on, 'bornKnownTo', born_known_to, 'sex', sex, 'phone', phone, 'email', email,
        'partyCard', party_card, 'joinedOn', joined_on, 'officialOn', official_on
      ) from person_detail where person_id = ${id}) as details,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', belonging.id, 'status', belonging.status, 'body', jsonb_build_object('id', body.id, 'name', body.name),
          'fromOn', belonging.from_on, 'toOn', belonging.to_on, 'endedAs', belonging.ended_as,
          'mayChange', ${isInCare(scope, sql`body.id`)}
        ) order by belonging.from_on desc, belonging.id)
        from membership belonging join organisation body on body.id = belonging.organisation_id
        where belonging.person_id = ${id}
      ), '[]') as memberships,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', exempt.id, 'body', jsonb_build_object('id', body.id, 'name', body.name), 'reason', exempt.reason,
          'fromOn', exempt.from_on, 'toOn', exempt.to_on, 'mayChange', ${isInCare(scope, sql`body.id`)}
        ) order by exempt.from_on desc)
        from membership_exemption exempt join organisation body on body.id = exempt.organisation_id
        where exempt.person_id = ${id}
      ), '[]') as exemptions,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', stay.id, 'place', stay.place,
          'home', case when home.id is not null then jsonb_build_object('id', home.id, 'name', home.name) end,
          'host', case when host.id is not null then jsonb_build_object('id', host.id, 'name', host.name) end,
          'fromOn', stay.from_on, 'toOn', stay.to_on,
          'mayChange', (${isInCare(scope, sql`home.id`)} or ${isInCare(scope, sql`host.id`)})
        ) order by stay.from_on desc)
        from temporary_membership stay left join organisation home on home.id = stay.home_id
        left join organisation host on host.id = stay.host_id
        where stay.person_id = ${id}
      ), '[]') as temporary,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'mergeId', person_merge.id, 'fullName', person_merge.merged_name, 'reason', person_merge.reason,
          'mergedOn', (person_merge.merged_at at time zone 'Asia/Ho_Chi_Minh')::date
        ) order by person_merge.merged_at desc)
        from person_merge
        where person_merge.kept_id = ${id} and person_merge.undone_at is null
      ), '[]') as merged
  `.execute(reader)
  return rows[0] ?? { details: null, memberships: [], exemptions: [], temporary: [], merged: [] }
}
