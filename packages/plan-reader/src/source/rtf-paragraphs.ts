import type { Paragraph } from '../source-document.ts'
import { addText, type DraftBlock, type DraftParagraph, isBlank, type Run } from './draft.ts'
import type { Limits } from './limits.ts'
import { StopReading } from './refusal.ts'
import { RtfTable } from './rtf-table.ts'

/** The body, or what stands beside it and has paragraphs of its own: a footnote, a text box, a header. */
interface Place {
  part: Paragraph['part']
  blocks: DraftBlock[]
  paragraph: DraftParagraph
  cell: DraftParagraph[]
  table: RtfTable
  inTable: boolean
  align: Paragraph['align']
  style: number | undefined
  outline: number | undefined
  number: string
}

/** The paragraphs and tables of an RTF file as they are written. */
export class RtfParagraphs {
  /** Which styles (`\s`) are headings, and of which level. */
  readonly headings = new Map<number, number>()
  #limits: Limits
  #places: Place[] = [newPlace(undefined)]
  #beside: Record<'header' | 'footer' | 'footnote', DraftBlock[]> = { header: [], footer: [], footnote: [] }
  #count = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** All blocks, headers first, footnotes and footers last. */
  finish(): DraftBlock[] {
    while (this.#places.length > 1) this.leave()
    this.endParagraph()
    this.#endTable()
    const { header, footer, footnote } = this.#beside
    return [...withWords(header), ...this.#place.blocks, ...withWords(footnote), ...withWords(footer)]
  }

  enter(part: Paragraph['part']): void {
    // A text box in a header is of the header.
    this.#places.push(newPlace(part === 'textbox' ? (this.#place.part ?? part) : part))
  }

  leave(): void {
    if (this.#places.length < 2) return
    this.endParagraph()
    this.#endTable()
    const place = this.#places.pop()
    if (!place) return
    const { part, blocks } = place
    // A text box hangs on the paragraph that is being read, and is read before it.
    if (part === undefined || part === 'textbox' || part === 'body') this.#place.blocks.push(...blocks)
    else this.#beside[part].push(...blocks)
  }

  addText(text: string, look: Omit<Run, 'text'>): void {
    addText(this.#place.paragraph, text, look)
  }

  startNumber(): void {
    this.#place.number = ''
  }

  addNumber(text: string): void {
    const place = this.#place
    if (place.number.length < 40) place.number += text
  }

  /** Takes in a control word about paragraphs, cells and rows; false where it is about something else. */
  takeControl(word: string, parameter: number | undefined): boolean {
    const place = this.#place
    if (place.table.takeControl(word, parameter)) return true
    const align = alignments.get(word)
    if (align) place.align = align
    else
      switch (word) {
        case 'par':
        case 'sect':
          this.endParagraph()
          break
        case 'line':
        case 'page':
        case 'column':
          this.#breakLine()
          break
        case 'cell':
        case 'nestcell':
          this.#endCell(word === 'cell')
          break
        case 'row':
          place.table.endRow()
          break
        case 'pard':
          Object.assign(place, { inTable: false, align: undefined, style: undefined, outline: undefined })
          break
        case 'intbl':
          place.inTable = true
          break
        case 's':
          place.style = parameter
          break
        case 'outlinelevel':
          place.outline = parameter
          break
        default:
          return false
      }
    return true
  }

  /** Ends the paragraph: to the cell that is open, else to the running text. */
  endParagraph(): void {
    const place = this.#place
    const { paragraph } = place
    this.#count += 1
    if (this.#count > this.#limits.paragraphs)
      throw new StopReading('too-much-inside', { limit: this.#limits.paragraphs, found: 'paragraphs' })
    place.paragraph = newParagraph(place.part)
    const number = place.number.trim()
    place.number = ''
    // A bullet before nothing says nothing.
    if (number !== '' && !(isBlank(paragraph) && !/[\p{L}\p{N}]/u.test(number))) paragraph.number = number
    if (place.align) paragraph.align = place.align
    const isOutline = place.outline !== undefined && place.outline >= 0 && place.outline <= 5
    const heading = isOutline ? (place.outline ?? 0) + 1 : this.headings.get(place.style ?? -1)
    if (heading !== undefined) paragraph.heading = heading
    if (place.inTable) place.cell.push(paragraph)
    else {
      this.#endTable()
      place.blocks.push(paragraph)
    }
  }

  get #place(): Place {
    const place = this.#places.at(-1)
    if (!place) throw new StopReading('damaged')
    return place
  }

  #breakLine(): void {
    if (isBlank(this.#place.paragraph)) return
    this.endParagraph()
    this.#place.paragraph.afterSoftBreak = true
  }

  /** The cell of a table in a table is a paragraph of the outer one's. */
  #endCell(isOuter: boolean): void {
    const place = this.#place
    const wasInTable = place.inTable
    place.inTable = true
    this.endParagraph()
    place.inTable = wasInTable
    if (!isOuter) return
    place.table.endCell(place.cell)
    place.cell = []
  }

  #endTable(): void {
    const place = this.#place
    if (place.cell.length > 0) {
      place.table.endCell(place.cell)
      place.cell = []
    }
    const table = place.table.isOpen ? place.table.finish() : undefined
    if (table) place.blocks.push(table)
  }
}

const alignments = new Map<string, Paragraph['align']>([
  ['ql', 'left'],
  ['qc', 'center'],
  ['qr', 'right'],
  ['qj', 'justify'],
])

function newPlace(part: Paragraph['part']): Place {
  return {
    part,
    blocks: [],
    paragraph: newParagraph(part),
    cell: [],
    table: new RtfTable(),
    inTable: false,
    align: undefined,
    style: undefined,
    outline: undefined,
    number: '',
  }
}

function newParagraph(part: Paragraph['part']): DraftParagraph {
  return part === undefined ? { type: 'paragraph', runs: [] } : { type: 'paragraph', runs: [], part }
}

function withWords(blocks: DraftBlock[]): DraftBlock[] {
  return blocks.filter((block) => block.type === 'table' || block.runs.some((run) => /\p{L}/u.test(run.text)))
}
