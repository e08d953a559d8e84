/** Bounds on a file of sheets. Whatever passes one is refused by name, never cut. */
export interface Limits {
  /** Bytes of the file itself. */
  readonly fileBytes: number
  /** Bytes of everything that is unpacked out of it. */
  readonly inflatedBytes: number
  /** A part may grow by this factor when it is unpacked, once it is larger than `ratioFromBytes`. */
  readonly inflationRatio: number
  readonly ratioFromBytes: number
  readonly zipEntries: number
  readonly sheets: number
  /** Rows that hold something, in one sheet. */
  readonly rows: number
  /** Columns that hold something. */
  readonly columns: number
  /** Letters in one cell. */
  readonly cellLength: number
  /** Letters in the workbook's table of texts, and texts in it: they are kept in memory while it is read. */
  readonly sharedLetters: number
  readonly sharedTexts: number
  /** Merged areas in one sheet. */
  readonly merges: number
}

/** For lists of an office or of a province: 150,000 people on a sheet, and room. */
export const importLimits: Limits = {
  fileBytes: 64 * 1024 * 1024,
  inflatedBytes: 600 * 1024 * 1024,
  inflationRatio: 100,
  ratioFromBytes: 8 * 1024 * 1024,
  zipEntries: 2000,
  sheets: 50,
  rows: 200_000,
  columns: 200,
  cellLength: 5000,
  sharedLetters: 40_000_000,
  sharedTexts: 2_000_000,
  merges: 20_000,
}

/** For a sheet that is read while somebody waits: a few thousand rows. */
export const smallSheetLimits: Limits = {
  ...importLimits,
  fileBytes: 8 * 1024 * 1024,
  inflatedBytes: 60 * 1024 * 1024,
  rows: 5000,
  sharedLetters: 8_000_000,
  sharedTexts: 200_000,
}
