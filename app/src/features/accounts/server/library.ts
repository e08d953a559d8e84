import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { genericOAuth, twoFactor, username } from 'better-auth/plugins'
import type pg from 'pg'
import { z } from 'zod'
import { newId } from '#server/platform/ids.ts'
import { longestPassword, shortestPassword } from '../rules.ts'
import { makeRecoveryCodes } from './codes.ts'

/** The office's own sign-in service, where one is set up. */
export interface SingleSignOn {
  issuer: string
  clientId: string
  clientSecret: string
  /** What the button says. */
  label: string
}

export interface LibrarySettings {
  /** Signs cookies and seals secrets; at least 32 characters, from the environment or the data folder. */
  secret: string
  /** Where people reach the product; decides whether cookies are for https alone, and what passkeys are bound to. */
  baseUrl: string
  singleSignOn: SingleSignOn | undefined
}

export const cookiePrefix = 'trienkhai'
export const sessionSeconds = 12 * 3600
/** A session on a device that several people use ends so long after its last request. */
export const sharedSessionSeconds = 15 * 60
export const oidcProvider = 'oidc'

/** Set by the product on what it hands to the library, never taken from a browser: see `headersFor`. */
export const addressHeader = 'x-trienkhai-address'
export const sharedHeader = 'x-trienkhai-shared'

const methodByPath: Readonly<Record<string, string>> = {
  '/two-factor/verify-totp': 'totp',
  '/two-factor/verify-backup-code': 'recovery-code',
  '/passkey/verify-authentication': 'passkey',
  '/callback/:id': 'oidc',
  '/oauth2/callback/:providerId': 'oidc',
}

interface HookContext {
  path?: string | undefined
  headers?: Headers | undefined
  request?: Request | undefined
}

/** How a session that is about to be made came about, and how long it may stand idle. */
function describeSession(context: HookContext | null) {
  const path = context?.path
  const headers = context?.headers ?? context?.request?.headers
  const isShared = headers?.get(sharedHeader) === 'yes'
  return {
    // An endpoint of our own has no path: the sign-in that follows an invitation.
    method: path === undefined ? 'invitation' : (methodByPath[path] ?? 'password'),
    isShared,
    ...(isShared ? { expiresAt: new Date(Date.now() + sharedSessionSeconds * 1000) } : {}),
  }
}

/** Whether an account may be signed in to at all. */
async function isOn(pool: pg.Pool, accountId: string): Promise<boolean> {
  const { rows } = await pool.query('select from account where id = $1 and off_at is null', [accountId])
  return rows.length > 0
}

/** A session for whoever has shown an invitation's code: the code was checked and used up just before. */
const invited = {
  id: 'invited',
  endpoints: {
    signInInvited: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ accountId: z.string() }) },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.accountId)
        const session = user && (await ctx.context.internalAdapter.createSession(user.id))
        if (!user || !session) return ctx.json({ ok: false })
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ ok: true })
      },
    ),
  },
}

/**
 * The authentication library on the product's own tables: passwords, second steps, passkeys, the office's own sign-in
 * service, sessions. It brings its own SQL, by a role that sees nothing else.
 */
export function openLibrary(pool: pg.Pool, settings: LibrarySettings) {
  const { singleSignOn } = settings
  return betterAuth({
    appName: 'Triển khai',
    database: pool,
    secret: settings.secret,
    baseURL: settings.baseUrl,
    basePath: '/sign-in/library',
    telemetry: { enabled: false },
    // What slows a stranger counts across processes: see limits.ts.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    plugins: [
      username({ displayUsername: false, maxUsernameLength: 60 }),
      twoFactor({
        issuer: 'Triển khai',
        backupCodeOptions: { customBackupCodesGenerate: makeRecoveryCodes },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factor',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'user_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      passkey({
        rpName: 'Triển khai',
        rpID: new URL(settings.baseUrl).hostname,
        origin: settings.baseUrl,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        schema: {
          passkey: {
            fields: {
              publicKey: 'public_key',
              userId: 'user_id',
              credentialID: 'credential_id',
              deviceType: 'device_type',
              backedUp: 'backed_up',
              createdAt: 'created_at',
            },
          },
        },
      }),
      invited,
      ...(singleSignOn
        ? [
            genericOAuth({
              config: [
                {
                  providerId: oidcProvider,
                  name: singleSignOn.label,
                  discoveryUrl: `${singleSignOn.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  requireIdTokenVerification: true,
                  clientId: singleSignOn.clientId,
                  clientSecret: singleSignOn.clientSecret,
                  scopes: ['openid', 'email', 'profile'],
                  pkce: true,
                  // It only says who somebody is: accounts and rights are made by administrators.
                  disableSignUp: true,
                  disableImplicitSignUp: true,
                },
              ],
            }),
          ]
        : []),
    ],
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
      additionalFields: {
        isShared: { type: 'boolean', fieldName: 'is_shared', input: false, required: false },
        method: { type: 'string', input: false, required: false },
      },
      expiresIn: sessionSeconds,
      // Sessions are lengthened by the product, which knows shared devices: see sessions.ts.
      disableSessionRefresh: true,
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
      updateAccountOnSignIn: false,
      // By an address that both sides have verified; to another address only by who is signed in here.
      accountLinking: { enabled: true, allowDifferentEmails: true },
    },
    verification: {
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) =>
            (await isOn(pool, session.userId)) ? { data: describeSession(context) } : false,
        },
      },
      account: {
        create: {
          // Who somebody is was asked once; no key to anything of theirs elsewhere is kept.
          before: async () => ({ data: { accessToken: null, refreshToken: null, idToken: null } }),
        },
      },
    },
    advanced: {
      cookiePrefix,
      useSecureCookies: settings.baseUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => newId() },
    },
    onAPIError: { errorURL: '/sign-in' },
    logger: { disabled: true },
  })
}
