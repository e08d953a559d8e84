import { sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'

/**
 * What is wrong between rows, once each is judged by itself: the same person twice, the same card twice, two posts or
 * memberships that cannot stand at the same time. The later row is the wrong one. May be asked again: a row that is
 * wrong for such a reason already is left alone.
 */
export async function refuseBetweenRows(tx: Tx, importId: string): Promise<void> {
  await sql`
    with rows as (
      select number, target_id, name_key, born_on, facts ->> 'partyCard' as card, decision,
        coalesce(facts ->> 'body', '') as body, facts ->> 'name' as name
      from data_import_row where import_id = ${importId} and kind = 'people' and state not in ('passed-over')
    ),
    doubled as (
      select number, 'name' as "column", first from (
        select number, first_value(number) over (partition by target_id order by number) as first from rows
      ) same_target where first < number
      union
      select number, 'name', first from (
        select number, decision, first_value(number) over (partition by name_key, born_on, case when born_on is null then body end order by number) as first
        from rows where name_key is not null
      ) same_name where first < number and decision is null
      union
      select number, 'partyCard', first from (
        select number, first_value(number) over (partition by card order by number) as first from rows
        where card is not null
      ) same_card where first < number
    ),
    named as (select distinct on (number) number, "column", first from doubled order by number, "column")
    update data_import_row row set state = 'wrong', problems = coalesce(row.problems, '[]') || jsonb_build_array(
      jsonb_build_object('column', named."column", 'reason', 'twice-in-file', 'detail', named.first::text))
    from named
    where row.import_id = ${importId} and row.kind = 'people' and row.number = named.number
      and not coalesce(row.problems, '[]') @> '[{"reason": "twice-in-file"}]'
  `.execute(tx)
  for (const kind of ['memberships', 'posts'] as const) await refuseClashes(tx, importId, kind)
}

async function refuseClashes(tx: Tx, importId: string, kind: 'memberships' | 'posts'): Promise<void> {
  const standing =
    kind === 'memberships'
      ? sql`select id, null::int as number, person_id as person, organisation_id as body, status as what, from_on,
          to_on from membership`
      : sql`select id, null::int as number, person_id as person, organisation_id as body, title as what, from_on,
          to_on from post`
  const clash =
    kind === 'memberships'
      ? sql`(one.what in ('official', 'probationary')) = (other.what in ('official', 'probationary'))
          and (one.what in ('official', 'probationary') or one.body = other.body)`
      : sql`one.body = other.body and one.what = other.what`
  await sql`
    with planned as materialized (
      select number, target_id as id, (facts ->> 'person')::uuid as person, (facts ->> 'body')::uuid as body,
        facts ->> 'what' as what, (facts ->> 'fromOn')::date as from_on, (facts ->> 'toOn')::date as to_on, state
      from data_import_row
      where import_id = ${importId} and kind = ${kind} and state in ('new', 'changed', 'unchanged')
    ),
    standing as (
      select id, number, person, body, what, from_on, to_on from planned
      union all
      select * from (${standing}) kept
      where kept.person in (select person from planned where state <> 'unchanged')
        and kept.id not in (select id from planned)
    ),
    clashing as (
      select distinct on (one.number) one.number, other.number as first, body.name, other.from_on
      from planned one
      join standing other on other.person = one.person and other.id <> one.id and ${clash}
        and other.from_on <= coalesce(one.to_on, 'infinity') and coalesce(other.to_on, 'infinity') >= one.from_on
      left join organisation body on body.id = other.body
      where one.state <> 'unchanged' and (other.number is null or other.number < one.number)
      order by one.number, other.number nulls last
    ),
    same_target as (
      select number, first from (
        select number, first_value(number) over (partition by id order by number) as first from planned
      ) each where first < number
    )
    update data_import_row row set state = 'wrong', problems = coalesce(row.problems, '[]') || jsonb_build_array(
      case when same_target.first is not null
        then jsonb_build_object('column', 'name', 'reason', 'twice-in-file', 'detail', same_target.first::text)
        else jsonb_build_object('column', 'fromOn', 'reason', 'overlaps', 'detail',
          coalesce(clashing.name || ' · ' || clashing.from_on, '#' || clashing.first)) end)
    from planned left join clashing using (number) left join same_target using (number)
    where row.import_id = ${importId} and row.kind = ${kind} and row.number = planned.number
      and (clashing.number is not null or same_target.number is not null)
  `.execute(tx)
}
