import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface SignInService {
  issuer: string
  clientId: string
  clientSecret: string
  stop: () => Promise<void>
}

/** A person as the service knows them. */
export interface ServicePerson {
  sub: string
  email: string
  emailVerified: boolean
}

/**
 * A real OpenID Connect provider on this machine. Its sign-in page has one field, the person's `sub`, and no password:
 * who they are there is its business, and what is tested is what comes of its answer.
 */
export async function startSignInService(
  redirectUri: string,
  people: readonly ServicePerson[],
): Promise<SignInService> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const clientId = 'trienkhai'
  const clientSecret = 'bi-mat-cua-phep-thu-0123456789'
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['khoa-cua-phep-thu'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, sub) => {
      const person = people.find((known) => known.sub === sub)
      if (!person) return undefined
      const claims = { sub, email: person.email, email_verified: person.emailVerified, name: sub }
      return { accountId: sub, claims: async () => claims }
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client?.clientId ?? '',
        accountId: ctx.oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', async (request, response) => {
    const [, uid] = /^\/interaction\/([\w-]+)/.exec(request.url ?? '') ?? []
    if (uid === undefined) return void answer(request, response)
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(`<form method="post"><input name="sub"><button>OK</button></form>`)
      return
    }
    let body = ''
    for await (const part of request) body += String(part)
    const accountId = new URLSearchParams(body).get('sub') ?? ''
    await provider.interactionFinished(request, response, { login: { accountId } })
  })
  return {
    issuer,
    clientId,
    clientSecret,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
