/** Asks the server what to ask the device for, and the device; its answer goes back. The library comes only now. */
async function exchange(
  address: string,
  ask: (options: unknown) => Promise<unknown>,
  details: Record<string, string>,
): Promise<boolean> {
  const options = await fetch(`${address}/options`, { method: 'POST' })
  if (!options.ok) return false
  const response = await ask(await options.json())
  const answer = await fetch(`${address}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response, ...details }),
  })
  return answer.ok
}

type Asked<Ask extends (options: never) => unknown> = Parameters<Ask>[0]

/** Signs in by a passkey of the device. */
export async function showPasskey(address: string): Promise<boolean> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  type Options = Asked<typeof startAuthentication>['optionsJSON']
  return await exchange(address, (options) => startAuthentication({ optionsJSON: options as Options }), {})
}

/** Makes a passkey on the device. */
export async function makePasskey(address: string, name: string): Promise<boolean> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  type Options = Asked<typeof startRegistration>['optionsJSON']
  return await exchange(address, (options) => startRegistration({ optionsJSON: options as Options }), {
    name,
  })
}
