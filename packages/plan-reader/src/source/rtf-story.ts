import type { Paragraph } from '../source-document.ts'
import type { DraftBlock } from './draft.ts'
import type { Limits } from './limits.ts'
import { StopReading } from './refusal.ts'
import { RtfFonts } from './rtf-fonts.ts'
import { RtfParagraphs } from './rtf-paragraphs.ts'
import type { RtfListener } from './rtf-tokens.ts'
import { printSymbol } from './symbol-fonts.ts'

type Destination = 'text' | 'skipped' | 'fonts' | 'styles' | 'number'

/** What a group inherits and gives back when it closes. */
interface GroupState {
  destination: Destination
  font: number | undefined
  bold: boolean
  italic: boolean
  capitals: boolean
  hidden: boolean
  /** How many letters stand behind `\u` for readers without Unicode. */
  fallback: number
  part: Paragraph['part']
  /** Set on the group that opened a story of its own (a footnote, a text box, a header). */
  opensStory: boolean
}

const skippedDestinations = new Set(
  'colortbl info sp pict object objdata shprslt nonshppict fldinst annotation atnid atnauthor template revtbl listtable listoverridetable pntxta pntxtb xe tc txe rxe bkmkstart bkmkend generator filetbl rsidtbl themedata colorschememapping latentstyles datastore mmathPr ftnsep ftnsepc aftnsep aftnsepc'.split(
    ' ',
  ),
)

const partsOfDestinations = new Map<string, Paragraph['part']>([
  ['header', 'header'],
  ['headerl', 'header'],
  ['headerr', 'header'],
  ['headerf', 'header'],
  ['footer', 'footer'],
  ['footerl', 'footer'],
  ['footerr', 'footer'],
  ['footerf', 'footer'],
  ['footnote', 'footnote'],
  ['shptxt', 'textbox'],
  ['dptxbxtext', 'textbox'],
])

/** Letters that RTF writes as words. */
const letterWords = new Map<string, string>([
  ['emdash', '—'],
  ['endash', '–'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['bullet', '•'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['tab', '\t'],
  ['~', '\u00a0'],
  ['_', '-'],
  ['\\', '\\'],
  ['{', '{'],
  ['}', '}'],
])

/**
 * Reads RTF from its tokens into draft blocks. Word writes each automatic number as text too (`\listtext`), which
 * is what it printed; of a drawing and its copy for old programs one is read.
 */
export class RtfStory implements RtfListener {
  #limits: Limits
  #fonts = new RtfFonts()
  #styleName = ''
  #styleIndex: number | undefined
  #groups: GroupState[] = []
  #state: GroupState = {
    destination: 'text',
    font: undefined,
    bold: false,
    italic: false,
    capitals: false,
    hidden: false,
    fallback: 1,
    part: undefined,
    opensStory: false,
  }
  #paragraphs: RtfParagraphs
  #isStarred = false
  #bytes: number[] = []
  #fallbackLeft = 0

  constructor(limits: Limits) {
    this.#limits = limits
    this.#paragraphs = new RtfParagraphs(limits)
  }

  /** All blocks, headers first, footnotes and footers last. */
  finish(): DraftBlock[] {
    this.#flush()
    return this.#paragraphs.finish()
  }

  openGroup(): void {
    this.#flush()
    if (this.#groups.length >= this.#limits.depth)
      throw new StopReading('too-much-inside', { limit: this.#limits.depth, found: 'groups' })
    this.#groups.push(this.#state)
    this.#state = { ...this.#state, opensStory: false }
    this.#isStarred = false
    this.#fallbackLeft = 0
  }

  closeGroup(): void {
    this.#flush()
    const closed = this.#state
    const state = this.#groups.pop()
    if (!state) return
    if (closed.destination === 'fonts') this.#fonts.endFont()
    else if (closed.destination === 'styles') this.#endStyle()
    if (closed.opensStory) this.#paragraphs.leave()
    this.#state = state
    this.#isStarred = false
  }

  byte(value: number): void {
    this.#isStarred = false
    if (this.#fallbackLeft > 0) this.#fallbackLeft -= 1
    else if (this.#state.destination !== 'skipped') this.#bytes.push(value)
  }

  control(word: string, parameter: number | undefined): void {
    if (word === '*') {
      this.#isStarred = true
      return
    }
    const isStarred = this.#isStarred
    this.#isStarred = false
    if (this.#state.destination === 'skipped') return
    if (word === 'u' && parameter !== undefined) {
      this.#flush()
      this.#addLetters(String.fromCharCode(parameter & 0xffff))
      this.#fallbackLeft = this.#state.fallback
      return
    }
    if (this.#fallbackLeft > 0) {
      this.#fallbackLeft -= 1
      return
    }
    this.#flush()
    if (this.#startDestination(word, isStarred)) return
    const letter = letterWords.get(word)
    if (letter !== undefined) this.#addLetters(letter)
    else if (this.#state.destination === 'fonts') this.#takeFontControl(word, parameter)
    else if (this.#state.destination === 'styles') {
      if (word === 's') this.#styleIndex = parameter
    } else if (!this.#paragraphs.takeControl(word, parameter)) this.#takeTextControl(word, parameter)
  }

  /** Whether the word opens a destination: what follows in its group is not running text, or not here. */
  #startDestination(word: string, isStarred: boolean): boolean {
    const part = partsOfDestinations.get(word)
    if (part) this.#enterStory(part)
    else if (word === 'fonttbl') this.#state.destination = 'fonts'
    else if (word === 'stylesheet') this.#state.destination = 'styles'
    else if (word === 'listtext' || word === 'pntext') {
      this.#state.destination = 'number'
      this.#paragraphs.startNumber()
    } else if (word === 'shpinst' || word === 'do' || word === 'shp') return true
    else if (skippedDestinations.has(word)) this.#state.destination = 'skipped'
    else if (isStarred && this.#state.destination !== 'styles') this.#state.destination = 'skipped'
    else return false
    return true
  }

  #takeFontControl(word: string, parameter: number | undefined): void {
    if (word === 'f' && parameter !== undefined) this.#fonts.startFont(parameter)
    else if (word === 'fcharset') this.#fonts.setCharset(parameter ?? 0)
  }

  #takeTextControl(word: string, parameter: number | undefined): void {
    const state = this.#state
    const isOn = parameter !== 0
    switch (word) {
      case 'plain':
        Object.assign(state, { bold: false, italic: false, capitals: false, hidden: false, font: undefined })
        break
      case 'f':
        state.font = parameter
        break
      case 'b':
        state.bold = isOn
        break
      case 'i':
        state.italic = isOn
        break
      case 'caps':
        state.capitals = isOn
        break
      case 'v':
      case 'deleted':
        state.hidden = isOn
        break
      case 'uc':
        state.fallback = Math.min(Math.max(parameter ?? 1, 0), 16)
        break
      case 'ansicpg':
        this.#fonts.setFilePage(parameter ?? 1252)
        break
    }
  }

  #enterStory(part: Paragraph['part']): void {
    this.#state.opensStory = true
    this.#state.destination = 'text'
    Object.assign(this.#state, { bold: false, italic: false, capitals: false, hidden: false })
    this.#paragraphs.enter(part)
  }

  #flush(): void {
    if (this.#bytes.length === 0) return
    const bytes = this.#bytes
    this.#bytes = []
    const { destination, font } = this.#state
    this.#addLetters(this.#fonts.decode(bytes, destination === 'text' ? this.#fonts.find(font) : undefined))
  }

  #addLetters(text: string): void {
    switch (this.#state.destination) {
      case 'fonts':
        this.#fonts.addName(text)
        return
      case 'styles':
        if (this.#styleName.length < 100) this.#styleName += text
        return
      case 'number':
        this.#paragraphs.addNumber(this.#printed(text))
        return
      case 'text': {
        if (this.#state.hidden) return
        const { bold, italic, capitals } = this.#state
        const printed = this.#printed(text)
        const font = this.#fonts.find(this.#state.font)?.hint ?? 'none'
        this.#paragraphs.addText(capitals ? printed.toUpperCase() : printed, { bold, italic, font })
        return
      }
    }
  }

  #printed(text: string): string {
    const font = this.#fonts.find(this.#state.font)
    return font?.isSymbol || /[\uf000-\uf0ff]/.test(text) ? printSymbol(text, font?.name) : text
  }

  #endStyle(): void {
    const heading = /^\s*heading ([1-6])\s*;/i.exec(this.#styleName)?.[1]
    if (heading !== undefined && this.#styleIndex !== undefined)
      this.#paragraphs.headings.set(this.#styleIndex, Number(heading))
    this.#styleName = ''
    this.#styleIndex = undefined
  }
}
