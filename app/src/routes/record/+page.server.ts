import { namedOperations, nameOperation } from '#features/record/operation-words.ts'
import { readNames } from '#features/record/server/names.ts'
import { findChainState, listRecord } from '#features/record/server/reads.ts'
import { tellEntries } from '#features/record/server/tell.ts'
import { mayReadRecord } from '#server/access/record.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import { signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'
import { filtersOf, partsOf, placeOf } from './filters-of.ts'

const pageSize = 40
/** Of an entry that changed much, the page shows so many fields; the exported file has all. */
const mostChanges = 24

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, language } = signedIn(locals)
  // Who has no record to read is told what they are told of a page that is not there.
  if (!mayReadRecord(scope)) throw new NotFound('page')
  const { filters, problems } = filtersOf(url.searchParams)
  const page = await listRecord(reader, scope, filters, { place: placeOf(url.searchParams), limit: pageSize })
  const lines = await tellEntries(reader, scope, page.rows, { language, mostChanges })
  const named = [filters.who, filters.office, filters.subject?.id ?? ''].filter(isId)
  return {
    lines,
    chain: await findChainState(reader),
    hasNewer: page.hasNewer,
    hasOlder: page.hasOlder,
    filters,
    problems,
    parts: partsOf(filters),
    typed: { from: url.searchParams.get('from') ?? '', to: url.searchParams.get('to') ?? '' },
    names: await readNames(reader, named),
    operations: namedOperations
      .map((operation) => ({ operation, name: nameOperation(operation, language) }))
      .sort((a, b) => a.name.localeCompare(b.name, 'vi')),
  }
}
