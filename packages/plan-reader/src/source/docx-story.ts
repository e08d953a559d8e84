import type { Paragraph } from '../source-document.ts'
import {
  isOn,
  type ParagraphProperties,
  type RunProperties,
  takeParagraphProperty,
  takeRunProperty,
} from './docx-properties.ts'
import type { DocxStyles, ParagraphLook } from './docx-styles.ts'
import { DocxTable } from './docx-table.ts'
import { addText, type DraftBlock, type DraftParagraph, hintOfFont, isBlank, type Run } from './draft.ts'
import { Fields, isPageNumberCode } from './fields.ts'
import type { Limits } from './limits.ts'
import { StopReading } from './refusal.ts'
import { printSymbol } from './symbol-fonts.ts'
import type { XmlAttributes, XmlListener } from './xml-stream.ts'

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

/** Elements whose content is not what the paper shows: deleted and former text, copies, codes, settings. */
const skipped = new Set([
  'w:moveFrom',
  'w:pPrChange',
  'w:rPrChange',
  'w:sectPrChange',
  'w:tblPrChange',
  'w:tblPrExChange',
  'w:trPrChange',
  'w:tcPrChange',
  'w:tblGridChange',
  'w:numberingChange',
  'w:rt',
  'w:ffData',
  'w:fldData',
  'w:binData',
])

/**
 * Reads a story of the document (body, header, footer, footnotes) from its XML as it streams by, straight into
 * draft blocks. Inserted text stays, deleted and hidden text goes, and of a drawing and its copy for old
 * programs one is read.
 */
export class DocxStory implements XmlListener {
  readonly blocks: DraftBlock[] = []
  readonly numbered: NumberedParagraph[] = []
  /** Relation ids of the headers and footers in use, in order. */
  readonly furniture: { id: string; part: 'header' | 'footer'; kind: string }[] = []
  /** Whether a section's first page has a header of its own. */
  hasTitlePage = false

  #styles: DocxStyles
  #limits: Limits
  #places: Place[]
  #tables: (DocxTable | undefined)[] = []
  #paragraphs = 0
  #skipDepth = 0
  #choices: boolean[] = []
  #placeholders: boolean[] = []
  #fields = new Fields()
  #owner: 'none' | 'paragraph' | 'mark' | 'run' | 'table' | 'cell' | 'row' = 'none'
  #edgesOf: 'table' | 'cell' | undefined
  #run: RunProperties | undefined
  #shown: (Omit<Run, 'text'> & { capitals: boolean; hidden: boolean }) | undefined
  #collecting: 'text' | 'code' | undefined
  #collected = ''
  #keepsSpace = false

  constructor(styles: DocxStyles, limits: Limits, part?: Paragraph['part']) {
    this.#styles = styles
    this.#limits = limits
    this.#places = [{ blocks: this.blocks, part, paragraph: undefined, carried: [] }]
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#skipDepth > 0 || skipped.has(name)) {
      this.#skipDepth += 1
      return
    }
    switch (this.#owner) {
      case 'paragraph':
        if (name === 'w:rPr') this.#owner = 'mark'
        else if (name === 'w:headerReference' || name === 'w:footerReference' || name === 'w:titlePg')
          this.#takeSection(name, attributes)
        else {
          const properties = this.#place.paragraph?.properties
          if (properties) takeParagraphProperty(properties, name, attributes)
        }
        return
      case 'mark': {
        const paragraph = this.#place.paragraph
        if (paragraph && name === 'w:del') paragraph.endDeleted = true
        else if (paragraph && name === 'w:vanish') paragraph.endHidden = isOn(attributes)
        return
      }
      case 'run':
        if (this.#run) takeRunProperty(this.#run, name, attributes)
        return
      case 'table':
      case 'cell':
      case 'row':
        if (name === 'w:tblBorders') this.#edgesOf = 'table'
        else if (name === 'w:tcBorders') this.#edgesOf = 'cell'
        else this.#tables.at(-1)?.takeProperty(name, attributes, this.#edgesOf)
        return
    }
    this.#openContent(name, attributes)
  }

  #openContent(name: string, attributes: XmlAttributes): void {
    switch (name) {
      case 'w:p':
        this.#startParagraph()
        return
      case 'w:pPr':
        this.#owner = 'paragraph'
        return
      case 'w:r':
        this.#run = {}
        this.#shown = undefined
        return
      case 'w:rPr':
        if (this.#run) this.#owner = 'run'
        return
      case 'w:t':
      case 'm:t':
        this.#collecting = 'text'
        this.#collected = ''
        this.#keepsSpace = attributes['xml:space'] === 'preserve'
        return
      case 'w:tab':
      case 'w:ptab':
        this.#addText('\t')
        return
      case 'w:br':
      case 'w:cr':
        this.#breakLine()
        return
      case 'w:noBreakHyphen':
        this.#addText('-')
        return
      case 'w:sym': {
        const code = Number.parseInt(attributes['w:char'] ?? '', 16)
        if (code >= 0x20 && code <= 0xffff)
          this.#addText(printSymbol(String.fromCharCode(code), attributes['w:font']))
        return
      }
      case 'w:fldChar':
        this.#fields.mark(attributes['w:fldCharType'])
        return
      case 'w:instrText':
        this.#collecting = 'code'
        return
      case 'w:fldSimple':
        if (isPageNumberCode(attributes['w:instr'])) this.#skipDepth = 1
        return
      case 'w:del':
        this.#skipDepth = 1
        return
      case 'mc:AlternateContent':
        this.#choices.push(false)
        return
      case 'mc:Choice':
      case 'mc:Fallback':
        this.#chooseAlternative()
        return
      case 'w:sdt':
        this.#placeholders.push(false)
        return
      case 'w:showingPlcHdr':
        if (this.#placeholders.length > 0) this.#placeholders[this.#placeholders.length - 1] = true
        return
      case 'w:sdtContent':
        if (this.#placeholders.at(-1)) this.#skipDepth = 1
        return
      case 'w:footnote':
        // Word keeps the line above footnotes as a footnote of its own.
        if (attributes['w:type'] !== undefined && attributes['w:type'] !== 'normal') this.#skipDepth = 1
        return
      case 'w:headerReference':
      case 'w:footerReference':
      case 'w:titlePg':
        this.#takeSection(name, attributes)
        return
    }
    this.#openTablePart(name)
  }

  #openTablePart(name: string): void {
    switch (name) {
      case 'w:tbl':
        this.#endParagraph()
        this.#tables.push(this.#tables.length < this.#limits.nestedTables ? new DocxTable() : undefined)
        return
      case 'w:tblPr':
        this.#owner = 'table'
        return
      case 'w:tblGrid':
        this.#owner = 'table'
        return
      case 'w:tr':
        this.#tables.at(-1)?.startRow()
        return
      case 'w:trPr':
        this.#owner = 'row'
        return
      case 'w:tc': {
        const blocks = this.#tables.at(-1)?.startCell()
        if (blocks) this.#enter(blocks, this.#place.part)
        return
      }
      case 'w:tcPr':
        this.#owner = 'cell'
        return
      case 'w:txbxContent': {
        const anchor = this.#place.paragraph
        this.#enter(anchor ? anchor.boxes : this.#place.blocks, this.#place.part ?? 'textbox')
        return
      }
    }
  }

  close(name: string): void {
    if (this.#skipDepth > 0) {
      this.#skipDepth -= 1
      return
    }
    switch (name) {
      case 'w:p':
        this.#endParagraph()
        break
      case 'w:pPr':
      case 'w:tblPr':
      case 'w:tblGrid':
      case 'w:trPr':
      case 'w:tcPr':
        this.#owner = 'none'
        break
      case 'w:rPr':
        if (this.#owner === 'mark') this.#owner = 'paragraph'
        else if (this.#owner === 'run') this.#owner = 'none'
        break
      case 'w:tblBorders':
      case 'w:tcBorders':
        this.#edgesOf = undefined
        break
      case 'w:r':
        this.#run = undefined
        break
      case 'w:t':
      case 'm:t':
        this.#endText()
        break
      case 'w:instrText':
        this.#collecting = undefined
        break
      case 'w:tc':
        if (this.#tables.at(-1)) this.#leave()
        this.#tables.at(-1)?.endCell()
        break
      case 'w:tr':
        this.#tables.at(-1)?.endRow()
        break
      case 'w:tbl': {
        const table = this.#tables.pop()
        if (table) this.#place.blocks.push(...table.finish(this.#styles))
        break
      }
      case 'w:txbxContent':
        this.#leave()
        break
      case 'mc:AlternateContent':
        this.#choices.pop()
        break
      case 'w:sdt':
        this.#placeholders.pop()
        break
    }
  }

  text(text: string): void {
    if (this.#collecting === 'text') this.#collected += text
    else if (this.#collecting === 'code') this.#fields.addCode(text)
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

  #leave(): void {
    this.#endParagraph()
    const { carried, blocks, part, outerRun } = this.#place
    if (carried.length > 0) blocks.push(draftParagraph(part, carried))
    if (this.#places.length > 1) this.#places.pop()
    this.#run = outerRun
    this.#shown = undefined
  }

  /** Only the first alternative is read: the others say the same for programs that cannot show it. */
  #chooseAlternative(): void {
    const last = this.#choices.length - 1
    if (this.#choices[last]) this.#skipDepth = 1
    else if (last >= 0) this.#choices[last] = true
  }

  #takeSection(name: string, attributes: XmlAttributes): void {
    if (name === 'w:titlePg') {
      this.hasTitlePage ||= isOn(attributes)
      return
    }
    const id = attributes['r:id']
    const part = name === 'w:headerReference' ? 'header' : 'footer'
    if (id !== undefined) this.furniture.push({ id, part, kind: attributes['w:type'] ?? 'default' })
  }

  #startParagraph(): void {
    const place = this.#place
    this.#endParagraph()
    this.#paragraphs += 1
    if (this.#paragraphs > this.#limits.paragraphs)
      throw new StopReading('too-much-inside', { limit: this.#limits.paragraphs, found: 'paragraphs' })
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

  #endParagraph(): void {
    const place = this.#place
    const open = place.paragraph
    if (!open) return
    place.paragraph = undefined
    this.#fields.endParagraph()
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

  #endText(): void {
    if (this.#collecting !== 'text') return
    this.#collecting = undefined
    const text = /[\n\r\t]/.test(this.#collected)
      ? this.#collected.replace(/[\n\r\t]/g, ' ')
      : this.#collected
    this.#addText(this.#keepsSpace ? text : text.trim())
  }

  #addText(text: string): void {
    const open = this.#place.paragraph
    if (!open || text === '' || !this.#fields.speaks) return
    const shown = this.#showRun(open)
    if (shown.hidden) return
    addText(open.lines.at(-1) ?? open.draft, shown.capitals ? text.toUpperCase() : text, shown)
  }

  #showRun(open: OpenParagraph) {
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

  #breakLine(): void {
    const open = this.#place.paragraph
    if (!open || !this.#fields.speaks || this.#run === undefined) return
    if (this.#showRun(open).hidden) return
    if (open.lines.length === 0 && isBlank(open.draft)) return
    const line = draftParagraph(this.#place.part, [])
    line.afterSoftBreak = true
    open.lines.push(line)
    this.#paragraphs += 1
    if (this.#paragraphs > this.#limits.paragraphs)
      throw new StopReading('too-much-inside', { limit: this.#limits.paragraphs, found: 'paragraphs' })
  }
}

function draftParagraph(part: Paragraph['part'], runs: Run[]): DraftParagraph {
  return part === undefined ? { type: 'paragraph', runs } : { type: 'paragraph', runs, part }
}
