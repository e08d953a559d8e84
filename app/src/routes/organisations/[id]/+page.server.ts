import { error } from '@sveltejs/kit'
import { findOrganisationFacts, getOrganisation, listChildren } from '#features/organisations/server/reads.ts'
import { listPlansOf } from '#features/organisations/server/work-reads.ts'
import { listPeopleOf } from '#features/people/server/reads.ts'
import { organisations } from '#server/access/organisations.ts'
import { isId } from '#server/platform/ids.ts'
import { listRequest, readPage } from '../../list-request.ts'
import { signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50
const mostPlans = 10

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, today } = signedIn(locals)
  const { id } = params
  if (!isId(id)) error(404, 'no such organisation')
  const organisation = await getOrganisation(reader, scope, id, today)
  const facts = await findOrganisationFacts(reader, scope, id)
  const mayListPeople =
    scope.memberships.includes(id) || (facts !== null && organisations.listPeople(scope, facts))
  const request = listRequest(url, pageSize, 'people')
  const { search } = request
  const children = await readPage(listRequest(url, pageSize), ({ page }) =>
    listChildren(reader, scope, id, { page, pageSize }),
  )
  const people = mayListPeople
    ? await readPage(request, ({ page }) =>
        listPeopleOf(reader, scope, { organisationId: id, today, words: search, page, pageSize }),
      )
    : null
  return {
    organisation,
    children,
    people,
    plans: await listPlansOf(reader, scope, { organisationId: id, today, page: 1, pageSize: mostPlans }),
    pages: { children: children.page, people: people?.page ?? 1 },
    pageSize,
    search,
  }
}
