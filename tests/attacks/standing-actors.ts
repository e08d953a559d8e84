import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { type Role, roles } from '../../app/src/server/access/actor.ts'
import { type Database, inTransaction } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { type Session, visitor } from '../helpers/session.ts'
import type { PlantedRows } from './planted-rows.ts'

/** How the body of the right stands to the office whose rows are attacked. */
export const relations = ['own', 'sibling', 'parent', 'child', 'former'] as const
export type Relation = (typeof relations)[number]

/** Somebody with one right. */
export interface StandingActor {
  role: Role
  relation: Relation
  session: Session
  /** Their calendar feed, by an app password of theirs. */
  readFeed: () => Promise<Response>
}

/**
 * Makes an account for each role in each relation: in the office itself, in the next commune, in the province, in a cell
 * beside the planted one; and one whose right in the office ended yesterday. Their sessions are put in by hand, signed as
 * the program signs them, so that forty sign-ins don't run into the limits for one address.
 */
export async function plantStandingActors(
  owner: Database,
  product: { url: string; dataDir: string },
  rows: PlantedRows,
): Promise<StandingActor[]> {
  const secret = readFileSync(join(product.dataDir, 'auth.secret'), 'utf8')
  const places = await findPlaces(owner, rows)
  const actors: StandingActor[] = []
  for (const role of roles)
    for (const relation of relations) {
      const { token, accountId, appPassword } = await plantActor(
        owner,
        rows,
        role,
        relation,
        places[relation],
      )
      const basic = `Basic ${Buffer.from(`${accountId}:${appPassword}`).toString('base64')}`
      actors.push({
        role,
        relation,
        session: sessionOf(token, secret, product.url),
        readFeed: () => visitor(product.url).get('/feeds/events.ics', { authorization: basic }),
      })
    }
  return actors
}

/** A session by its token, signed as the program signs it. */
function sessionOf(token: string, secret: string, url: string): Session {
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  return visitor(url, `trienkhai.session_token=${encodeURIComponent(`${token}.${signature}`)}`)
}

/** How somebody had to do with the office and has no more: not by a right given singly, which `former` is. */
export const departures = [
  // A post that carried the right has ended, and a membership with it.
  ['officer', 'whose post has ended'],
  ['secretary', 'whose post has ended'],
  // The same post now in the next commune.
  ['officer', 'who has moved elsewhere'],
  ['secretary', 'who has moved elsewhere'],
  ['personnel', 'who has moved elsewhere'],
  // The right lasts, in a body that the office took over; in one of its bodies that others took over.
  ['officer', 'of a body merged into it'],
  ['administrator', 'of a body merged into it'],
  ['officer', 'of a body of it that was merged away'],
  ['secretary', 'of a body of it that was merged away'],
] as const satisfies readonly (readonly [Role, string])[]
export type Departure = (typeof departures)[number][1]

/** Makes somebody who has departed, with an account that still works. */
export async function plantDeparted(
  owner: Database,
  product: { url: string; dataDir: string },
  rows: PlantedRows,
  role: Role,
  how: Departure,
): Promise<Session> {
  const places = await findPlaces(owner, rows)
  const [personId, accountId, titleId] = [newId(), newId(), newId()]
  const token = `${newId()}${newId()}`.replaceAll('-', '')
  const at = role === 'secretary' ? rows.cell : rows.office
  await inTransaction(owner, async (tx) => {
    await sql`insert into person (id, full_name, sort_key) values (${personId}, 'Lò Văn Đi', 'Đi')`.execute(
      tx,
    )
    await sql`insert into account (id, name, email, username, person_id)
      values (${accountId}, 'Lò Văn Đi', ${`${accountId}@example.vn`}, ${accountId}, ${personId})`.execute(tx)
    await sql`insert into session (id, token, user_id, expires_at)
      values (${newId()}, ${token}, ${accountId}, now() + interval '2 hours')`.execute(tx)
    await sql`insert into post_title (id, name, role) values (${titleId}, ${`Chức vụ ${titleId}`}, ${role})`.execute(
      tx,
    )
    const hold = (body: string, from: RawBuilder<unknown>, to: RawBuilder<unknown>): Promise<unknown> =>
      sql`insert into post (id, person_id, organisation_id, title, title_id, from_on, to_on)
        select ${newId()}, ${personId}, ${body}, name, id, ${from}, ${to} from post_title where id = ${titleId}`.execute(
        tx,
      )
    const belong = (body: string, from: RawBuilder<unknown>, to: RawBuilder<unknown>): Promise<unknown> =>
      sql`insert into membership (id, person_id, organisation_id, status, from_on, to_on)
        values (${newId()}, ${personId}, ${body}, 'official', ${from}, ${to})`.execute(tx)
    const [begun, yesterday, today, open] = [
      sql`date '2020-01-01'`,
      sql`current_date - 1`,
      sql`current_date`,
      sql`null::date`,
    ]
    if (how === 'whose post has ended' || how === 'who has moved elsewhere') {
      await hold(at, begun, yesterday)
      await belong(rows.cell, begun, yesterday)
      if (how === 'whose post has ended') return
      await hold(places.sibling, today, open)
      await belong(places.cellElsewhere, today, open)
      return
    }
    const isTaken = how === 'of a body merged into it'
    const gone = newId()
    const parent = isTaken ? places.parent : rows.office
    await sql`insert into organisation (id, hierarchy, kind, name, parent_id)
      select ${gone}, hierarchy, kind, ${`Tổ chức cũ ${gone}`}, ${parent} from organisation
      where id = ${isTaken ? rows.office : rows.cell}`.execute(tx)
    await sql`insert into organisation_line (organisation_id, ancestor_id, distance)
      select ${gone}, ancestor_id, distance + 1 from organisation_line where organisation_id = ${parent}
      union all select ${gone}::uuid, ${gone}::uuid, 0`.execute(tx)
    await hold(gone, begun, open)
    await sql`insert into role_grant (id, account_id, role, organisation_id, from_on)
      values (${newId()}, ${accountId}, ${role}, ${gone}, '2020-01-01')`.execute(tx)
    await sql`insert into succession (on_day, from_organisation_id, to_organisation_id, takes)
      values (current_date, ${gone}, ${isTaken ? rows.office : places.cellElsewhere},
        '{bodies,members,posts,rights,work,documents}')`.execute(tx)
    await sql`update organisation set ended_on = current_date where id = ${gone}`.execute(tx)
  })
  return sessionOf(token, readFileSync(join(product.dataDir, 'auth.secret'), 'utf8'), product.url)
}

async function findPlaces(
  owner: Database,
  rows: PlantedRows,
): Promise<Record<Relation | 'cellElsewhere', string>> {
  const { rows: found } = await sql<{
    sibling: string
    parent: string
    child: string
    cellElsewhere: string
  }>`
    select office.parent_id as parent,
      (select id from organisation where parent_id = office.parent_id and kind = office.kind and id <> office.id
        order by id limit 1) as sibling,
      (select id from organisation where parent_id = office.id and kind = 'cell' and id <> ${rows.cell}
        order by id limit 1) as child,
      (select id from organisation where kind = 'cell' and parent_id <> office.id order by id limit 1)
        as "cellElsewhere"
    from organisation office where office.id = ${rows.office}
  `.execute(owner.reader)
  const [places] = found
  if (!places?.sibling || !places.parent || !places.child || !places.cellElsewhere)
    throw new Error('the sample has no such bodies')
  return { own: rows.office, former: rows.office, ...places }
}

async function plantActor(
  owner: Database,
  rows: PlantedRows,
  role: Role,
  relation: Relation,
  organisationId: string,
): Promise<{ token: string; accountId: string; appPassword: string }> {
  const [accountId, token, appPassword] = [
    newId(),
    `${newId()}${newId()}`.replaceAll('-', ''),
    `tkf-${newId()}`,
  ]
  const name = `${role} ${relation}`
  const isGuest = role === 'guest'
  // A guest of the office's event; elsewhere of some other one.
  const subject = relation === 'own' || relation === 'former' ? rows.event : newId()
  await inTransaction(owner, async (tx) => {
    await sql`insert into account (id, name, email, username)
      values (${accountId}, ${name}, ${`${accountId}@example.vn`}, ${accountId})`.execute(tx)
    await sql`
      insert into role_grant (id, account_id, role, organisation_id, from_on, to_on, subject_kind, subject_id)
      values (${newId()}, ${accountId}, ${role}, ${organisationId}, '2020-01-01',
        ${relation === 'former' ? sql`current_date - 1` : null},
        ${isGuest ? 'event' : null}, ${isGuest ? subject : null})`.execute(tx)
    await sql`
      insert into session (id, token, user_id, expires_at)
      values (${newId()}, ${token}, ${accountId}, now() + interval '2 hours')`.execute(tx)
    await sql`
      insert into app_password (id, account_id, name, secret_hash)
      values (${newId()}, ${accountId}, 'Lịch', ${createHash('sha256').update(appPassword).digest('base64url')})
    `.execute(tx)
  })
  return { token, accountId, appPassword }
}
