import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import type { Tx } from '#server/database/handles.ts'
import type { Audience } from '../schema.ts'

export async function keepPhraseAudience(
  tx: Tx,
  scope: Scope,
  row: { officeId: string; phraseKey: string; phrase: string; audience: Audience },
): Promise<void> {
  await sql`
    insert into phrase_audience (office_id, phrase_key, phrase, audience, decided_by)
    values (${row.officeId}, ${row.phraseKey}, ${row.phrase}, ${JSON.stringify(row.audience)}::jsonb, ${scope.accountId})
    on conflict (office_id, phrase_key) do update
    set phrase = excluded.phrase, audience = excluded.audience, decided_by = excluded.decided_by, decided_at = now()
  `.execute(tx)
}

export async function forgetPhraseAudience(
  tx: Tx,
  scope: Scope,
  row: { officeId: string; phraseKey: string },
): Promise<void> {
  await tx
    .deleteFrom('phrase_audience')
    .where('office_id', '=', row.officeId)
    .where('office_id', 'in', [...scope.offices])
    .where('phrase_key', '=', row.phraseKey)
    .execute()
}

export async function keepAudience(
  tx: Tx,
  scope: Scope,
  row: { id: string; officeId: string; name: string; audience: Audience; version: number },
): Promise<void> {
  await sql`
    insert into audience (id, office_id, name, expression, version, made_by)
    values (${row.id}, ${row.officeId}, ${row.name}, ${JSON.stringify(row.audience)}::jsonb, ${row.version}, ${scope.accountId})
  `.execute(tx)
}

/** Ends what an office calls by this name; answers whether there was one. */
export async function endAudienceNamed(
  tx: Tx,
  row: { officeId: string; name: string; at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update audience set ended_at = ${row.at}
    where office_id = ${row.officeId} and key = folded(${row.name}) and ended_at is null
  `.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}
