import { listGuestThings } from '#features/guests/server/reads.ts'
import { signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const { reader, scope } = signedIn(locals)
  return { things: scope.guestOf.length > 0 ? await listGuestThings(reader, scope) : [] }
}
