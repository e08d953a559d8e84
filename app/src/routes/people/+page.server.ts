import { membershipStatuses } from '#features/people/schema.ts'
import { listPeople } from '#features/people/server/list-people.ts'
import {
  findBodies,
  findBodyInCare,
  findOrganisationName,
  listTitles,
} from '#features/people/server/reads.ts'
import { isId } from '#server/platform/ids.ts'
import { recordLook } from '#server/record.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50
const mostFound = 20

export const load: PageServerLoad = async ({ locals, url }) => {
  const context = signedIn(locals)
  const { reader, scope, on } = context
  const request = listRequest(url, pageSize)
  const asked = (name: string): string | null => {
    const id = url.searchParams.get(name) ?? ''
    return isId(id) ? id : null
  }
  const keepsPeople = scope.personnel.length > 0
  const status = membershipStatuses.find((one) => one === url.searchParams.get('status')) ?? null
  const filter = {
    words: request.search,
    organisationId: asked('organisation'),
    titleId: asked('title'),
    status: keepsPeople ? status : null,
  }
  const people = await readPage(request, ({ offset, limit }) =>
    listPeople(reader, scope, { ...filter, on, offset, limit }),
  )
  const bodyWords = (url.searchParams.get('body') ?? '').trim().slice(0, 100)
  if (people.rows.some(({ bodies }) => bodies.some((body) => body.status !== null)))
    await recordLook(context, {
      operation: 'people.look',
      subjectKind: 'person',
      subjectIds: people.rows.map(({ id }) => id),
    })
  const [firstTop] = scope.personnel
  return {
    ...filter,
    people,
    pageSize,
    keepsPeople,
    may: { enter: firstTop !== undefined && (await findBodyInCare(reader, scope, firstTop)) !== null },
    organisation: filter.organisationId
      ? await findOrganisationName(reader, scope, filter.organisationId)
      : null,
    titles: (await listTitles(reader, scope.personnel[0] ? { organisationId: scope.personnel[0] } : {})).map(
      ({ id, name }) => ({ id, name }),
    ),
    bodyWords,
    bodies: bodyWords
      ? await findBodies(reader, scope, { words: bodyWords, inCare: false, limit: mostFound })
      : [],
  }
}
