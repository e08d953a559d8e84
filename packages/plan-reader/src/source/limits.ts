/**
 * What a file may ask of the machine. Offices send files of a few hundred kilobytes; the bounds are some
 * twenty times what the largest honest plan needs, and low enough that no file, whatever it claims, holds a
 * process for more than about two seconds or takes more than a few hundred megabytes.
 */
export interface Limits {
  /** The file as it came, in bytes. The largest honest ones are scans of about 200 pages. */
  fileBytes: number
  /** One part of a zip, inflated: a plan with 500 pages of tables has a document.xml of some 20 MB. */
  partBytes: number
  /** All the parts that are read of one zip, inflated. */
  inflatedBytes: number
  /** Inflated to packed size of one part, beyond the first {@link ratioFromBytes}; Word's XML packs 10 to 60 to 1. */
  inflationRatio: number
  /** Small parts may pack as well as they like: an empty numbering.xml packs 200 to 1. */
  ratioFromBytes: number
  /** Entries in a zip: Word writes about 20, one more for each picture. */
  zipEntries: number
  /** Elements inside one another in XML and HTML, groups in RTF: three nested tables in a text box need about 60. */
  depth: number
  /** Paragraphs, those in tables counted too. */
  paragraphs: number
  /** Cells of one document after merged cells are laid out into the full grid. */
  cells: number
  /** Columns of one table; Word itself stops at 63. */
  columns: number
  /** Levels of tables in tables; deeper ones are read as running text of the outer cell. */
  nestedTables: number
  /** UTF-16 units of the text that comes out: about 1,500 pages. */
  characters: number
  /** Pages of a PDF or a scan. */
  pages: number
}

export const defaultLimits: Limits = {
  fileBytes: 40 * 1024 * 1024,
  partBytes: 24 * 1024 * 1024,
  inflatedBytes: 48 * 1024 * 1024,
  inflationRatio: 150,
  ratioFromBytes: 1024 * 1024,
  zipEntries: 4000,
  depth: 400,
  paragraphs: 60_000,
  cells: 200_000,
  columns: 200,
  nestedTables: 8,
  characters: 4_000_000,
  pages: 500,
}
