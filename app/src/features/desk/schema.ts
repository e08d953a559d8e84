/** What waits for somebody: one line of the desk, one thing to do. */
export const matterKinds = [
  'overdue',
  'review',
  'obstacle',
  'refused',
  'paper',
  'work',
  'report',
  'answered',
] as const
export type MatterKind = (typeof matterKinds)[number]

export interface Matter {
  kind: MatterKind
  /** The row that it is about: a plan, an assignment, a report duty, a paper, a document. */
  id: string
  planId: string | null
  planNumber: string | null
  planSubject: string | null
  /** Whose plan it is (`work`, `report`), or whose obstacle it is. */
  body: string | null
  /** The task, the obstacle, the paper's title, the file's name. */
  text: string | null
  /** Units that are late; places to look at. */
  count: number
  /** Assignments and reports that are late. */
  lateWork: number
  lateReports: number
  state: string | null
  dueOn: string | null
  /** When it came up. */
  at: Date
  /** How many there are of this kind in all. */
  total: number
}

export interface DeskEvent {
  id: string
  planId: string
  title: string
  startsOn: string
  startsAt: string | null
  place: string | null
  bodies: number
}

/** How a unit stands in all that it was given by one plan, or by all. */
export interface UnitStanding {
  id: string
  name: string
  tasks: number
  done: number
  isLate: boolean
}

export interface LatestPlan {
  id: string
  number: string | null
  subject: string
  units: number
  lateUnits: number
  tasks: number
  done: number
  doing: number
  late: number
  /** Empty where they are too many to draw one by one. */
  squares: UnitStanding[]
}

export interface WorkCounts {
  done: number
  doing: number
  late: number
  owed: number
}

/** The units of the supervised areas, those that are late first. */
export interface AreaStanding {
  units: number
  lateUnits: number
  doneUnits: number
  rows: (UnitStanding & { latePlans: number })[]
}

export interface AdministeredCounts {
  organisations: number
  accounts: number
  /** Cells that nobody can sign in for. */
  cellsWithoutAccount: number
}

/** What each role's desk shows; null where the actor has no such role, and nothing was asked of the database. */
export interface Desk {
  matters: Matter[]
  /** What the units do in which one only takes part. */
  unitWork: Matter[]
  events: DeskEvent[]
  own: WorkCounts | null
  plan: LatestPlan | null
  area: AreaStanding | null
  administered: AdministeredCounts | null
}
