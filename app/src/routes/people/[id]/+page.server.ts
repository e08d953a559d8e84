import { redirect } from '@sveltejs/kit'
import { findStanding, getPerson } from '#features/people/server/person-page.ts'
import { mayReadRecord } from '#server/access/record.ts'
import { recordLook } from '#server/record.ts'
import { signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const context = signedIn(locals)
  const { reader, scope, on } = context
  // Nobody of that id is asked for all the same: that there is somebody must not show by the time that it takes to refuse.
  const standing = (await findStanding(reader, params.id)) ?? params.id
  const person = await getPerson(reader, scope, { id: standing, on })
  // An entry that was merged leads to the one that took it over, for who may see that one.
  if (standing !== params.id) redirect(302, `/people/${standing}`)
  if (person.personal && scope.personId !== standing)
    await recordLook(context, { operation: 'person.look', subjectKind: 'person', subjectIds: [standing] })
  return { person, on, mayReadRecord: mayReadRecord(scope) }
}
