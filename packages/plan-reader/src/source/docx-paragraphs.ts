import type { Paragraph } from '../source-document.ts'
import {
  isOn,
  type ParagraphProperties,
  type RunProperties,
  takeParagraphProperty,
  takeRunProperty,
} from './docx-properties.ts'
import type { DocxStyles, ParagraphLook } from './docx-styles.ts'
import { addText, type DraftBlock, type DraftParagraph, hintOfFont, isBlank, type Run } from './draft.ts'
import type { Limits } from './limits.ts'
import { StopReading } from './refusal.ts'
import type { XmlAttributes } from './xml-stream.ts'

/** A paragraph that Word numbers, to be numbered when the whole of the body is known. */
export interface NumberedParagraph {
  paragraph: DraftParagraph
  numId: string
  level: number | undefined
  style: string | undefined
}

/** Where text goes: the body, a cell, a text box or a footnote. */
interface Place {
  blocks: DraftBlock[]
  part: Paragraph['part']
  paragraph: OpenParagraph | undefined
  /** Words of a paragraph whose end was deleted: they go on in the next. */
  carried: Run[]
  /** The run that holds the drawing that holds this place: text in it has runs of its own. */
  outerRun?: RunProperties
}

interface OpenParagraph {
  draft: DraftParagraph
  properties: ParagraphProperties
  look: ParagraphLook | undefined
  /** Lines after soft breaks. */
  lines: DraftParagraph[]
  /** What stands in text boxes that hang on this paragraph: it comes after it. */
  boxes: DraftBlock[]
  endDeleted: boolean
  endHidden: boolean
}

/** How a run's text is shown. */
interface Shown extends Omit<Run, 'text'> {
  capitals: boolean
  hidden: boolean
}

/**
 * The paragraphs of a story as they are written: which one is open in which place, what it and its run look
 * like, and where it goes when it ends.
 */
export class DocxParagraphs {
  readonly blocks: DraftBlock[] = []
  readonly numbered: NumberedParagraph[] = []
  #styles: DocxStyles
  #limits: Limits
  #places: Place[]
  #count = 0
  #run: RunProperties | undefined
  #shown: Shown | undefined

  constructor(styles: DocxStyles, limits: Limits, part: Paragraph['part']) {
    this.#styles = styles
    this.#limits = limits
    this.#places = [{ blocks: this.blocks, part, paragraph: undefined, carried: [] }]
  }

  get isInRun(): boolean {
    return this.#run !== undefined
  }

  startRun(): void {
    this.#run = {}
    this.#shown = undefined
  }

  endRun(): void {
    this.#run = undefined
  }

  takeRunProperty(name: string, attributes: XmlAttributes): void {
    if (this.#run) takeRunProperty(this.#run, name, attributes)
  }

  takeProperty(name: string, attributes: XmlAttributes): void {
    const properties = this.#place.paragraph?.properties
    if (properties) takeParagraphProperty(properties, name, attributes)
  }

  /** Takes in what is said of the paragraph's own mark: its end may be deleted, or hidden. */
  takeMarkProperty(name: string, attributes: XmlAttributes): void {
    const { paragraph } = this.#place
    if (paragraph && name === 'w:del') paragraph.endDeleted = true
    else if (paragraph && name === 'w:vanish') paragraph.endHidden = isOn(attributes)
  }

  /** A cell begins: what follows goes to its blocks. */
  enterCell(blocks: DraftBlock[]): void {
    this.#enter(blocks, this.#place.part)
  }

  /** A text box begins: what follows comes after the paragraph that it hangs on. */
  enterTextBox(): void {
    const anchor = this.#place.paragraph
    this.#enter(anchor ? anchor.boxes : this.#place.blocks, this.#place.part ?? 'textbox')
  }

  leave(): void {
    this.endParagraph()
    const { carried, blocks, part, outerRun } = this.#place
    if (carried.length > 0) blocks.push(draftParagraph(part, carried))
    if (this.#places.length > 1) this.#places.pop()
    this.#run = outerRun
    this.#shown = undefined
  }

  /** Adds blocks, a finished table, where paragraphs go now. */
  addBlocks(blocks: DraftBlock[]): void {
    this.#place.blocks.push(...blocks)
  }

  startParagraph(): void {
    const place = this.#place
    this.endParagraph()
    this.#countOne()
    place.paragraph = {
      draft: draftParagraph(place.part, place.carried),
      properties: {},
      look: undefined,
      lines: [],
      boxes: [],
      endDeleted: false,
      endHidden: false,
    }
    place.carried = []
  }

  endParagraph(): void {
    const place = this.#place
    const open = place.paragraph
    if (!open) return
    place.paragraph = undefined
    const look = this.#lookOf(open)
    const isEmpty = open.lines.length === 0 && isBlank(open.draft)
    if (open.endDeleted && open.lines.length === 0) {
      place.carried = open.draft.runs
    } else if (!(open.endHidden && isEmpty) && !look.isContents) {
      this.#style(open, look)
      place.blocks.push(open.draft, ...open.lines)
    }
    place.blocks.push(...open.boxes)
  }

  #style(open: OpenParagraph, look: ParagraphLook): void {
    const { properties, draft } = open
    const align = properties.align ?? look.align
    const outline = properties.outline
    const heading = outline === undefined ? look.heading : outline < 6 ? outline + 1 : undefined
    for (const line of [draft, ...open.lines]) {
      if (align) line.align = align
      if (heading !== undefined) line.heading = heading
    }
    const numId = properties.numId ?? look.numId
    if (numId === undefined || numId === '0') return
    const level = properties.level ?? (properties.numId === undefined ? look.level : undefined)
    this.numbered.push({ paragraph: draft, numId, level, style: look.style })
  }

  #lookOf(open: OpenParagraph): ParagraphLook {
    open.look ??= this.#styles.lookOf(open.properties.style)
    return open.look
  }

  addText(text: string): void {
    const open = this.#place.paragraph
    if (!open || text === '') return
    const shown = this.#showRun(open)
    if (shown.hidden) return
    addText(open.lines.at(-1) ?? open.draft, shown.capitals ? text.toUpperCase() : text, shown)
  }

  #showRun(open: OpenParagraph): Shown {
    if (!this.#shown) {
      const resolved = this.#styles.resolveRun(this.#lookOf(open), this.#run ?? {})
      this.#shown = {
        bold: resolved.bold === true,
        italic: resolved.italic === true,
        capitals: resolved.capitals === true,
        hidden: resolved.hidden === true,
        font: hintOfFont(resolved.font),
      }
    }
    return this.#shown
  }

  breakLine(): void {
    const open = this.#place.paragraph
    if (!open || this.#run === undefined) return
    if (this.#showRun(open).hidden) return
    if (open.lines.length === 0 && isBlank(open.draft)) return
    const line = draftParagraph(this.#place.part, [])
    line.afterSoftBreak = true
    open.lines.push(line)
    this.#countOne()
  }

  get #place(): Place {
    const place = this.#places.at(-1)
    if (!place) throw new StopReading('damaged', { found: 'text outside the body' })
    return place
  }

  #enter(blocks: DraftBlock[], part: Paragraph['part']): void {
    const place: Place = { blocks, part, paragraph: undefined, carried: [] }
    if (this.#run) place.outerRun = this.#run
    this.#places.push(place)
    this.#run = undefined
    this.#shown = undefined
  }

  #countOne(): void {
    this.#count += 1
    if (this.#count > this.#limits.paragraphs)
      throw new StopReading('too-much-inside', { limit: this.#limits.paragraphs, found: 'paragraphs' })
  }
}

function draftParagraph(part: Paragraph['part'], runs: Run[]): DraftParagraph {
  return part === undefined ? { type: 'paragraph', runs } : { type: 'paragraph', runs, part }
}
