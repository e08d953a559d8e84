import { error, fail } from '@sveltejs/kit'
import { qrPicture } from '#features/accounts/qr.ts'
import { getAccount, getAccountFacts } from '#features/accounts/server/account-reads.ts'
import {
  clearTwoStep,
  endRight,
  giveRight,
  switchAccount,
  unlockAccount,
} from '#features/accounts/server/administration.ts'
import { inviteAccount, revokeInvitation } from '#features/accounts/server/inviting.ts'
import { listLiving, searchOrganisations } from '#features/organisations/server/reads.ts'
import { accounts } from '#server/access/accounts.ts'
import { isId } from '#server/platform/ids.ts'
import { readForm } from '../../form-text.ts'
import { searchOf } from '../../list-request.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const mostPlaces = 30

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on, today } = signedIn(locals)
  if (!isId(params.id)) error(404, 'no such account')
  const facts = await getAccountFacts(reader, scope, params.id, today)
  const account = await getAccount(reader, scope, params.id, on)
  const search = searchOf(url)
  const found = search
    ? (await searchOrganisations(reader, scope, search, { page: 1, pageSize: mostPlaces })).rows
    : []
  // Nobody is given a right in a body that has ended.
  const living = found.filter(({ endedOn }) => endedOn === null).map(({ id, name }) => ({ id, name }))
  const near = await listLiving(reader, [
    ...(account.organisationId ? [account.organisationId] : []),
    ...scope.administers,
  ])
  const places = new Map([...living, ...near].map((place) => [place.id, place]))
  return {
    account,
    search,
    places: [...places.values()],
    today,
    entry: `${locals.signIn.baseUrl}/invitations`,
    may: { invite: accounts.invite(scope, facts), giveRights: accounts.giveRights(scope, facts) },
  }
}

function idOf(params: { id: string }): string {
  if (!isId(params.id)) error(404, 'no such account')
  return params.id
}

export const actions: Actions = {
  invite: async ({ request, locals, params }) => {
    const by = (await readForm(request)).get('by') === 'mail' ? 'mail' : 'slip'
    const outcome = await inviteAccount(signedIn(locals), locals.signIn, idOf(params), by)
    if (!outcome.ok) return fail(400, { problem: outcome.reason })
    return outcome.slip
      ? { slip: { ...outcome.slip, picture: qrPicture(outcome.slip.address) } }
      : { done: 'sent' as const }
  },
  revoke: async ({ locals, params }) => {
    await revokeInvitation(signedIn(locals), idOf(params))
    return { done: 'revoked' as const }
  },
  give: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const text = (name: string): string => String(form.get(name) ?? '')
    const outcome = await giveRight(signedIn(locals), idOf(params), {
      role: text('role'),
      organisationId: text('organisation'),
      fromOn: text('from'),
      toOn: text('to'),
    })
    return outcome.ok ? { done: 'given' as const } : fail(400, { problem: outcome.reason })
  },
  end: async ({ request, locals, params }) => {
    const right = String((await readForm(request)).get('right') ?? '')
    await endRight(signedIn(locals), idOf(params), right)
    return { done: 'ended' as const }
  },
  off: async ({ locals, params }) => {
    await switchAccount(signedIn(locals), locals.signIn, idOf(params), false)
    return { done: 'switchedOff' as const }
  },
  on: async ({ locals, params }) => {
    await switchAccount(signedIn(locals), locals.signIn, idOf(params), true)
    return { done: 'switchedOn' as const }
  },
  clear: async ({ locals, params }) => {
    await clearTwoStep(signedIn(locals), locals.signIn, idOf(params))
    return { done: 'cleared' as const }
  },
  unlock: async ({ locals, params }) => {
    await unlockAccount(signedIn(locals), locals.signIn, idOf(params))
    return { done: 'unlocked' as const }
  },
}
