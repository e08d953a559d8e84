import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Audience } from './schema.ts'

/** A body that an expression names by its id, and that is no more. */
export interface EndedBody {
  id: string
  name: string
  /** Its last day. */
  on: CivilDate
  /** Who took its work over, so far as they are below the office that speaks. */
  heirs: { id: string; name: string }[]
}

/** The ids of bodies and of persons that an expression names. */
export function idsIn(audience: Audience): string[] {
  switch (audience.type) {
    case 'organisations':
    case 'persons':
      return audience.ids
    case 'around':
    case 'holders':
    case 'titled':
    case 'members':
      return idsIn(audience.of)
    case 'union':
    case 'intersection':
      return audience.parts.flatMap(idsIn)
    case 'difference':
      return [...idsIn(audience.from), ...idsIn(audience.without)]
    default:
      return []
  }
}

/**
 * The expression with those who took over in the place of each body that has ended. A body that nobody took over stays
 * named: it stands for nobody, and is told of.
 */
export function nameHeirs(audience: Audience, ended: ReadonlyMap<string, EndedBody>): Audience {
  const inner = (part: Audience): Audience => nameHeirs(part, ended)
  switch (audience.type) {
    case 'organisations': {
      const ids = audience.ids.flatMap((id) => {
        const heirs = ended.get(id)?.heirs ?? []
        return heirs.length > 0 ? heirs.map((heir) => heir.id) : [id]
      })
      return { ...audience, ids: [...new Set(ids)] }
    }
    case 'around':
    case 'holders':
    case 'titled':
    case 'members':
      return { ...audience, of: inner(audience.of) }
    case 'union':
    case 'intersection':
      return { ...audience, parts: audience.parts.map(inner) }
    case 'difference':
      return { ...audience, from: inner(audience.from), without: inner(audience.without) }
    default:
      return audience
  }
}
