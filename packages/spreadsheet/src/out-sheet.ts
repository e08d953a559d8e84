/** How a cell looks: a title, a title that must be filled in, an example, a cell that must be mended, its reason. */
export type CellLook = 'plain' | 'title' | 'required-title' | 'example' | 'wrong' | 'reason' | 'remark'

/** A cell to be written. Text is text whatever it begins with: nothing that is written here ever runs. */
export interface OutCell {
  readonly text: string
  /** `date`: `text` is a civil date and becomes a day of the sheet; `number`: plain digits. */
  readonly type?: 'text' | 'number' | 'date'
  readonly look?: CellLook
  /** Shown beside the cell while one looks at it. */
  readonly note?: string
}

export interface OutColumn {
  readonly title: string
  /** In letters of the usual size. */
  readonly width: number
  readonly required?: boolean
  /** What may be chosen; the program offers it as a list and lets other text in. */
  readonly choices?: readonly string[]
  /** Explains the column beside its title. */
  readonly note?: string
  readonly type?: 'text' | 'number' | 'date'
}

/** A sheet to be written: remarks, then a row of titles, then rows, which may come in portions as they are found. */
export interface OutSheet {
  readonly name: string
  readonly remarks?: readonly string[]
  readonly columns: readonly OutColumn[]
  readonly rows: AsyncIterable<readonly OutRow[]> | Iterable<readonly OutRow[]>
}

/** Cells by column; undefined where it is empty. */
export type OutRow = readonly (OutCell | undefined)[]
