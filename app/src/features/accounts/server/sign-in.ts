import { betterAuth } from 'better-auth'
import { getSessionCookie } from 'better-auth/cookies'
import { username } from 'better-auth/plugins'
import pg from 'pg'
import { sessionConfig } from '#server/database/connect.ts'
import { newId } from '#server/platform/ids.ts'

export interface SignInSettings {
  /** By the role that keeps passwords and sessions, and sees nothing else. */
  databaseUrl: string
  /** Signs cookies; at least 32 characters, from the environment or the data folder, never from the code. */
  secret: string
  /** Where people reach the product; decides whether cookies are for https alone. */
  baseUrl: string
}

const cookiePrefix = 'trienkhai'
const sessionSeconds = 12 * 3600
/** A session in use is renewed no more often than this. */
const renewalSeconds = 3600
/** Cookies that are remembered at most, the oldest forgotten first. */
const mostVouched = 20_000

/**
 * Passwords and sessions, kept by the authentication library under the product's own table names. It has a pool
 * of its own because it brings its own SQL.
 */
export function openSignIn(settings: SignInSettings) {
  const pool = new pg.Pool({ ...sessionConfig(settings.databaseUrl, { readOnly: false }), max: 4 })
  // An idle connection that the server ends is replaced at the next query; unheard, the event would end the program.
  pool.on('error', () => {})
  const library = betterAuth({
    database: pool,
    secret: settings.secret,
    baseURL: settings.baseUrl,
    basePath: '/sign-in/library',
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true },
    plugins: [username({ displayUsername: false })],
    user: {
      modelName: 'account',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: sessionSeconds,
      updateAge: renewalSeconds,
    },
    account: {
      modelName: 'credential',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: {
      cookiePrefix,
      useSecureCookies: settings.baseUrl.startsWith('https:'),
      database: { generateId: () => newId() },
    },
    logger: { disabled: true },
  })
  const vouched = new Map<string, string>()
  return {
    /**
     * The token of the session that a request's cookies name, or undefined. The library checks a cookie's signature
     * the first time; a signature that was good once stays so. Whether the session still stands is for the caller to
     * ask of the database, each time.
     */
    async findToken(headers: Headers): Promise<string | undefined> {
      const cookie = getSessionCookie(headers, { cookiePrefix })
      if (!cookie) return undefined
      const known = vouched.get(cookie)
      if (known !== undefined) return known
      const found = await library.api.getSession({ headers })
      if (!found) return undefined
      for (const oldest of vouched.keys()) {
        if (vouched.size < mostVouched) break
        vouched.delete(oldest)
      }
      // The library may have gone by another of the cookies sent: then it vouched for that one.
      if (cookie.startsWith(`${found.session.token}.`)) vouched.set(cookie, found.session.token)
      return found.session.token
    },
    /** Lengthens a session in use, where that is due; the response carries the cookie's new term. */
    async renew(headers: Headers, renewedAt: Date, now: Date): Promise<Headers | undefined> {
      if (now.getTime() - renewedAt.getTime() < renewalSeconds * 1000) return undefined
      const response = await library.api.getSession({ headers, asResponse: true })
      return response.headers
    },
    /** Signs in; the response carries the cookies to set. Undefined where name and password do not fit. */
    async signIn(name: string, password: string, headers: Headers): Promise<Headers | undefined> {
      try {
        const response = await library.api.signInUsername({
          body: { username: name, password },
          headers,
          asResponse: true,
        })
        return response.ok ? response.headers : undefined
      } catch {
        return undefined
      }
    },
    /** Ends the session of a request's cookies; the response clears them. */
    async signOut(headers: Headers): Promise<Headers> {
      const response = await library.api.signOut({ headers, asResponse: true })
      return response.headers
    },
    close: () => pool.end(),
  }
}

export type SignIn = ReturnType<typeof openSignIn>
