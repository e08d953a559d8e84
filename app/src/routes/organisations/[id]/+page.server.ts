import { error } from '@sveltejs/kit'
import { findOrganisationFacts, getOrganisation, listChildren } from '#features/organisations/server/reads.ts'
import { listPlansOf } from '#features/organisations/server/work-reads.ts'
import { listPeopleOf } from '#features/people/server/reads.ts'
import { organisations } from '#server/access/organisations.ts'
import { isId } from '#server/platform/ids.ts'
import { listRequest, signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50
const mostPlans = 10

/** The page of one of the lists on this page, by its own part of the address. */
function pageOf(url: URL, name: string): number {
  return Math.min(10_000, Math.max(1, Math.trunc(Number(url.searchParams.get(name) ?? 1)) || 1))
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, today } = signedIn(locals)
  const { id } = params
  if (!isId(id)) error(404, 'no such organisation')
  const organisation = await getOrganisation(reader, scope, id, today)
  const facts = await findOrganisationFacts(reader, scope, id)
  const mayListPeople =
    scope.memberships.includes(id) || (facts !== null && organisations.listPeople(scope, facts))
  const { search } = listRequest(url, pageSize)
  const pages = { children: pageOf(url, 'page'), people: pageOf(url, 'people') }
  return {
    organisation,
    children: await listChildren(reader, scope, id, { page: pages.children, pageSize }),
    people: mayListPeople
      ? await listPeopleOf(reader, scope, {
          organisationId: id,
          today,
          words: search,
          page: pages.people,
          pageSize,
        })
      : null,
    plans: await listPlansOf(reader, scope, { organisationId: id, today, page: 1, pageSize: mostPlans }),
    pages,
    pageSize,
    search,
  }
}
