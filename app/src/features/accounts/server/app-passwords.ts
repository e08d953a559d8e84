import { createHash, randomBytes } from 'node:crypto'
import type { Context } from '#server/context.ts'
import type { Reader } from '#server/database/handles.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { takeAttempt } from './limits.ts'
import { tellOwner } from './own-account.ts'
import type { SignIn } from './sign-in.ts'

export interface AppPasswordLine {
  id: string
  name: string
  madeAt: Date
  lastUsedAt: Date | null
}

/** Of an account, live ones at most. */
const mostAppPasswords = 20
/** By its beginning an app password is told from a person's own. */
const beginning = 'tkf-'

/** It has 144 bits of chance: a plain hash is enough, and takes no time that could be measured. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** One's own that stand, the newest first. */
export async function listAppPasswords(reader: Reader, accountId: string): Promise<AppPasswordLine[]> {
  return await reader
    .selectFrom('app_password')
    .select(['id', 'name', 'made_at as madeAt', 'last_used_at as lastUsedAt'])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .orderBy('made_at', 'desc')
    .execute()
}

export type AppPasswordOutcome = { ok: true; secret: string } | { ok: false; reason: 'nameless' | 'many' }

/** Makes one; its secret is told this once. */
export async function makeAppPassword(context: Context, named: string): Promise<AppPasswordOutcome> {
  const name = named.trim().slice(0, 80)
  const { accountId } = context.scope
  if (!name) return { ok: false, reason: 'nameless' }
  return await context.inTransaction(async (tx): Promise<AppPasswordOutcome> => {
    if ((await listAppPasswords(tx, accountId)).length >= mostAppPasswords)
      return { ok: false, reason: 'many' }
    const secret = `${beginning}${randomBytes(18).toString('base64url')}`
    const id = newId()
    await tx
      .insertInto('app_password')
      .values({ id, account_id: accountId, name, secret_hash: hashOf(secret), made_at: context.now })
      .execute()
    await tellOwner(tx, context, 'app-password-made')
    await record(tx, context, { operation: 'app-password.make', subjectKind: 'app-password', subjectId: id })
    return { ok: true, secret }
  })
}

/** Takes one of one's own back; another's is not there. */
export async function revokeAppPassword(context: Context, id: string): Promise<void> {
  if (!isId(id)) return
  await context.inTransaction(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('app_password')
      .set({ revoked_at: context.now })
      .where('id', '=', id)
      .where('account_id', '=', context.scope.accountId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n)
      await record(tx, context, {
        operation: 'app-password.revoke',
        subjectKind: 'app-password',
        subjectId: id,
      })
  })
}

export type FeedReader = { ok: true; accountId: string } | { ok: false; seconds: number }

/**
 * Whose feed a request may read: by HTTP Basic, the user name and an app password. Good for feeds and for nothing
 * else; a person's own password is not taken here. Every refusal is the same, but for too many of them.
 */
export async function findFeedReader(
  { pool, secret: key }: SignIn,
  { headers, address }: { headers: Headers; address: string | undefined },
): Promise<FeedReader> {
  const { name, secret } = readBasic(headers.get('authorization'))
  if (!secret.startsWith(beginning)) return { ok: false, seconds: 0 }
  const { rows } = await pool.query<{ id: string; accountId: string; isStale: boolean }>(
    `select app_password.id, account.id as "accountId",
       coalesce(app_password.last_used_at < now() - interval '10 minutes', true) as "isStale"
     from app_password join account on account.id = app_password.account_id
     where app_password.secret_hash = $1 and app_password.revoked_at is null and account.off_at is null
       and account.username = $2`,
    [hashOf(secret), name.toLowerCase()],
  )
  const [found] = rows
  if (!found) {
    const attempt = await takeAttempt(pool, key, { subject: `feed ${name}`, address, knownDevice: undefined })
    return { ok: false, seconds: attempt.ok ? 0 : attempt.seconds }
  }
  if (found.isStale)
    await pool.query('update app_password set last_used_at = now() where id = $1', [found.id])
  return { ok: true, accountId: found.accountId }
}

function readBasic(header: string | null): { name: string; secret: string } {
  const [, encoded = ''] = /^Basic ([\w+/=]+)$/i.exec(header ?? '') ?? []
  const [name = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { name: name.slice(0, 200), secret: secret.join(':').slice(0, 200) }
}
