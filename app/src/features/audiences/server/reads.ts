import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import { matchPhrase } from '../match-phrase.ts'
import { idsIn } from '../named-bodies.ts'
import { foldPhrase, splitLevel } from '../phrase-key.ts'
import {
  type Audience,
  audienceSchema,
  type KnownBody,
  type OfficeFacts,
  type PhraseMatch,
  type SavedAudience,
} from '../schema.ts'
import { type Followed, followSuccessions } from './follow-successions.ts'

/** Up to this size an office's bodies are all looked at; beyond it the near ones, and those that a phrase may name. */
const smallOffice = 3_000
const mostNamed = 500

/**
 * What is known of an office for matching these phrases; undefined for an office that is not the actor's. Three
 * queries, however many the phrases.
 */
export async function findOfficeFacts(
  reader: Reader,
  scope: Scope,
  officeId: string,
  phrases: readonly string[],
): Promise<OfficeFacts | undefined> {
  if (!scope.offices.includes(officeId)) return undefined
  const above = await listAbove(reader, officeId)
  const office = above.find(({ distance }) => distance === 0)
  if (!office) return undefined
  const remembered = await listRemembered(reader, officeId, phrases)
  return {
    office,
    above: above.filter(({ distance }) => distance > 0),
    below: await listBelow(reader, officeId, phrases),
    remembered: Object.fromEntries(Object.entries(remembered).map(([key, { audience }]) => [key, audience])),
    ended: Object.fromEntries(Object.entries(remembered).map(([key, { ended }]) => [key, ended])),
  }
}

/** Each phrase with whom it stands for; empty for an office that is not the actor's. */
export async function matchPhrases(
  reader: Reader,
  scope: Scope,
  officeId: string,
  phrases: readonly string[],
): Promise<Map<string, PhraseMatch>> {
  const facts = await findOfficeFacts(reader, scope, officeId, phrases)
  return new Map(facts ? phrases.map((phrase) => [phrase, matchPhrase(phrase, facts)]) : [])
}

/** The office, the bodies above it, and the boards and offices of the nearest of them. */
async function listAbove(reader: Reader, officeId: string): Promise<KnownBody[]> {
  const { rows } = await sql<KnownBody>`
    select body.id, body.kind, body.hierarchy, body.name, body.abbreviation, line.distance
    from organisation_line line join organisation body on body.id = line.ancestor_id
    where line.organisation_id = ${officeId} and (body.ended_on is null or line.distance = 0)
    union all
    select board.id, board.kind, board.hierarchy, board.name, board.abbreviation, 2::smallint
    from organisation office join organisation board on board.parent_id = office.parent_id
    where office.id = ${officeId} and board.kind in ('party-board', 'party-office') and board.ended_on is null
    order by distance
  `.execute(reader)
  return rows
}

async function listBelow(reader: Reader, officeId: string, phrases: readonly string[]): Promise<KnownBody[]> {
  const { rows } = await sql<KnownBody>`
    select body.id, body.kind, body.hierarchy, body.name, body.abbreviation, line.distance
    from organisation_line line join organisation body on body.id = line.organisation_id
    where line.ancestor_id = ${officeId} and line.distance > 0 and body.ended_on is null and (
      line.distance = 1
      or (select count(*) from (
        select from organisation_line where ancestor_id = ${officeId} limit ${smallOffice + 1}
      ) counted) <= ${smallOffice}
    )
    union
    (
      select body.id, body.kind, body.hierarchy, body.name, body.abbreviation, line.distance
      from organisation body
      join organisation_line line on line.organisation_id = body.id and line.ancestor_id = ${officeId}
      where line.distance > 1 and body.ended_on is null and body.search_key like any(${namePatterns(phrases)}::text[])
      limit ${mostNamed}
    )
    order by distance, name
  `.execute(reader)
  return rows
}

/** Patterns for names that the phrases may hold; nothing shorter than two words. */
function namePatterns(phrases: readonly string[]): string[] {
  const names = phrases.flatMap((phrase) => {
    const pieces = foldPhrase(phrase).split(/\s\|\s|\sva\s/)
    return [foldPhrase(phrase), ...pieces].flatMap((piece) => [piece, splitLevel(piece, []).core])
  })
  const tellingNames = names.filter((name) => /\S\s\S+\s\S/.test(name) && !/^cac\s/.test(name))
  // A phrase is compared with "ky" and "ki" as one; stored names are not.
  return [...new Set(tellingNames)].map(
    (name) => `${name.replace(/[%_\\]/g, '\\$&').replace(/\b([hklmst])i\b/g, '$1_')}%`,
  )
}

async function listRemembered(
  reader: Reader,
  officeId: string,
  phrases: readonly string[],
): Promise<Record<string, Followed>> {
  const rows = await reader
    .selectFrom('phrase_audience')
    .select(['phrase_key', 'audience'])
    .where('office_id', '=', officeId)
    .where('phrase_key', 'in', [...new Set(phrases.map(spellingKey)), ''])
    .execute()
  const kept = rows.flatMap((row) => {
    const audience = audienceSchema.safeParse(row.audience)
    return audience.success ? [{ key: row.phrase_key, audience: audience.data }] : []
  })
  return await followKeyed(reader, officeId, kept)
}

/** Expressions under keys, as they hold today. */
async function followKeyed(
  reader: Reader,
  officeId: string,
  kept: readonly { key: string; audience: Audience }[],
): Promise<Record<string, Followed>> {
  const audiences = kept.map(({ audience }) => audience)
  const followed = await followSuccessions(reader, officeId, audiences)
  return Object.fromEntries(
    kept.flatMap(({ key }, at) => {
      const one = followed[at]
      return one ? [[key, one] as const] : []
    }),
  )
}

/** What was decided for the phrases of one plan, by their keys, as it holds today. */
export async function followDecided(
  reader: Reader,
  officeId: string,
  decided: Readonly<Record<string, Audience>>,
): Promise<Record<string, Followed>> {
  const kept = Object.entries(decided).map(([key, audience]) => ({ key, audience }))
  return await followKeyed(reader, officeId, kept)
}

/** What an office keeps under names of its own, by name; nothing of an office that is not the actor's. */
export async function listSavedAudiences(
  reader: Reader,
  scope: Scope,
  officeId: string,
): Promise<SavedAudience[]> {
  if (!scope.offices.includes(officeId)) return []
  const rows = await reader
    .selectFrom('audience')
    .select(['id', 'name', 'expression'])
    .where('office_id', '=', officeId)
    .where('ended_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
  const kept = rows.flatMap(({ id, name, expression }) => {
    const audience = audienceSchema.safeParse(expression)
    return audience.success ? [{ id, name, audience: audience.data }] : []
  })
  const followed = await followKeyed(
    reader,
    officeId,
    kept.map(({ id, audience }) => ({ key: id, audience })),
  )
  return kept.map((one) => {
    const { audience: current = one.audience, ended = [] } = followed[one.id] ?? {}
    return { ...one, current, ended }
  })
}

/** The names of the bodies and persons that expressions name by their ids, so far as they are in the office's tree. */
export async function readAudienceNames(
  reader: Reader,
  officeId: string,
  audiences: readonly Audience[],
): Promise<{ office: string; byId: Map<string, string> }> {
  const ids = audiences.flatMap(idsIn)
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organisation where id = ${officeId} or id in (
      select organisation_id from organisation_line
      where ancestor_id = ${officeId} and organisation_id = any(${ids}::uuid[])
    )
    union all
    select person.id, person.full_name from person where id = any(${ids}::uuid[])
  `.execute(reader)
  const byId = new Map(rows.map(({ id, name }) => [id, name]))
  return { office: byId.get(officeId) ?? '', byId }
}
