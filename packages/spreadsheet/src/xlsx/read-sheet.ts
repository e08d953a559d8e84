import type { Limits } from '../limits.ts'
import { StopReading } from '../refusal.ts'
import { type Cell, columnLetters, parseReference, type Sheet, type SheetRow } from '../sheet.ts'
import { numberCell, unescapeText } from './cell-text.ts'
import { findMergedAreas, Unfolding } from './merged-areas.ts'
import { streamXml, type XmlAttributes } from './stream-xml.ts'
import type { WorkbookParts } from './workbook-parts.ts'
import type { ZipParts } from './zip-parts.ts'

const plainForm = { kind: 'plain' } as const

/**
 * One sheet of a workbook. Its rows can be read more than once (for its titles, then for all of it); where its merged
 * areas stand is looked up once, as that runs through the whole part.
 */
export function openSheet(
  zip: ZipParts,
  workbook: WorkbookParts,
  sheet: { name: string; part: string },
  limits: Limits,
): Sheet {
  let areas: ReturnType<typeof findMergedAreas> | undefined
  return {
    name: sheet.name,
    rows: () => {
      areas ??= findMergedAreas(zip.stream(sheet.part), limits)
      return readSheetRows(zip, workbook, sheet, limits, areas)
    },
  }
}

/** The rows that hold something, merged areas unfolded. Throws {@link StopReading}. */
async function* readSheetRows(
  zip: ZipParts,
  workbook: WorkbookParts,
  sheet: { name: string; part: string },
  limits: Limits,
  merged: ReturnType<typeof findMergedAreas>,
): AsyncIterable<readonly SheetRow[]> {
  const areas = await merged
  const unfolding = areas.length > 0 ? new Unfolding(areas) : undefined
  const gathering = new RowGathering(workbook, sheet.name, limits)
  for await (const rows of streamXml(zip.stream(sheet.part), sheet.part, gathering, () => gathering.take()))
    yield unfolding ? rows.map((row) => unfolding.unfold(row)) : rows
}

/** Hears the XML of a sheet and gathers its rows. */
class RowGathering {
  readonly #workbook: WorkbookParts
  readonly #sheet: string
  readonly #limits: Limits
  #rows: SheetRow[] = []
  #count = 0
  #rowNumber = 0
  #cells: (Cell | undefined)[] = []
  #column = -1
  #type = ''
  #style = 0
  #value: string | undefined
  #isFormula = false
  #taking = false
  #inReading = false

  constructor(workbook: WorkbookParts, sheet: string, limits: Limits) {
    this.#workbook = workbook
    this.#sheet = sheet
    this.#limits = limits
  }

  take(): readonly SheetRow[] | undefined {
    if (this.#rows.length === 0) return undefined
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'c') this.#openCell(attributes)
    else if (name === 'v' || name === 't') this.#taking = !this.#inReading
    else if (name === 'f') this.#isFormula = true
    else if (name === 'rPh') this.#inReading = true
    else if (name === 'row') this.#openRow(attributes)
  }

  close(name: string): void {
    if (name === 'c') this.#closeCell()
    else if (name === 'v' || name === 't') this.#taking = false
    else if (name === 'rPh') this.#inReading = false
    else if (name === 'row') this.#closeRow()
  }

  text(piece: string): void {
    if (!this.#taking) return
    this.#value = (this.#value ?? '') + piece
    if (this.#value.length > this.#limits.cellLength * 2) this.#refuseLength()
  }

  #openRow(attributes: XmlAttributes): void {
    const said = Number(attributes['r'] ?? this.#rowNumber + 1)
    // Rows come in order in every sheet that a program wrote; merged areas and places rest on it.
    if (!Number.isInteger(said) || said <= this.#rowNumber || said > 1_048_576)
      throw new StopReading('damaged', { found: `${this.#sheet}: row ${this.#rowNumber + 1}` })
    this.#rowNumber = said
    this.#cells = []
    this.#column = -1
  }

  #openCell(attributes: XmlAttributes): void {
    const reference = attributes['r']
    const said = reference === undefined ? this.#column + 1 : parseReference(reference)?.column
    if (said === undefined)
      throw new StopReading('damaged', { found: `${this.#sheet}: row ${this.#rowNumber}` })
    this.#column = said
    this.#type = attributes['t'] ?? 'n'
    this.#style = Number(attributes['s'] ?? 0)
    this.#value = undefined
    this.#isFormula = false
  }

  #closeCell(): void {
    const cell = this.#readCell()
    if (!cell) return
    if (this.#column >= this.#limits.columns)
      throw new StopReading('too-many-columns', { limit: this.#limits.columns })
    if (cell.text.length > this.#limits.cellLength) this.#refuseLength()
    while (this.#cells.length < this.#column) this.#cells.push(undefined)
    this.#cells[this.#column] = cell
  }

  #readCell(): Cell | undefined {
    const value = this.#value
    const formula = this.#isFormula ? ({ fromFormula: true } as const) : {}
    if (value === undefined || value === '')
      return this.#isFormula ? { type: 'text', text: '', ...formula } : undefined
    switch (this.#type) {
      case 's': {
        const text = this.#workbook.sharedTexts[Number(value)]
        if (text === undefined)
          throw new StopReading('damaged', { found: `${this.#sheet}: shared text ${value}` })
        return text === '' ? undefined : { type: 'text', text }
      }
      case 'inlineStr':
      case 'str':
        return { type: 'text', text: unescapeText(value), ...formula }
      case 'b':
        return { type: 'boolean', text: value === '1' || value === 'true' ? 'TRUE' : 'FALSE', ...formula }
      case 'e':
        return { type: 'error', text: value, ...formula }
      case 'd':
        return { type: 'date', text: value.slice(0, 10), ...formula }
      default: {
        const form = this.#workbook.forms[this.#style] ?? plainForm
        return { ...numberCell(value, form, this.#workbook.from1904), ...formula }
      }
    }
  }

  #closeRow(): void {
    if (!this.#cells.some((cell) => cell !== undefined)) return
    this.#count += 1
    if (this.#count > this.#limits.rows) throw new StopReading('too-many-rows', { limit: this.#limits.rows })
    this.#rows.push({ number: this.#rowNumber, cells: this.#cells })
  }

  #refuseLength(): never {
    throw new StopReading('cell-too-long', {
      limit: this.#limits.cellLength,
      found: `${this.#sheet}!${columnLetters(this.#column)}${this.#rowNumber}`,
    })
  }
}
