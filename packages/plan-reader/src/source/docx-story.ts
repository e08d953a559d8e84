import type { Paragraph } from '../source-document.ts'
import { DocxParagraphs, type NumberedParagraph } from './docx-paragraphs.ts'
import { isOn } from './docx-properties.ts'
import type { DocxStyles } from './docx-styles.ts'
import { DocxTable } from './docx-table.ts'
import type { DraftBlock } from './draft.ts'
import { Fields, isPageNumberCode } from './fields.ts'
import type { Limits } from './limits.ts'
import { printSymbol } from './symbol-fonts.ts'
import type { XmlAttributes, XmlListener } from './xml-stream.ts'

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
  /** Relation ids of the headers and footers in use, in order. */
  readonly furniture: { id: string; part: 'header' | 'footer'; kind: string }[] = []
  /** Whether a section's first page has a header of its own. */
  hasTitlePage = false

  #styles: DocxStyles
  #limits: Limits
  #tables: (DocxTable | undefined)[] = []
  #paragraphs: DocxParagraphs
  #skipDepth = 0
  #choices: boolean[] = []
  #placeholders: boolean[] = []
  #fields = new Fields()
  #owner: 'none' | 'paragraph' | 'mark' | 'run' | 'table' | 'cell' | 'row' = 'none'
  #edgesOf: 'table' | 'cell' | undefined
  #collecting: 'text' | 'code' | undefined
  #collected = ''
  #keepsSpace = false

  constructor(styles: DocxStyles, limits: Limits, part?: Paragraph['part']) {
    this.#styles = styles
    this.#limits = limits
    this.#paragraphs = new DocxParagraphs(styles, limits, part)
  }

  get blocks(): DraftBlock[] {
    return this.#paragraphs.blocks
  }

  get numbered(): NumberedParagraph[] {
    return this.#paragraphs.numbered
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
        else this.#paragraphs.takeProperty(name, attributes)
        return
      case 'mark':
        this.#paragraphs.takeMarkProperty(name, attributes)
        return
      case 'run':
        this.#paragraphs.takeRunProperty(name, attributes)
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
        this.#fields.endParagraph()
        this.#paragraphs.startParagraph()
        return
      case 'w:pPr':
        this.#owner = 'paragraph'
        return
      case 'w:r':
        this.#paragraphs.startRun()
        return
      case 'w:rPr':
        if (this.#paragraphs.isInRun) this.#owner = 'run'
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
        if (this.#fields.speaks) this.#paragraphs.breakLine()
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
        if (blocks) this.#paragraphs.enterCell(blocks)
        return
      }
      case 'w:tcPr':
        this.#owner = 'cell'
        return
      case 'w:txbxContent':
        this.#paragraphs.enterTextBox()
        return
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
        this.#paragraphs.endRun()
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
        if (table) this.#paragraphs.addBlocks(table.finish(this.#styles))
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

  #endText(): void {
    if (this.#collecting !== 'text') return
    this.#collecting = undefined
    const text = /[\n\r\t]/.test(this.#collected)
      ? this.#collected.replace(/[\n\r\t]/g, ' ')
      : this.#collected
    this.#addText(this.#keepsSpace ? text : text.trim())
  }

  #leave(): void {
    this.#fields.endParagraph()
    this.#paragraphs.leave()
  }

  #addText(text: string): void {
    if (this.#fields.speaks) this.#paragraphs.addText(text)
  }

  #endParagraph(): void {
    this.#fields.endParagraph()
    this.#paragraphs.endParagraph()
  }
}
