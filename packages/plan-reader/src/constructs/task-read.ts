import type { Line, Words } from '../lines/line.ts'
import type { DeadlineRead } from './deadline.ts'

/** A task with the places of its values, before it becomes part of a plan. */
export interface TaskRead {
  /** The cell that it stands in; undefined outside tables. */
  line?: Line
  text: Words
  lead: Words[]
  with: Words[]
  deadline: DeadlineRead | undefined
  product: Words | undefined
  condition: Words | undefined
  section: string | null
  /** 0–1: how sure it is that somebody is given this work, and who. */
  sure: number
}

/** A duty to report, with places. */
export interface ReportRead {
  text: Words
  from: Words[]
  to: Words[]
  deadline: DeadlineRead | undefined
  sure: number
}
