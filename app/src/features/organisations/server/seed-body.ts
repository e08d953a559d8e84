import type { SeededRandom } from '#server/platform/seeded-random.ts'
import type { Hierarchy, OrganisationKind } from '../schema.ts'
import type { NewOrganisation } from './writes.ts'

/** A sample body, with what people's posts in it are called. */
export interface SampleOrganisation extends NewOrganisation {
  /** Titles of who leads it, the first first; empty for bodies without posts of their own. */
  titles: readonly string[]
  /** For a cell: how many members it has. For another body: the cell that its people belong to. */
  members: number
  hostId: string | null
}

export interface BodyDrawn {
  kind: OrganisationKind
  name: string
  abbreviation?: string
  parentId: string | null
  unitCode: string | null
  hierarchy?: Hierarchy
  titles?: readonly string[]
  members?: number
  hostId?: string | null
}

const hierarchyOf: Partial<Record<OrganisationKind, Hierarchy>> = {
  government: 'government',
  department: 'government',
  police: 'government',
  military: 'government',
  school: 'government',
  'service-unit': 'government',
  front: 'front',
  union: 'front',
  association: 'front',
}

/** A sample body with an id of its own; of the hierarchy that its kind usually belongs to. */
export function drawBody(random: SeededRandom, body: BodyDrawn): SampleOrganisation {
  return {
    id: random.id(),
    hierarchy: body.hierarchy ?? hierarchyOf[body.kind] ?? 'party',
    kind: body.kind,
    name: body.name,
    abbreviation: body.abbreviation ?? null,
    parentId: body.parentId,
    unitCode: body.unitCode,
    titles: body.titles ?? [],
    members: body.members ?? 0,
    hostId: body.hostId ?? null,
  }
}
