import { redirect } from '@sveltejs/kit'
import { findWantedProof, recordOwn } from '#features/accounts/server/own-account.ts'
import { listPasskeys, removePasskey, renamePasskey } from '#features/accounts/server/passkeys.ts'
import { isId } from '#server/platform/ids.ts'
import { askerOf } from '../../asking.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

/** Only a script can ask a device to make a passkey. */
export const csr = true

export const load: PageServerLoad = async ({ locals }) => {
  const { reader, scope } = signedIn(locals)
  return {
    passkeys: await listPasskeys(reader, scope.accountId),
    wanted: await findWantedProof(locals.signIn, askerOf(locals)),
    service: locals.signIn.singleSignOn?.label ?? null,
    takesPasskeys: locals.signIn.passkeysWork,
    isSharedDevice: locals.session?.isShared ?? false,
  }
}

export const actions: Actions = {
  rename: async ({ request, locals }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const [id, name] = [String(form.get('passkey') ?? ''), String(form.get('name') ?? '').trim()]
    if (isId(id) && name) await renamePasskey(locals.signIn, context.scope.accountId, { id, name })
    redirect(303, '/account/passkeys')
  },
  remove: async ({ request, locals }) => {
    const context = signedIn(locals)
    const id = String((await readForm(request)).get('passkey') ?? '')
    if (isId(id) && (await removePasskey(locals.signIn, context.scope.accountId, id)))
      await recordOwn(context, 'account.remove-passkey')
    redirect(303, '/account/passkeys')
  },
}
