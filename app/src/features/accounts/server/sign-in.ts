import { betterAuth } from 'better-auth'
import { username } from 'better-auth/plugins'
import pg from 'pg'
import { sessionConfig } from '#server/database/connect.ts'
import { newId } from '#server/platform/ids.ts'

export interface SignInSettings {
  databaseUrl: string
  /** Signs cookies; at least 32 characters, from the environment or the data folder, never from the code. */
  secret: string
  /** Where people reach the product; decides whether cookies are for https alone. */
  baseUrl: string
}

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
      expiresIn: 12 * 3600,
      updateAge: 3600,
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
      cookiePrefix: 'trienkhai',
      useSecureCookies: settings.baseUrl.startsWith('https:'),
      database: { generateId: () => newId() },
    },
    logger: { disabled: true },
  })
  return {
    /** The account of a request's cookies, or undefined. */
    async findAccount(headers: Headers): Promise<string | undefined> {
      const found = await library.api.getSession({ headers })
      return found?.user.id
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
