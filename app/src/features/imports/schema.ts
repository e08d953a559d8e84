/** What a sheet is a list of. */
export const importKinds = ['organisations', 'people', 'posts', 'memberships'] as const
/** In the order in which they are brought in: what others refer to comes first. */
export type ImportKind = (typeof importKinds)[number]

export const importStates = [
  'waiting',
  'reading',
  'preview',
  'applying',
  'done',
  'undoing',
  'undone',
  'refused',
] as const
export type ImportState = (typeof importStates)[number]

export const rowStates = ['new', 'changed', 'unchanged', 'wrong', 'passed-over'] as const
/** `passed-over` is an example, a heading between rows, or a row that somebody left out. */
export type RowState = (typeof rowStates)[number]

/** Why a cell is wrong. The sentence is in `problem-words.ts`. */
export const problemReasons = [
  'missing',
  'too-long',
  'error-value',
  'formula-empty',
  'no-date',
  'no-such-day',
  'two-digit-year',
  'month-first',
  'day-needed',
  'in-future',
  'before-other',
  'unknown-choice',
  'not-a-phone',
  'not-an-email',
  'not-a-code',
  'unknown-code',
  'code-differs',
  'unknown-organisation',
  'several-organisations',
  'organisation-wrong',
  'below-itself',
  'unknown-person',
  'several-people',
  'person-wrong',
  'likely-double',
  'twice-in-file',
  'overlaps',
  'status-needed',
  'taken',
] as const
export type ProblemReason = (typeof problemReasons)[number]

/** A wrong cell. `column` is the key of one of the kind's columns. */
export interface Problem {
  readonly column: string
  readonly reason: ProblemReason
  /** What is probably meant, to be taken with one click; as it would be typed. */
  readonly meant?: string
  /** Whatever the sentence names: a number of letters, another row, a name. */
  readonly detail?: string
  /** People that the row may stand for, where somebody has to decide. */
  readonly people?: readonly { readonly id: string; readonly text: string }[]
}

/** Something that was understood otherwise than it was typed. */
export interface Remark {
  readonly column: string
  readonly remark: 'zero-restored' | 'typed-as-number' | 'from-formula' | 'without-marks' | 'title-not-listed'
}

/** `{ column: [before, after] }`, as they are shown. */
export type Changes = Readonly<Record<string, readonly [before: string | null, after: string | null]>>

/** A sheet of the file: what it is a list of and where its columns stand, or why it is left alone. */
export interface ImportSheet {
  readonly name: string
  readonly kind: ImportKind | null
  readonly skipped: 'no-titles' | 'no-right' | 'second-of-kind' | null
  readonly headRow: number
  /** Keys of the columns that were found, in the file's order, with their place from 0. */
  readonly columns: readonly { readonly key: string; readonly column: number }[]
  /** Titles of columns that nothing is read from. */
  readonly extra: readonly string[]
}

export interface ImportRefusal {
  /** A reason of packages/spreadsheet, or one of these. */
  readonly reason: string
  readonly limit?: number
  readonly found?: string
}

/** An import as lists and its page show it. */
export interface ImportLine {
  id: string
  officeId: string
  officeName: string
  fileName: string
  state: ImportState
  refusal: ImportRefusal | null
  sheets: ImportSheet[]
  doneRows: number
  totalRows: number | null
  leaveWrong: boolean
  version: number
  createdAt: Date
  appliedAt: Date | null
  undoneAt: Date | null
}

/** A row as the preview shows it. */
export interface ImportRowLine {
  kind: ImportKind
  number: number
  /** What it stands for: known already, or to be made. */
  targetId: string
  state: RowState
  cells: Record<string, string>
  problems: Problem[]
  remarks: Remark[]
  changes: Changes
  /** Whom somebody said the row means, `new`, or `out` where it was left out. */
  decision: string | null
}
