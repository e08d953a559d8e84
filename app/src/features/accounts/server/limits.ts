import { createHmac } from 'node:crypto'
import type pg from 'pg'
import { networkOf } from '#server/platform/network-of.ts'

/**
 * A mechanism of its own beside `server/platform/rate-limit.ts`, which shares out what costs the server much: so many in
 * a minute, alike for all, counted by the program's role. Here a failure costs more each time, a success gives back,
 * several counts hold one try, and they lie with the role that keeps passwords: the program can not reset them.
 */

/** Tries that cost nothing, and the longest that one after them has to wait, in seconds. Waits double: 2, 4, 8 … */
interface Limit {
  free: number
  longest: number
}

/**
 * What slows somebody who guesses, and not whose account it is. A device on which the account was signed in to before
 * counts for itself alone; strangers share three counts. Many people of one office come from one address, and a whole
 * commune may, so an address is free for long.
 */
const limits = {
  knownDevice: { free: 10, longest: 900 },
  accountAtAddress: { free: 5, longest: 3_600 },
  account: { free: 100, longest: 60 },
  address: { free: 60, longest: 900 },
} as const satisfies Record<string, Limit>

export interface Attempt {
  /** The account's id, or what was typed where there is no such account: counted alike, so that nothing tells. */
  subject: string
  /** Of the peer, or undefined where it is not known. */
  address: string | undefined
  /** A device that is known for this account. */
  knownDevice: string | undefined
}

export type AttemptTaken = { ok: true; succeeded: () => Promise<void> } | { ok: false; seconds: number }

/**
 * Takes a try, before anything is checked: it counts as failed until `succeeded` says otherwise. Refused with the
 * seconds to wait. The counts lie in the database, so that all web processes slow alike.
 */
export async function takeAttempt(pool: pg.Pool, secret: string, attempt: Attempt): Promise<AttemptTaken> {
  const hashed = (text: string): string =>
    createHmac('sha256', secret).update(`limit ${text}`).digest('base64url').slice(0, 24)
  const { subject, address, knownDevice } = attempt
  const network = address === undefined ? 'unknown' : networkOf(address)
  const counts: { key: string; limit: Limit }[] = knownDevice
    ? [{ key: `device ${hashed(`${knownDevice} ${subject}`)}`, limit: limits.knownDevice }]
    : [
        { key: `account-at-address ${hashed(`${subject} ${network}`)}`, limit: limits.accountAtAddress },
        // An account's own is named by its id: its administrator sees that it is being tried.
        { key: `account ${isAccount(subject) ? subject : hashed(subject)}`, limit: limits.account },
        { key: `address ${hashed(network)}`, limit: limits.address },
      ]
  for (const { key, limit } of counts) {
    const { rows } = await pool.query<{ seconds: number }>('select take_attempt($1, $2, $3) as seconds', [
      key,
      limit.free,
      limit.longest,
    ])
    const seconds = rows[0]?.seconds ?? 0
    if (seconds > 0) return { ok: false, seconds }
  }
  const keys = counts.map(({ key }) => key)
  return {
    ok: true,
    succeeded: async () => {
      // What was counted for the address stays but for this try: a guesser's own account must not wash it clean.
      await pool.query(
        `update sign_in_limit set failures = failures - 1, wait_until = null
         where key = any ($1) and (key like 'address %' or key like 'account %')`,
        [keys],
      )
      await pool.query(
        `delete from sign_in_limit where key = any ($1) and (key like 'device %' or key like 'account-at-address %')`,
        [keys],
      )
    },
  }
}

const isAccount = (subject: string): boolean => /^[0-9a-f]{8}-/.test(subject)
