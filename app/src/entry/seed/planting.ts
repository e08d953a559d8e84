import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'
import type { FileStore } from '#server/platform/files.ts'
import type { SeededRandom } from '#server/platform/seeded-random.ts'

/** What all sample plans are planted with. */
export interface Planting {
  tx: Tx
  random: SeededRandom
  files: FileStore
  today: CivilDate
}

/** A launched sample plan. */
export interface LaunchedSample {
  planId: string
  officeId: string
  /** Who launched it, and enters what is done where a unit has no account of its own. */
  accountId: string
}

/** A moment of a civil day in Vietnam, in the office's hours. */
export const atHour = (day: CivilDate, hour: number): string =>
  `${day}T${String(hour).padStart(2, '0')}:00:00+07:00`

/** A share from 0 to 1 that is always the same for the same values: the "chance" of the sample data inside SQL. */
export const drawn = (...parts: RawBuilder<unknown>[]): RawBuilder<number> =>
  sql<number>`(('x' || substr(md5(concat_ws('/', ${sql.join(parts)})), 1, 7))::bit(28)::int / 268435456.0)`

/** Who enters what a unit does: its own account where it has one, else the office's. */
export const accountOf = (
  launched: LaunchedSample,
  unit: RawBuilder<unknown>,
): RawBuilder<string> => sql<string>`coalesce((
  select account_id from role_grant
  where role_grant.organisation_id = ${unit} and role in ('secretary', 'officer')
  order by role_grant.id limit 1
), ${launched.accountId})`
