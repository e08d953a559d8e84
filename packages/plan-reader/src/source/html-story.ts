import { type Token, type TokenHandler, Tokenizer } from 'parse5'
import type { Paragraph } from '../source-document.ts'
import { addText, type DraftBlock, type DraftParagraph, isBlank } from './draft.ts'
import {
  blockElements,
  type HtmlList,
  isTablePart,
  openList,
  rawElements,
  unreadElements,
  voidElements,
} from './html-elements.ts'
import { type HtmlLook, lookOfTag } from './html-style.ts'
import { HtmlTable } from './html-table.ts'
import type { Limits } from './limits.ts'
import { formatNumber } from './number-formats.ts'
import { StopReading } from './refusal.ts'

interface OpenElement {
  name: string
  look: HtmlLook
  list?: HtmlList
}

interface Place {
  blocks: DraftBlock[]
  /** Elements below this one in the stack belong to what is round the place. */
  floor: number
  table?: HtmlTable
}

/**
 * Reads HTML from its tokens as they come, straight into draft blocks: no tree is built, so that a page nested a
 * hundred thousand deep costs no more than a flat one. End tags that are left out are put in as browsers do,
 * as far as a document's text depends on them.
 */
export function readHtmlStory(html: string, limits: Limits): DraftBlock[] {
  const story = new HtmlStory(limits)
  story.run(html)
  return story.finish()
}

class HtmlStory implements TokenHandler {
  #limits: Limits
  #tokenizer: Tokenizer
  #blocks: DraftBlock[] = []
  #places: Place[] = [{ blocks: this.#blocks, floor: 0 }]
  #open: OpenElement[] = []
  #look: HtmlLook = {}
  #unread: { name: string; depth: number } | undefined
  #paragraph: DraftParagraph | undefined
  #pendingNumber: { text: string; depth: number } | undefined
  #heading: number | undefined
  #afterBreak = false
  #paragraphs = 0
  #ignoredTables = 0

  constructor(limits: Limits) {
    this.#limits = limits
    this.#tokenizer = new Tokenizer({}, this)
  }

  run(html: string): void {
    this.#tokenizer.write(html, true)
  }

  finish(): DraftBlock[] {
    while (this.#places.length > 1) this.#leavePlace()
    this.#endParagraph()
    return this.#blocks
  }

  onComment(): void {}
  onDoctype(): void {}
  onEof(): void {}
  onNullCharacter(): void {}
  onWhitespaceCharacter(token: Token.CharacterToken): void {
    this.#addText(token.chars)
  }
  onCharacter(token: Token.CharacterToken): void {
    this.#addText(token.chars)
  }

  onStartTag(token: Token.TagToken): void {
    const name = token.tagName
    if (this.#unread) {
      if (name === this.#unread.name && !token.selfClosing && rawElements.get(name) === undefined)
        this.#unread.depth += 1
      return
    }
    const raw = rawElements.get(name)
    if (raw !== undefined) this.#tokenizer.state = raw
    if (unreadElements.has(name)) {
      if (!token.selfClosing || raw !== undefined) this.#unread = { name, depth: 1 }
      return
    }
    const attributes = new Map(token.attrs.map((attribute) => [attribute.name, attribute.value]))
    if (name === 'br') this.#breakLine()
    else if (isTablePart(name)) this.#openTablePart(name, attributes)
    else this.#openElement(name, attributes, token.selfClosing)
  }

  onEndTag(token: Token.TagToken): void {
    const name = token.tagName
    if (this.#unread) {
      // The page's body ends a head that was never closed.
      if (name === this.#unread.name) this.#unread.depth -= 1
      if (this.#unread.depth === 0) this.#unread = undefined
      return
    }
    if (name === 'table') {
      if (this.#ignoredTables > 0) this.#ignoredTables -= 1
      else this.#endTable()
    } else if (isTablePart(name)) {
      this.#endCell()
      if (name === 'thead') this.#place.table?.startSection(false)
    } else {
      if (blockElements.has(name)) this.#endParagraph()
      this.#closeElement(name)
    }
  }

  get #place(): Place {
    const place = this.#places.at(-1)
    if (!place) throw new StopReading('damaged')
    return place
  }

  #openElement(name: string, attributes: ReadonlyMap<string, string>, isClosed: boolean): void {
    if (blockElements.has(name)) {
      this.#endParagraph()
      this.#afterBreak = false
      // A paragraph that is not closed ends where the next block begins, an item where the next item does.
      this.#closeElement('p')
      if (name === 'li') this.#closeItem()
    }
    if (voidElements.has(name)) return
    const element: OpenElement = { name, look: lookOfTag(name, attributes) }
    if (name === 'ul' || name === 'ol') element.list = openList(name, attributes, this.#listDepth())
    if (name === 'li') this.#startItem(attributes)
    const heading = /^h([1-6])$/.exec(name)
    if (heading) this.#heading = Number(heading[1])
    // XML's short form closes an element of Word's own (`<o:p/>`); HTML knows none.
    if (isClosed && name.includes(':')) return
    if (this.#open.length >= this.#limits.depth) return
    this.#open.push(element)
    this.#look = this.#sumLooks()
  }

  /** Closes the nearest element of a name within the cell; without one, the end tag is a stray. */
  #closeElement(name: string): void {
    const floor = this.#place.floor
    for (let at = this.#open.length - 1; at >= floor; at--)
      if (this.#open[at]?.name === name) {
        this.#open.length = at
        this.#look = this.#sumLooks()
        break
      }
    if (/^h[1-6]$/.test(name)) this.#heading = undefined
    else if (name === 'li') this.#pendingNumber = undefined
  }

  #closeItem(): void {
    for (let at = this.#open.length - 1; at >= this.#place.floor; at--) {
      const element = this.#open[at]
      if (element?.list) return
      if (element?.name === 'li') {
        this.#open.length = at
        this.#look = this.#sumLooks()
        return
      }
    }
  }

  #sumLooks(): HtmlLook {
    const sum: HtmlLook = {}
    for (const { look } of this.#open) {
      const wasHidden = sum.hidden
      Object.assign(sum, look)
      if (wasHidden) sum.hidden = true
    }
    return sum
  }

  #listDepth(): number {
    return this.#open.reduce((depth, element) => depth + (element.list ? 1 : 0), 0)
  }

  #startItem(attributes: ReadonlyMap<string, string>): void {
    const list = this.#open.findLast((element) => element.list)?.list
    if (!list || list.isBare) return
    const value = Number.parseInt(attributes.get('value') ?? '', 10)
    if (!Number.isNaN(value)) list.next = value
    this.#pendingNumber = {
      text: list.ordered ? `${formatNumber(list.next, list.type)}.` : '•',
      depth: list.depth,
    }
    list.next += 1
  }

  #openTablePart(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'table') {
      this.#endParagraph()
      this.#closeElement('p')
      const depth = this.#places.reduce((count, place) => count + (place.table ? 1 : 0), 0)
      if (depth >= this.#limits.nestedTables) this.#ignoredTables += 1
      else
        this.#places.push({
          blocks: this.#place.blocks,
          floor: this.#open.length,
          table: new HtmlTable(attributes),
        })
      return
    }
    if (this.#ignoredTables > 0) {
      this.#endParagraph()
      return
    }
    this.#endCell()
    const table = this.#place.table
    if (!table) return
    if (name === 'tr') table.startRow()
    else if (name === 'thead' || name === 'tbody' || name === 'tfoot') table.startSection(name === 'thead')
    else {
      this.#places.push({ blocks: table.startCell(attributes), floor: this.#open.length })
      this.#open.push({ name, look: { align: undefined, ...lookOfTag(name, attributes) } })
      this.#look = this.#sumLooks()
    }
  }

  /** Ends the cell that is open in the innermost table, if any. */
  #endCell(): void {
    this.#endParagraph()
    if (this.#ignoredTables > 0) return
    if (!this.#place.table && this.#places.length > 1) this.#leavePlace()
  }

  #endTable(): void {
    this.#endCell()
    if (this.#place.table) this.#leavePlace()
  }

  #leavePlace(): void {
    this.#endParagraph()
    const place = this.#places.pop()
    if (!place) return
    this.#open.length = Math.min(this.#open.length, place.floor)
    this.#look = this.#sumLooks()
    this.#afterBreak = false
    if (place.table) this.#place.blocks.push(...place.table.finish(this.#limits))
  }

  #addText(raw: string): void {
    // Text between the cells of a table is no text: browsers show it before the table, and it is mostly blanks.
    if (this.#unread || this.#look.hidden || this.#place.table) return
    if (this.#look.keepsSpace && raw.includes('\n')) {
      for (const [index, line] of raw.split('\n').entries()) {
        if (index > 0) this.#breakLine()
        this.#write(line)
      }
      return
    }
    this.#write(this.#look.keepsSpace ? raw : raw.replace(/[ \t\n\r\f]+/g, ' '))
  }

  #write(text: string): void {
    if (!this.#paragraph) {
      if (text.trim() === '') return
      this.#paragraph = this.#startParagraph()
    }
    const last = this.#paragraph.runs.at(-1)?.text
    const joined = text.startsWith(' ') && (last === undefined || last.endsWith(' ')) ? text.slice(1) : text
    if (joined === '') return
    addText(this.#paragraph, this.#look.capitals ? joined.toUpperCase() : joined, {
      bold: this.#look.bold === true,
      italic: this.#look.italic === true,
      font: this.#look.font ?? 'none',
    })
  }

  #startParagraph(): DraftParagraph {
    this.#paragraphs += 1
    if (this.#paragraphs > this.#limits.paragraphs)
      throw new StopReading('too-much-inside', { limit: this.#limits.paragraphs, found: 'paragraphs' })
    const paragraph: DraftParagraph = { type: 'paragraph', runs: [] }
    const align: Paragraph['align'] = this.#look.align
    if (align) paragraph.align = align
    if (this.#look.part) paragraph.part = this.#look.part
    if (this.#heading !== undefined) paragraph.heading = this.#heading
    if (this.#afterBreak) paragraph.afterSoftBreak = true
    if (this.#pendingNumber) {
      paragraph.number = this.#pendingNumber.text
      paragraph.listDepth = this.#pendingNumber.depth
      this.#pendingNumber = undefined
    }
    this.#afterBreak = false
    return paragraph
  }

  #endParagraph(): void {
    const paragraph = this.#paragraph
    this.#paragraph = undefined
    if (paragraph && !isBlank(paragraph)) this.#place.blocks.push(paragraph)
  }

  #breakLine(): void {
    if (this.#look.hidden || this.#place.table) return
    if (this.#paragraph) {
      this.#endParagraph()
      this.#afterBreak = true
    } else if (this.#place.blocks.length > 0) {
      // An empty line: what comes is a paragraph of its own.
      this.#afterBreak = false
      const last = this.#place.blocks.at(-1)
      if (last?.type !== 'paragraph' || last.runs.length > 0)
        this.#place.blocks.push({ type: 'paragraph', runs: [] })
    }
  }
}
