import { sql } from 'kysely'
import type { Reader } from '#server/database/handles.ts'

/** What must hold whatever was renamed, moved, merged or split; each with the rows that break it. */
const invariants = {
  'no two names on a day': sql`
    select a.id from organisation_period a join organisation_period b on a.organisation_id = b.organisation_id
      and a.id < b.id and daterange(a.from_on, a.to_on, '[]') && daterange(b.from_on, b.to_on, '[]')`,
  'at most one parent in a hierarchy on a day': sql`
    select a.id from organisation_place a join organisation_place b on a.organisation_id = b.organisation_id
      and a.hierarchy = b.hierarchy and a.id < b.id
      and daterange(a.from_on, a.to_on, '[]') && daterange(b.from_on, b.to_on, '[]')`,
  'a history without a gap, up to the end': sql`
    select body.id from organisation body where
      (select range_agg(daterange(from_on, to_on, '[]')) from organisation_period where organisation_id = body.id)
        <> datemultirange(daterange(body.began_on, body.ended_on))
      or (select range_agg(daterange(from_on, to_on, '[]')) from organisation_place
        where organisation_id = body.id and hierarchy = body.hierarchy)
        <> datemultirange(daterange(body.began_on, body.ended_on))`,
  'the state of today is the last of the history': sql`
    select body.id from organisation body
    join organisation_period period on period.organisation_id = body.id
      and period.to_on is not distinct from body.ended_on - 1
    join organisation_place place on place.organisation_id = body.id and place.hierarchy = body.hierarchy
      and place.to_on is not distinct from body.ended_on - 1
    where (body.name, body.abbreviation, body.kind, body.unit_code, body.parent_id)
      is distinct from (period.name, period.abbreviation, period.kind, period.unit_code, place.parent_id)`,
  'the lines are those of the parents': sql`
    (with recursive line (organisation_id, ancestor_id, distance) as (
      select id, id, 0 from organisation union all
      select line.organisation_id, body.parent_id, line.distance + 1 from line
      join organisation body on body.id = line.ancestor_id where body.parent_id is not null and line.distance < 50
    ) select organisation_id, ancestor_id, distance from line
      except select organisation_id, ancestor_id, distance from organisation_line)
    union all
    (with recursive line (organisation_id, ancestor_id, distance) as (
      select id, id, 0 from organisation union all
      select line.organisation_id, body.parent_id, line.distance + 1 from line
      join organisation body on body.id = line.ancestor_id where body.parent_id is not null and line.distance < 50
    ) select organisation_id, ancestor_id, distance from organisation_line
      except select organisation_id, ancestor_id, distance from line)`,
  'nobody below itself on any day': sql`
    with days as (
      select from_on as day from organisation_place where from_on is not null
      union select to_on from organisation_place where to_on is not null
    ),
    up as (
      select days.day, place.organisation_id as start, above.ancestor_id, above.distance
      from days join organisation_place place on true
      cross join lateral line_on(place.organisation_id, days.day) above
    )
    select start from up where distance > 0 and ancestor_id = start or distance >= 40`,
  'no parent that is not there on a day': sql`
    select place.id from organisation_place place join organisation parent on parent.id = place.parent_id
    where not daterange(parent.began_on, parent.ended_on) @> daterange(place.from_on, place.to_on, '[]')`,
  'no open work with who has ended': sql`
    select assignment.id from assignment join organisation body on body.id = assignment.organisation_id
    join plan on plan.id = assignment.plan_id
    where assignment.state <> 'done' and body.ended_on is not null and plan.state = 'launched'
    union all select duty.id from report_duty duty join organisation body on body.id = duty.organisation_id
    join plan on plan.id = duty.plan_id
    where duty.submitted_at is null and body.ended_on is not null and plan.state = 'launched'`,
  'inherited work names where it came from': sql`
    select assignment.id from assignment join organisation body on body.id = assignment.inherited_from_id
    where not exists (select from work_passing where assignment_id = assignment.id)`,
  'no membership, post or right with who has ended': sql`
    select held.id from membership held join organisation body on body.id = held.organisation_id
    where body.ended_on is not null and (held.to_on is null or held.to_on >= body.ended_on)
    union all select held.id from post held join organisation body on body.id = held.organisation_id
    where body.ended_on is not null and (held.to_on is null or held.to_on >= body.ended_on)
    union all select held.id from role_grant held join organisation body on body.id = held.organisation_id
    where body.ended_on is not null and (held.to_on is null or held.to_on >= body.ended_on)`,
  'the tallies are what a slow count gives': sql`
    select plan_id, sum(units) from unit_tally group by 1 having sum(units) <> 0
    except select plan_id, count(*) from expected where passed_on is null group by 1
    union all (select plan_id, sum(count) from assignment_tally group by 1 having sum(count) <> 0
      except select plan_id, count(*) from assignment group by 1)
    union all (select expected.plan_id, tasks from expected where tasks <> (
      select count(*) from assignment
      where assignment.plan_id = expected.plan_id and assignment.organisation_id = expected.organisation_id))`,
  'every unit with work is expected': sql`
    select assignment.id from assignment where not exists (select from expected
      where expected.plan_id = assignment.plan_id and expected.organisation_id = assignment.organisation_id)`,
}

/** The names of the invariants that do not hold. */
export async function brokenInvariants(reader: Reader): Promise<string[]> {
  const broken: string[] = []
  for (const [name, query] of Object.entries(invariants)) {
    const { rows } = await sql<{
      found: number
    }>`select count(*)::int as found from (${query}) broken`.execute(reader)
    if ((rows[0]?.found ?? 0) > 0) broken.push(`${name}: ${rows[0]?.found}`)
  }
  return broken
}
