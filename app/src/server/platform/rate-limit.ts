import { createHmac } from 'node:crypto'
import type pg from 'pg'
import { type Database, poolsOf } from '../database/handles.ts'
import { networkOf } from './network-of.ts'

/** What costs the server much, or takes much out of it. */
export const limitedKinds = ['search', 'export', 'upload', 'feed'] as const
export type LimitedKind = (typeof limitedKinds)[number]

/** A turn at something long of which an account has only a few at once. */
export type Turn =
  | { readonly ok: true; readonly end: () => Promise<void> }
  | { readonly ok: false; readonly seconds: number }

export interface RateLimits {
  /**
   * Counts one more of a kind for an account and for the network that it comes from, in all web processes alike.
   * Answers for how many seconds it has to wait, 0 where it may go on.
   */
  take: (
    kind: LimitedKind,
    who: { accountId: string | undefined; address: string | undefined },
  ) => Promise<number>
  /** A turn at making files for an account, a few at once in all web processes together; `end` gives it back. */
  begin: (accountId: string) => Promise<Turn>
}

const windowMilliseconds = 60_000
/** A whole office, or a commune, comes from one address. */
const accountsOfOneAddress = 10
/** Files that are made for one account at once. */
const mostTurns = 3
/** A turn whose process died is free again after this. */
const longestTurnMilliseconds = 600_000
/** How soon it is worth asking for a turn again. */
const secondsToATurn = 15

/** Who was turned away need not be counted again before their minute is over; so many are remembered. */
const mostRemembered = 10_000

// The clock is the database's: all processes have the same. One statement for both keys, in one order, so that two
// requests never wait for each other. Retention removes what has expired: see features/personal-data.
const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint'
const countStatement = `
  insert into rate_limit as held (key, points, expire)
  select key, 1, ${now} + ${windowMilliseconds} from unnest($1::text[]) as key
  on conflict (key) do update set
    points = case when held.expire <= ${now} then 1 else held.points + 1 end,
    expire = case when held.expire <= ${now} then excluded.expire else held.expire end
  returning key, points, (expire - ${now})::int as left`
const beginStatement = `
  insert into rate_limit as held (key, points, expire) values ($1, 1, ${now} + ${longestTurnMilliseconds})
  on conflict (key) do update set
    points = case when held.expire <= ${now} then 1 else held.points + 1 end,
    expire = case when held.expire <= ${now} or held.points = 0 then excluded.expire else held.expire end
  where held.expire <= ${now} or held.points < ${mostTurns}
  returning points`
const endStatement = 'update rate_limit set points = greatest(points - 1, 0) where key = $1'

/** Limits by the counts in the database; a kind of which 0 a minute are told has none. */
export function openRateLimits(
  database: Database,
  { secret, mostPerMinute }: { secret: string; mostPerMinute: Readonly<Record<LimitedKind, number>> },
): RateLimits {
  const pool: pg.Pool = poolsOf(database).writing
  const turnedAway = new Map<string, number>()
  // Kept apart from accounts and addresses by a key: whoever reads the table learns neither.
  const hashed = (text: string): string =>
    createHmac('sha256', secret).update(`rate ${text}`).digest('base64url').slice(0, 24)

  async function count(most: ReadonlyMap<string, number>): Promise<number> {
    const { rows } = await pool.query<{ key: string; points: number; left: number }>({
      name: 'rate-limit-count',
      text: countStatement,
      values: [[...most.keys()]],
    })
    let wait = 0
    for (const { key, points, left } of rows) {
      if (points <= (most.get(key) ?? 0)) continue
      remember(turnedAway, key, performance.now() + left)
      wait = Math.max(wait, left)
    }
    return wait
  }

  return {
    take: async (kind, { accountId, address }) => {
      const points = mostPerMinute[kind]
      if (points === 0) return 0
      const most = new Map<string, number>()
      if (accountId !== undefined) most.set(`${kind} account:${hashed(accountId)}`, points)
      if (address !== undefined)
        most.set(`${kind} address:${hashed(networkOf(address))}`, points * accountsOfOneAddress)
      if (most.size === 0) return 0
      const left = [...most.keys()].map((key) => (turnedAway.get(key) ?? 0) - performance.now())
      const known = Math.max(...left)
      const wait = known > 0 ? known : await count(most)
      return wait > 0 ? Math.max(1, Math.ceil(wait / 1000)) : 0
    },
    begin: async (accountId) => {
      const values = [`turn:${hashed(accountId)}`]
      const { rowCount } = await pool.query({ name: 'rate-limit-begin', text: beginStatement, values })
      if (rowCount === 0) return { ok: false, seconds: secondsToATurn }
      let ended = false
      return {
        ok: true,
        end: async () => {
          if (ended) return
          ended = true
          await pool.query({ name: 'rate-limit-end', text: endStatement, values })
        },
      }
    },
  }
}

function remember(turnedAway: Map<string, number>, key: string, until: number): void {
  if (turnedAway.size >= mostRemembered) turnedAway.clear()
  turnedAway.set(key, until)
}
