import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Audience } from '../schema.ts'
import { audienceSelect, bodiesSelect, type Select, type Speaking } from './audience-sql.ts'
import { type AudienceTree, treeNow } from './audience-tree.ts'

/** From which office an expression speaks, in which tree, and for which day. */
export interface SpeakingOn extends Speaking {
  on: CivilDate
}

/**
 * The ways in which people fit an expression, as a select of `person_id`, `organisation_id`, `source_id` (of the post or
 * the membership, null for who is named) and `sort` (`post`, `member`, `guest`, `named`), confined to the office and the
 * bodies below it. Null where the expression can name nobody.
 */
export function waysInTree(
  officeId: string,
  audience: Audience,
  on: CivilDate,
  tree: AudienceTree = treeNow,
): Select {
  const ways = waysSelect({ officeId, tree, on }, audience)
  if (!ways) return null
  return sql`
    select way.person_id, way.organisation_id, way.source_id, way.sort
    from (${ways}) way
    where exists (
      select from ${tree.line} tree join ${tree.body} living on living.id = tree.organisation_id
      where tree.ancestor_id = ${officeId} and tree.organisation_id = way.organisation_id
    )`
}

function waysSelect(speaking: SpeakingOn, audience: Audience): Select {
  switch (audience.type) {
    case 'holders':
      return audience.post === 'party-member'
        ? membersSelect(speaking, { statuses: ['official', 'probationary'], of: audience.of })
        : holdersSelect(speaking, audience.of, capacityOf(audience.post))
    case 'titled':
      return holdersSelect(
        speaking,
        audience.of,
        sql`and coalesce(title.key, folded(post.title)) = any(${audience.titles.map(fold)}::text[])`,
      )
    case 'members':
      return membersSelect(speaking, audience)
    case 'persons':
      return personsSelect(speaking, audience.ids)
    case 'union':
      return unionOf(audience.parts.map((part) => waysSelect(speaking, part)))
    case 'intersection':
      return intersectionSelect(speaking, audience.parts)
    case 'difference':
      return differenceSelect(speaking, audience.from, audience.without)
    default:
      return null
  }
}

function unionOf(selects: readonly Select[]): Select {
  const parts = selects.filter((select) => select !== null)
  if (parts.length === 0) return null
  return sql.join(
    parts.map((part) => sql`(${part})`),
    sql` union `,
  )
}

const holdsOn = (row: RawBuilder<unknown>, on: CivilDate): RawBuilder<unknown> =>
  sql`${row}.from_on <= ${on} and (${row}.to_on is null or ${row}.to_on >= ${on})`

/** Any post makes staff; every other capacity is the title's. */
function capacityOf(post: string): RawBuilder<unknown> {
  return post === 'staff' ? sql`` : sql`and title.capacities @> array[${post}]::text[]`
}

/** Who holds a post in the bodies and acts in it: where somebody stands in, that one. */
function holdersSelect(
  speaking: SpeakingOn,
  of: Audience,
  condition: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const bodies = sql`array(${audienceSelect(speaking, of)})`
  return sql`
    select post.person_id, post.organisation_id, post.id as source_id, 'post' as sort
    from acting_posts(${bodies}, ${speaking.on}) post left join post_title title on title.id = post.title_id
    where true ${condition}`
}

function membersSelect(
  speaking: SpeakingOn,
  { statuses, meeting, of }: Omit<Extract<Audience, { type: 'members' }>, 'type'>,
): RawBuilder<unknown> {
  const { on } = speaking
  const bodies = audienceSelect(speaking, of)
  const isExempt = sql`exists (
    select from membership_exemption exempt
    where exempt.person_id = belonging.person_id and exempt.organisation_id = belonging.organisation_id
      and ${holdsOn(sql`exempt`, on)}
  )`
  const isAway = sql`exists (
    select from temporary_membership away
    where away.person_id = belonging.person_id and away.home_id = belonging.organisation_id
      and ${holdsOn(sql`away`, on)}
  )`
  const conditions = {
    all: sql``,
    expected: sql`and not ${isExempt} and not ${isAway}`,
    exempt: sql`and ${isExempt}`,
    away: sql`and ${isAway}`,
  }
  const own = (condition: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    select belonging.person_id, belonging.organisation_id, belonging.id as source_id, 'member' as sort
    from membership belonging
    where belonging.organisation_id in (${bodies}) and belonging.status = any(${statuses}::text[])
      and ${holdsOn(sql`belonging`, on)} ${condition}`
  const guests = sql`
    select belonging.person_id, belonging.organisation_id, belonging.source_id, 'guest' as sort
    from (
      select guest.person_id, guest.host_id as organisation_id, guest.id as source_id
      from temporary_membership guest
      where guest.host_id in (${bodies}) and guest.status = any(${statuses}::text[]) and ${holdsOn(sql`guest`, on)}
    ) belonging
    where ${meeting === 'guests' ? sql`true` : sql`not ${isExempt}`}`
  if (meeting === 'guests') return guests
  if (meeting === 'expected') return sql`(${own(conditions.expected)}) union (${guests})`
  return own(conditions[meeting ?? 'all'])
}

/** Persons by name, in each body where they belong or hold a post on the day. */
function personsSelect({ on }: SpeakingOn, ids: readonly string[]): RawBuilder<unknown> {
  return sql`
    select named.person_id, place.organisation_id, null::uuid as source_id, 'named' as sort
    from (select distinct standing_person(id) as person_id from unnest(${ids}::uuid[]) asked (id)) named
    cross join lateral (
      select post.organisation_id from post where post.person_id = named.person_id and ${holdsOn(sql`post`, on)}
      union
      select belonging.organisation_id from membership belonging
      where belonging.person_id = named.person_id and ${holdsOn(sql`belonging`, on)}
      union
      select guest.host_id from temporary_membership guest
      where guest.person_id = named.person_id and guest.host_id is not null and ${holdsOn(sql`guest`, on)}
    ) place`
}

const peopleOf = (ways: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`way.person_id in (select person_id from (${ways}) named)`
const forBodies = (bodies: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`way.organisation_id in (select organisation_id from (${bodies}) confining)`

/** Ways of any part whose person is among each part's people, or which lead through each part's bodies. */
function intersectionSelect(speaking: SpeakingOn, parts: readonly Audience[]): Select {
  const ways = parts.map((part) => waysSelect(speaking, part))
  const all = unionOf(ways)
  if (!all) return null
  const conditions: RawBuilder<unknown>[] = []
  for (const [index, part] of parts.entries()) {
    const own = ways[index] ?? null
    const bodies = bodiesSelect(speaking, part)
    const fits = [...(own ? [peopleOf(own)] : []), ...(bodies ? [forBodies(bodies)] : [])]
    if (fits.length === 0) return null
    conditions.push(sql`(${sql.join(fits, sql` or `)})`)
  }
  return sql`select way.* from (${all}) way where ${sql.join(conditions, sql` and `)}`
}

/** Ways of the first whose person is not among the second's people, and which do not lead through its bodies. */
function differenceSelect(speaking: SpeakingOn, from: Audience, without: Audience): Select {
  const ways = waysSelect(speaking, from)
  if (!ways) return null
  const gone = waysSelect(speaking, without)
  const bodies = bodiesSelect(speaking, without)
  return sql`
    select way.* from (${ways}) way
    where true ${gone ? sql`and not ${peopleOf(gone)}` : sql``} ${bodies ? sql`and not ${forBodies(bodies)}` : sql``}`
}
