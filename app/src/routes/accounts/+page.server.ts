import { fail } from '@sveltejs/kit'
import { qrPicture } from '#features/accounts/qr.ts'
import { accountFilters, givenRoles, type Slip } from '#features/accounts/schema.ts'
import { listAccounts, listTwoStepRules } from '#features/accounts/server/account-reads.ts'
import { decideTwoStep } from '#features/accounts/server/administration.ts'
import { inviteAccount, mostSlips } from '#features/accounts/server/inviting.ts'
import { isId } from '#server/platform/ids.ts'
import { readForm } from '../form-text.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const asked = url.searchParams.get('filter')
  const filter = accountFilters.find((known) => known === asked) ?? 'all'
  const wantedRole = url.searchParams.get('role')
  const role = givenRoles.find((known) => known === wantedRole) ?? null
  const request = listRequest(url, pageSize)
  const list = await readPage(request, ({ offset, limit }) =>
    listAccounts(reader, scope, { words: request.search, filter, role, today, offset, limit }),
  )
  const rules = await listTwoStepRules(reader, scope)
  return {
    ...list,
    filter,
    role,
    search: request.search,
    pageSize,
    rules,
    entry: `${locals.signIn.baseUrl}/invitations`,
  }
}

export const actions: Actions = {
  /** Slips or letters for those chosen; each account by itself, so that one that cannot be stops no other. */
  invite: async ({ request, locals }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const by = form.get('by') === 'mail' ? 'mail' : 'slip'
    const ids = [...new Set(form.getAll('account').map(String).filter(isId))].slice(0, mostSlips)
    if (ids.length === 0) return fail(400, { problem: 'none-selected' as const })
    const slips: (Slip & { picture: string })[] = []
    const leftOut: string[] = []
    let letters = 0
    for (const id of ids) {
      const outcome = await inviteAccount(context, locals.signIn, id, by).catch(refusalOf)
      if (!outcome.ok) leftOut.push(id)
      else if (outcome.slip) slips.push({ ...outcome.slip, picture: qrPicture(outcome.slip.address) })
      else letters += 1
    }
    return { slips, letters, leftOut }
  },
  rule: async ({ request, locals }) => {
    const form = await readForm(request)
    await decideTwoStep(signedIn(locals), {
      organisationId: String(form.get('organisation') ?? ''),
      approvers: form.get('approvers') === 'yes',
      administrators: form.get('administrators') === 'yes',
    })
    return { saved: true }
  },
}

/** Of many, one that is not theirs is left out; a fault of the program stays one. */
function refusalOf(error: unknown): { ok: false } {
  if (error instanceof Error && ['NotAllowed', 'NotFound'].includes(error.name)) return { ok: false }
  throw error
}
