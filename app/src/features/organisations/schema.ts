import { z } from 'zod'

/** The systems that a body can belong to. */
export const hierarchies = ['party', 'government', 'front', 'school'] as const
export type Hierarchy = (typeof hierarchies)[number]

/** What kind of body it is; the names are those of the glossary. */
export const organisationKinds = [
  'central-committee',
  'province-committee',
  'district-committee',
  'commune-committee',
  'agency-committee',
  'grassroots-committee',
  'cell',
  'cell-group',
  'party-board',
  'party-office',
  'government',
  'department',
  'police',
  'military',
  'school',
  'school-group',
  'front',
  'union',
  'union-branch',
  'association',
  'service-unit',
] as const
export type OrganisationKind = (typeof organisationKinds)[number]

export const organisationKindSchema = z.enum(organisationKinds)

/** A body as lists show it. */
export interface OrganisationRow {
  id: string
  hierarchy: Hierarchy
  kind: OrganisationKind
  name: string
  abbreviation: string | null
  parentId: string | null
}

/** A body in a list of children: whether it can be opened further. */
export interface OrganisationChild extends OrganisationRow {
  children: number
}

/** A body in a list of everything below another. */
export interface OrganisationBelow extends OrganisationRow {
  parentName: string | null
  /** Its own Party members, not those of bodies below it. */
  members: number
}

/** A body that a search found. */
export interface OrganisationFound extends OrganisationRow {
  parentName: string | null
  endedOn: string | null
  /** It is there on the day that is looked at. */
  isThere: boolean
  /** The name of another time by which it was found. */
  formerName: string | null
}

/** What a body was called, where it stood, and who came before and after it; the latest first. */
export interface OrganisationHistory {
  names: {
    fromOn: string | null
    toOn: string | null
    name: string
    abbreviation: string | null
    kind: OrganisationKind
    reason: string | null
    decision: string | null
  }[]
  places: {
    fromOn: string | null
    toOn: string | null
    hierarchy: Hierarchy
    parentId: string | null
    parentName: string | null
    reason: string | null
    decision: string | null
  }[]
  predecessors: { onDay: string; id: string; name: string; takes: string[] }[]
  successors: { onDay: string; id: string; name: string; takes: string[] }[]
}

/** A body as its own page shows it. */
export interface OrganisationDetails extends OrganisationRow {
  unitCode: string | null
  /** Its first day; null as far back as is known. */
  beganOn: string | null
  /** The first day on which it is no more. */
  endedOn: string | null
  /** It is there on the day that is looked at. */
  isThere: boolean
  /** The bodies above it, the highest first. */
  line: { id: string; name: string }[]
  /** How many bodies there are below it, at any depth; null as of a day for a tree too large to go through for a page. */
  below: number | null
  /** How many cells there are below it, at any depth; null for a tree too large to count for a page. */
  cellsBelow: number | null
  /** Party members now, here and below; null for a tree too large to count for a page. */
  members: number | null
}

/** One page of a list, and how long the whole list is. */
export interface Page<Row> {
  rows: Row[]
  total: number
}

/** What a body has to do under one plan that the actor may see. */
export interface PlanOfOrganisation {
  id: string
  subject: string
  number: string | null
  issuer: string
  assignments: number
  done: number
  late: number
  reportsOwed: number
}
