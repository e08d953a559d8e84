import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'
import type { Effects, Passing } from '../schema.ts'

// What people hold in a body passes to its successor: it ends with the eve of the day there, and begins with the day
// here, so that both can be read on any day. What was to begin later begins at the successor.

interface Going {
  id: string
  toId: string
  fromOn: string
  toOn: string | null
}

type Held = 'membership' | 'post' | 'role_grant'

/** Whose it is, and what makes two of the same table the same for one holder in one body. */
const sameness: Record<Held, { holder: string; columns: string[] }> = {
  membership: { holder: 'person_id', columns: ['status'] },
  post: { holder: 'person_id', columns: ['title'] },
  role_grant: { holder: 'account_id', columns: ['role', 'subject_kind', 'subject_id'] },
}

/** Memberships go on in the successor; who is a member there already is no second time. Answers how many passed. */
export async function passMemberships(tx: Tx, effects: Effects, day: string): Promise<number> {
  return await passHeld(tx, 'membership', effects.passings.members, effects.people, day)
}

/** Posts go on under their titles, but for those of bodies of which posts end. Answers how many passed. */
export async function passPosts(tx: Tx, effects: Effects, day: string): Promise<number> {
  const ending = new Set(effects.postsEnd)
  if (ending.size > 0)
    await sql`
      update post set to_on = ${day}::date - 1
      where organisation_id = any(${[...ending]}::uuid[]) and from_on < ${day}::date
        and (to_on is null or to_on >= ${day}::date)
    `.execute(tx)
  const stays = ({ fromId }: { fromId: string }): boolean => !ending.has(fromId)
  const passed = await passHeld(
    tx,
    'post',
    effects.passings.posts.filter(stays),
    effects.people.filter(stays),
    day,
  )
  await followPosts(tx, effects.passings.posts.filter(stays), day)
  return passed
}

/**
 * Who stands in for a post goes on standing in for the one that it became in the successor. A post has one stand-in at
 * a time: where two came together, the first one stays.
 */
async function followPosts(tx: Tx, passings: readonly Passing[], day: string): Promise<void> {
  if (passings.length === 0) return
  await sql`
    update post copy set stands_in_for = follow.to_id
    from (
      select distinct on (heir.id) copy.id as copy_id, heir.id as to_id
      from post copy
      join post former on former.id = copy.stands_in_for and former.organisation_id <> copy.organisation_id
      join post heir on heir.person_id = former.person_id and heir.title is not distinct from former.title
        and heir.organisation_id = copy.organisation_id and (heir.to_on is null or heir.to_on >= ${day}::date)
      where copy.organisation_id = any(${[...new Set(passings.map(({ toId }) => toId))]}::uuid[])
        and former.organisation_id = any(${passings.map(({ fromId }) => fromId)}::uuid[])
        and (copy.to_on is null or copy.to_on >= ${day}::date) and copy.id <> heir.id
        and not exists (
          select from post other where other.stands_in_for = heir.id
            and daterange(other.from_on, other.to_on, '[]') && daterange(copy.from_on, copy.to_on, '[]')
        )
      order by heir.id, copy.from_on, copy.id
    ) follow
    where copy.id = follow.copy_id
  `.execute(tx)
}

/** Rights given singly go on in the successor, unless held there already. Answers how many passed. */
export async function passRights(tx: Tx, effects: Effects, day: string): Promise<number> {
  return await passHeld(tx, 'role_grant', effects.passings.rights, [], day)
}

async function passHeld(
  tx: Tx,
  table: Held,
  passings: readonly Passing[],
  people: Effects['people'],
  day: string,
): Promise<number> {
  const going = await listGoing(tx, table, passings, people, day)
  const current = going.filter(({ fromOn }) => fromOn < day)
  const later = going.filter(({ fromOn }) => fromOn >= day)
  const held = sql.table(table)
  // The old ones end before the new ones begin: nobody holds one thing twice on a day, not even in between.
  await sql`
    update ${held} held set to_on = ${day}::date - 1 where id = any(${current.map(({ id }) => id)}::uuid[])
  `.execute(tx)
  const passed = await copyHeld(tx, table, current, day)
  await sql`
    update ${held} held set organisation_id = going.to_id from ${rowsOf(later)} where held.id = going.id
  `.execute(tx)
  return passed + later.length
}

const rowsOf = (going: readonly Going[]): RawBuilder<unknown> => sql`
  unnest(
    ${going.map(({ id }) => id)}::uuid[], ${going.map(({ toId }) => toId)}::uuid[],
    ${going.map(({ toOn }) => toOn)}::date[]
  ) as going (id, to_id, to_on)`

/** Rows of people in bodies, with where each goes: as the body's do, or where this person was said to go. */
async function listGoing(
  tx: Tx,
  table: Held,
  passings: readonly Passing[],
  people: Effects['people'],
  day: string,
): Promise<Going[]> {
  const from = [...new Set([...passings, ...people].map(({ fromId }) => fromId))]
  if (from.length === 0) return []
  const { rows } = await sql<Going>`
    select held.id, coalesce(apart.to_id, pair.to_id) as "toId", held.from_on as "fromOn", held.to_on as "toOn"
    from ${sql.table(table)} held
    left join unnest(
      ${passings.map(({ fromId }) => fromId)}::uuid[], ${passings.map(({ toId }) => toId)}::uuid[]
    ) as pair (from_id, to_id) on pair.from_id = held.organisation_id
    left join unnest(
      ${people.map(({ personId }) => personId)}::uuid[], ${people.map(({ fromId }) => fromId)}::uuid[],
      ${people.map(({ toId }) => toId)}::uuid[]
    ) as apart (person_id, from_id, to_id)
      on apart.from_id = held.organisation_id and apart.person_id = held.${sql.ref(sameness[table].holder)}
    where held.organisation_id = any(${from}::uuid[]) and (held.to_on is null or held.to_on >= ${day}::date)
      and coalesce(apart.to_id, pair.to_id) <> held.organisation_id
    order by held.id
  `.execute(tx)
  return rows
}

/** Copies rows to the successor from the day on, each holder's once, with whatever columns a row has. */
async function copyHeld(tx: Tx, table: Held, going: readonly Going[], day: string): Promise<number> {
  if (going.length === 0) return 0
  const { holder, columns } = sameness[table]
  const held = sql.table(table)
  const key = sql.join(['to_id', holder, ...columns].map((column) => sql.ref(`taken.${column}`)))
  const alike = sql.join(
    columns.map((column) => sql`other.${sql.ref(column)} is not distinct from held.${sql.ref(column)}`),
    sql` and `,
  )
  const result = await sql`
    insert into ${held}
    select copy.* from (
      select distinct on (${key}) taken.row, taken.to_id, taken.until
      from (
        select held.*, to_jsonb(held) as row, going.to_id, going.to_on as until
        from ${rowsOf(going)} join ${held} held on held.id = going.id
        where not exists (
          select from ${held} other
          where other.${sql.ref(holder)} = held.${sql.ref(holder)} and other.organisation_id = going.to_id and ${alike}
            and other.from_on <= ${day}::date and (other.to_on is null or other.to_on >= going.to_on)
        )
      ) taken
      order by ${key}, taken.until desc nulls first, taken.from_on, taken.id
    ) taken
    cross join lateral jsonb_populate_record(
      null::${held},
      taken.row || jsonb_build_object(
        'id', gen_random_uuid(), 'organisation_id', taken.to_id, 'from_on', ${day}::date, 'to_on', taken.until
      )
    ) copy
  `.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}
