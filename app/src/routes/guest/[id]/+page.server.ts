import { error } from '@sveltejs/kit'
import { findGuestThing } from '#features/guests/server/reads.ts'
import { isId } from '#server/platform/ids.ts'
import { signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const { reader, scope } = signedIn(locals)
  const thing = isId(params.id) ? await findGuestThing(reader, scope, params.id) : undefined
  if (!thing) error(404, 'no such thing')
  return { thing }
}
