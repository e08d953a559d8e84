import type { Cookies } from '@sveltejs/kit'
import { cookiePrefix, sessionSeconds, sharedSessionSeconds } from './library.ts'
import type { SignIn } from './sign-in.ts'

/** The session of a request. */
export interface SessionFound {
  sessionId: string
  renewedAt: Date
  isShared: boolean
}

/** A session as its owner sees it. */
export interface SessionLine {
  id: string
  address: string
  userAgent: string
  method: string
  isShared: boolean
  startedAt: Date
  seenAt: Date
}

/** A session in use is renewed no more often than this, in seconds: one write in that time. */
const renewEvery = { own: 300, shared: 60 }

/** Lengthens a session in use, where that is due, and its cookie with it. */
export async function renewSession(
  { pool, baseUrl }: SignIn,
  cookies: Cookies,
  { sessionId, renewedAt, isShared }: SessionFound,
  now: Date,
): Promise<void> {
  const age = (now.getTime() - renewedAt.getTime()) / 1000
  if (age < (isShared ? renewEvery.shared : renewEvery.own)) return
  const seconds = isShared ? sharedSessionSeconds : sessionSeconds
  await pool.query(
    'update session set updated_at = now(), expires_at = now() + make_interval(secs => $2) where id = $1',
    [sessionId, seconds],
  )
  // On a shared device the cookie ends with the browser.
  if (isShared) return
  const isSafe = baseUrl.startsWith('https:')
  const name = `${isSafe ? '__Secure-' : ''}${cookiePrefix}.session_token`
  const value = cookies.get(name)
  if (value === undefined) return
  cookies.set(name, value, {
    path: '/',
    httpOnly: true,
    secure: isSafe,
    sameSite: 'lax',
    maxAge: sessionSeconds,
  })
}

/** An account's sessions that stand, the last used first. */
export async function listSessions({ pool }: SignIn, accountId: string): Promise<SessionLine[]> {
  const { rows } = await pool.query<SessionLine>(
    `select id, coalesce(ip_address, '') as address, coalesce(user_agent, '') as "userAgent", method,
       is_shared as "isShared", created_at as "startedAt", updated_at as "seenAt"
     from session where user_id = $1 and expires_at > now() order by updated_at desc, id limit 100`,
    [accountId],
  )
  return rows
}

/** Ends one session of an account, and says whether there was one; another's is not there. */
export async function endSession({ pool }: SignIn, accountId: string, sessionId: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from session where user_id = $1 and id = $2', [
    accountId,
    sessionId,
  ])
  return rowCount === 1
}

/** Ends every session of an account but one, or all of them; the devices must show again that they are the owner's. */
export async function endOtherSessions(
  { pool }: SignIn,
  accountId: string,
  keptSessionId: string | undefined,
): Promise<number> {
  const { rowCount } = await pool.query('delete from session where user_id = $1 and id is distinct from $2', [
    accountId,
    keptSessionId ?? null,
  ])
  return rowCount ?? 0
}
