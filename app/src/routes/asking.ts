import { error, type RequestEvent } from '@sveltejs/kit'
import type { Asker, OwnerProof } from '#features/accounts/server/own-account.ts'
import type { Asking } from '#features/accounts/server/sign-in.ts'

/** The request as the ways of signing in take it. */
export function askingOf({ request, cookies, getClientAddress }: RequestEvent): Asking {
  return { headers: request.headers, cookies, address: addressOf(getClientAddress) }
}

/** Whose session a request comes by. */
export function askerOf({ context, session }: App.Locals): Asker {
  if (!context || !session) error(401, 'sign in first')
  return { accountId: context.scope.accountId, sessionId: session.id }
}

/** With what a script is refused that asks for a new way into an account; `use-passkey.ts` reads it back. */
export function refuseUnproved({ reason }: Extract<OwnerProof, { ok: false }>): never {
  error({ password: 401, stale: 409, wait: 429 }[reason], reason)
}

/** The peer's address; a connection that has just been closed has none. */
function addressOf(ask: () => string): string | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}

/**
 * What a script of ours sent. Another site can send no JSON with this kind without asking first, and is refused then;
 * what is no JSON object counts as an empty one.
 */
export async function readJson(request: Request): Promise<Record<string, unknown>> {
  if (request.headers.get('content-type') !== 'application/json') return {}
  const sent: unknown = await request.json().catch(() => undefined)
  return typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? { ...sent } : {}
}
