import { createHmac } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { type Database, poolsOf } from '../database/handles.ts'
import { networkOf } from './network-of.ts'

/** What costs the server much, or takes much out of it. */
export const limitedKinds = ['search', 'export', 'upload', 'feed'] as const
export type LimitedKind = (typeof limitedKinds)[number]

export interface RateLimits {
  /**
   * Counts one more of a kind for an account and for the network that it comes from, in all web processes alike.
   * Answers for how many seconds it has to wait, 0 where it may go on.
   */
  take: (
    kind: LimitedKind,
    who: { accountId: string | undefined; address: string | undefined },
  ) => Promise<number>
}

const windowSeconds = 60
/** A whole office, or a commune, comes from one address. */
const accountsOfOneAddress = 10

/** Limits by the counts in the database; a kind of which 0 a minute are told has none. */
export function openRateLimits(
  database: Database,
  { secret, mostPerMinute }: { secret: string; mostPerMinute: Readonly<Record<LimitedKind, number>> },
): RateLimits {
  const limiter = (kind: LimitedKind, of: 'account' | 'address', points: number): RateLimiterPostgres =>
    new RateLimiterPostgres({
      storeClient: poolsOf(database).writing,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      // Retention removes them: see features/personal-data.
      clearExpiredByTimeout: false,
      keyPrefix: `${kind} ${of}`,
      points,
      duration: windowSeconds,
      // Who is over the limit is turned away without asking the database again.
      inMemoryBlockOnConsumed: points + 1,
    })
  const limiters = Object.fromEntries(
    limitedKinds
      .filter((kind) => mostPerMinute[kind] > 0)
      .map((kind) => [
        kind,
        {
          account: limiter(kind, 'account', mostPerMinute[kind]),
          address: limiter(kind, 'address', mostPerMinute[kind] * accountsOfOneAddress),
        },
      ]),
  ) as Partial<Record<LimitedKind, { account: RateLimiterPostgres; address: RateLimiterPostgres }>>
  // Kept apart from accounts and addresses by a key: whoever reads the table learns neither.
  const hashed = (text: string): string =>
    createHmac('sha256', secret).update(`rate ${text}`).digest('base64url').slice(0, 24)
  return {
    take: async (kind, { accountId, address }) => {
      const of = limiters[kind]
      if (!of) return 0
      const waits = await Promise.all([
        accountId === undefined ? 0 : consume(of.account, hashed(accountId)),
        address === undefined ? 0 : consume(of.address, hashed(networkOf(address))),
      ])
      return Math.max(...waits)
    },
  }
}

/** One point of a key; the seconds to wait where there was none left. */
async function consume(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw refusal
  }
}
