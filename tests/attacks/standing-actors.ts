import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
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
      const token = await plantActor(owner, rows, role, relation, places[relation])
      const signature = createHmac('sha256', secret).update(token).digest('base64')
      const cookie = `trienkhai.session_token=${encodeURIComponent(`${token}.${signature}`)}`
      actors.push({ role, relation, session: visitor(product.url, cookie) })
    }
  return actors
}

async function findPlaces(owner: Database, rows: PlantedRows): Promise<Record<Relation, string>> {
  const { rows: found } = await sql<{ sibling: string; parent: string; child: string }>`
    select office.parent_id as parent,
      (select id from organisation where parent_id = office.parent_id and kind = office.kind and id <> office.id
        order by id limit 1) as sibling,
      (select id from organisation where parent_id = office.id and kind = 'cell' and id <> ${rows.cell}
        order by id limit 1) as child
    from organisation office where office.id = ${rows.office}
  `.execute(owner.reader)
  const [places] = found
  if (!places?.sibling || !places.parent || !places.child) throw new Error('the sample has no such bodies')
  return { own: rows.office, former: rows.office, ...places }
}

async function plantActor(
  owner: Database,
  rows: PlantedRows,
  role: Role,
  relation: Relation,
  organisationId: string,
): Promise<string> {
  const [accountId, token] = [newId(), `${newId()}${newId()}`.replaceAll('-', '')]
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
  })
  return token
}
