import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Audience } from '#features/audiences/schema.ts'
import { audienceInTree } from '#features/audiences/server/audience-sql.ts'
import { followDecided, matchPhrases } from '#features/audiences/server/reads.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import type { DraftTask, LaunchDraft, Meanings, Party } from '../launch-draft.ts'
import { phrasesOf, type Review } from '../review.ts'

/** Whom the phrases of a review stand for: as decided in it, as the office remembers, or as the words match. */
export async function readMeanings(
  reader: Reader,
  scope: Scope,
  officeId: string,
  review: Review,
): Promise<Meanings> {
  const phrases = phrasesOf(review)
  const matches = await matchPhrases(reader, scope, officeId, phrases)
  const decisions = await followDecided(reader, officeId, review.audiences)
  return new Map(
    phrases.map((phrase) => {
      const decided = decisions[spellingKey(phrase)]
      const match = matches.get(phrase)
      const meaning = decided
        ? {
            audience: decided.audience,
            unmatched: decided.ended.filter(({ heirs }) => heirs.length === 0).map(({ name }) => name),
          }
        : { audience: match?.audience ?? null, unmatched: match?.unmatched ?? [] }
      return [spellingKey(phrase), meaning]
    }),
  )
}

/** A part of a launch with whom it goes to. */
interface Wanted {
  kind: 'task' | 'event' | 'report'
  item: number
  role: Party['role']
  audienceNumber: number
}

/** Who gets what, as two tables that stand in the statements of preview and launch. */
export interface LaunchParties {
  /** `chosen (audience_no, organisation_id)`: each audience, resolved. */
  chosen: RawBuilder<unknown>
  /** `wanted (kind, item, role, audience_no)`. */
  wanted: RawBuilder<unknown>
}

/** Lays out who gets what. What stays with the office goes to the office itself. */
export function layOutParties(officeId: string, draft: LaunchDraft): LaunchParties {
  const audiences: Audience[] = []
  const numbers = new Map<string, number>()
  const numberOf = (audience: Audience): number => {
    const key = JSON.stringify(audience)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, audiences.length)
    return audiences.push(audience) - 1
  }
  const rows: Wanted[] = []
  const lay = (kind: Wanted['kind'], items: readonly { parties: Party[]; staysWithOffice?: boolean }[]) => {
    for (const [item, { parties, staysWithOffice }] of items.entries()) {
      for (const { role, audience } of parties)
        if (audience) rows.push({ kind, item, role, audienceNumber: numberOf(audience) })
      if (staysWithOffice)
        rows.push({
          kind,
          item,
          role: kind === 'task' ? 'lead' : 'from',
          audienceNumber: numberOf({ type: 'self' }),
        })
    }
  }
  lay('task', draft.tasks)
  lay('event', draft.events)
  lay('report', draft.reports)
  const resolved = audiences.map(
    (audience, number) =>
      sql`select ${number}::int as audience_no, organisation_id from (${audienceInTree(officeId, audience)}) inside`,
  )
  return {
    chosen: resolved.length
      ? sql.join(resolved, sql` union all `)
      : sql`select 0 as audience_no, null::uuid as organisation_id where false`,
    wanted: sql`select * from unnest(
      ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ item }) => item)}::int[],
      ${rows.map(({ role }) => role)}::text[], ${rows.map(({ audienceNumber }) => audienceNumber)}::int[]
    ) as laid (kind, item, role, audience_no)`,
  }
}

/** What is kept of a task's parties: whose phrase stands for whom. */
export function keptParties(task: DraftTask): { role: string; phrase: string; audience: Audience | null }[] {
  return task.parties.map(({ role, phrase, audience }) => ({ role, phrase, audience }))
}
