import { error } from '@sveltejs/kit'
import { askedHierarchy } from '#features/organisations/asked-hierarchy.ts'
import { getHistory, getOrganisation } from '#features/organisations/server/organisation-reads.ts'
import { pastDay } from '#features/organisations/server/past.ts'
import { findOrganisationFacts, listChildren } from '#features/organisations/server/reads.ts'
import { listPlansOf } from '#features/organisations/server/work-reads.ts'
import { listPeopleOf } from '#features/people/server/reads.ts'
import { isInAdministration } from '#features/reorganisations/server/reads.ts'
import { organisations } from '#server/access/organisations.ts'
import { reorganisations } from '#server/access/reorganisations.ts'
import { isId } from '#server/platform/ids.ts'
import { recordLook } from '#server/record.ts'
import { listRequest, readPage } from '../../list-request.ts'
import { signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50
const mostPlans = 10

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope, today } = context
  const on = pastDay(context)
  const hierarchy = askedHierarchy(url)
  const { id } = params
  if (!isId(id)) error(404, 'no such organisation')
  const organisation = await getOrganisation(reader, scope, id, { today, on })
  const facts = await findOrganisationFacts(reader, scope, id)
  const administered = await isInAdministration(reader, scope, id)
  const mayListPeople =
    scope.memberships.includes(id) || (facts !== null && organisations.listPeople(scope, facts))
  const request = listRequest(url, pageSize, 'people')
  const { search } = request
  const children = await readPage(listRequest(url, pageSize), ({ page }) =>
    listChildren(reader, scope, id, { page, pageSize, on, hierarchy }),
  )
  const people = mayListPeople
    ? await readPage(request, ({ page }) =>
        listPeopleOf(reader, scope, { organisationId: id, today: context.on, words: search, page, pageSize }),
      )
    : null
  // How they belong was told to who keeps them; of oneself one may know it unseen.
  const told = people?.rows.filter((row) => row.status !== null && row.id !== scope.personId) ?? []
  await recordLook(context, {
    operation: 'people.look',
    subjectKind: 'person',
    subjectIds: told.map((row) => row.id),
    officeId: id,
  })
  return {
    organisation,
    history: await getHistory(reader, id),
    may: {
      change:
        reorganisations.prepare(scope, { administered }) && organisation.endedOn === null && on === null,
    },
    asOf: context.on,
    hierarchy,
    children,
    people,
    plans: await listPlansOf(reader, scope, { organisationId: id, today, on, page: 1, pageSize: mostPlans }),
    pages: { children: children.page, people: people?.page ?? 1 },
    pageSize,
    search,
  }
}
