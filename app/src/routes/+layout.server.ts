import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals, url }) => {
  const { context, language, theme, type } = locals
  if (!context) return { language, theme, type, here: url.pathname + url.search, person: null }
  const { actor, scope } = context
  const [first] = actor.grants
  return {
    language,
    theme,
    type,
    here: url.pathname + url.search,
    person: {
      name: actor.name,
      role: first?.role ?? null,
      organisation: first?.organisationName ?? '',
      may: {
        documents: scope.offices.length > 0,
        plans: true,
        work: scope.memberships.length > 0,
        papers: scope.offices.length > 0,
      },
    },
  }
}
