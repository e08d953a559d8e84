import { redirect } from '@sveltejs/kit'
import { findStanding, getPerson } from '#features/people/server/person-page.ts'
import { mayReadRecord } from '#server/access/record.ts'
import { NotFound } from '#server/platform/errors.ts'
import { recordLook } from '#server/record.ts'
import { signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const context = signedIn(locals)
  const { reader, scope, on } = context
  const standing = await findStanding(reader, params.id)
  if (!standing) throw new NotFound('person')
  const person = await getPerson(reader, scope, { id: standing, on })
  // An entry that was merged leads to the one that took it over, for who may see that one.
  if (standing !== params.id) redirect(302, `/people/${standing}`)
  if (person.personal && scope.personId !== standing)
    await recordLook(context, { operation: 'person.look', subjectKind: 'person', subjectIds: [standing] })
  return { person, on, mayReadRecord: mayReadRecord(scope) }
}
