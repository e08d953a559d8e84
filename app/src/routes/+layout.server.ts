import { countUnread } from '#features/notices/server/reads.ts'
import { mayReadRecord } from '#server/access/record.ts'
import type { LayoutServerLoad } from './$types'

/**
 * A page is a document: no script of the framework comes with it, unless it says that it has something to do in the
 * browser (`csr = true`). See docs/decisions.
 */
export const csr = false

export const load: LayoutServerLoad = async ({ locals, url }) => {
  const { context, language, theme, type } = locals
  if (!context) return { language, theme, type, here: url.pathname + url.search, person: null, on: null }
  const { actor, scope, reader, on, today } = context
  const [first] = actor.grants
  return {
    language,
    theme,
    type,
    here: url.pathname + url.search,
    on: on < today ? on : null,
    person: {
      name: actor.name,
      role: first?.role ?? null,
      organisation: first?.organisationName ?? '',
      unread: await countUnread(reader, scope),
      isSharedDevice: locals.session?.isShared ?? false,
      may: {
        documents: scope.offices.length > 0,
        plans: true,
        work: scope.memberships.length > 0,
        papers: scope.offices.length > 0,
        accounts: scope.administers.length > 0,
        imports: actor.grants.some(({ role }) => ['administrator', 'personnel'].includes(role)),
        record: mayReadRecord(scope),
      },
    },
  }
}
