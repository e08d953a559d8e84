/**
 * Asks the server what to ask the device for, and the device; its answer goes back. The library comes only now. The
 * status is the server's last word.
 */
async function exchange(
  address: string,
  ask: (options: unknown) => Promise<unknown>,
  details: Record<string, string>,
): Promise<number> {
  const send = (what: string, body: Record<string, unknown>): Promise<Response> =>
    fetch(`${address}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const options = await send('options', details)
  if (!options.ok) return options.status
  const response = await ask(await options.json())
  return (await send('answer', { response, ...details })).status
}

type Asked<Ask extends (options: never) => unknown> = Parameters<Ask>[0]

/** Signs in by a passkey of the device. */
export async function showPasskey(address: string): Promise<boolean> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  type Options = Asked<typeof startAuthentication>['optionsJSON']
  const ask = (options: unknown) => startAuthentication({ optionsJSON: options as Options })
  return (await exchange(address, ask, {})) < 300
}

export type PasskeyMade = 'added' | 'failed' | 'password' | 'stale' | 'wait'

/** Makes a passkey on the device, for who knows the password of the account, or has just signed in to one that has none. */
export async function makePasskey(
  address: string,
  details: { name: string; password: string },
): Promise<PasskeyMade> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  type Options = Asked<typeof startRegistration>['optionsJSON']
  const ask = (options: unknown) => startRegistration({ optionsJSON: options as Options })
  const status = await exchange(address, ask, details)
  if (status === 401) return 'password'
  if (status === 409) return 'stale'
  if (status === 429) return 'wait'
  return status < 300 ? 'added' : 'failed'
}
