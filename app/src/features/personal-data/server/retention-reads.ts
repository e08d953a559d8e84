import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'

export interface RetentionRun {
  kind: string
  ranOn: string
  olderThan: Date
  removed: number
}

/** What the last night of each kind has removed, for administrators. */
export async function listLastRuns(reader: Reader, scope: Scope): Promise<RetentionRun[]> {
  if (scope.administers.length === 0) return []
  const { rows } = await sql<RetentionRun>`
    select distinct on (kind) kind, ran_on as "ranOn", older_than as "olderThan", removed
    from retention_run order by kind, ran_on desc
  `.execute(reader)
  return rows
}
