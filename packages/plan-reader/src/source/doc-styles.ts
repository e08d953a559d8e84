import {
  type DocParagraphProperties,
  type DocRunProperties,
  isSwitchedOn,
  takeParagraphChanges,
  takeRunChanges,
} from './doc-properties.ts'

/** How paragraphs of a style look, its whole chain of styles taken together. */
export interface DocStyle {
  bold: boolean
  italic: boolean
  capitals: boolean
  hidden: boolean
  font?: number
  align?: DocParagraphProperties['align']
  list?: number
  level?: number
  heading?: number
  /** A line of a table of contents. */
  isContents: boolean
}

interface StoredStyle {
  /** Word's own number for its built-in styles: 1–9 are headings, 19–27 contents. */
  builtIn: number
  base: number
  paragraph: DocParagraphProperties
  run: DocRunProperties
}

const noBase = 0xfff
const longestChain = 20
const mostStyles = 4096

export interface DocStyles {
  styleOf(index: number): DocStyle
}

/** Reads the style sheet (STSH, MS-DOC 2.9.271); a sheet that is damaged ends where the damage is. */
export function readDocStyles(sheet: DataView): DocStyles {
  const styles = readStored(sheet)
  const resolved = new Map<number, DocStyle>()
  return {
    styleOf(index) {
      const known = resolved.get(index)
      if (known) return known
      const style = resolveStyle(styles, index)
      resolved.set(index, style)
      return style
    },
  }
}

function readStored(sheet: DataView): (StoredStyle | undefined)[] {
  const styles: (StoredStyle | undefined)[] = []
  if (sheet.byteLength < 6) return styles
  const count = Math.min(sheet.getUint16(2, true), mostStyles)
  const baseSize = sheet.getUint16(4, true)
  let at = 2 + sheet.getUint16(0, true)
  for (let index = 0; index < count && at + 2 <= sheet.byteLength; index++) {
    const size = sheet.getUint16(at, true)
    const end = at + 2 + size
    if (end > sheet.byteLength) break
    styles.push(size >= baseSize + 4 ? readStyle(sheet, at + 2, end, baseSize) : undefined)
    at = end + (size & 1)
  }
  return styles
}

function readStyle(sheet: DataView, at: number, end: number, baseSize: number): StoredStyle | undefined {
  const kind = sheet.getUint16(at + 2, true) & 0xf
  const parts = sheet.getUint16(at + 4, true) & 0xf
  const style: StoredStyle = {
    builtIn: sheet.getUint16(at, true) & 0xfff,
    base: sheet.getUint16(at + 2, true) >> 4,
    paragraph: { style: 0, inTable: false, endsRow: false },
    run: {},
  }
  if (kind !== 1) return style
  let part = at + baseSize
  if (part + 2 > end) return style
  part += 2 + sheet.getUint16(part, true) * 2 + 2
  for (let index = 0; index < parts && part + 2 <= end; index++) {
    const size = sheet.getUint16(part, true)
    const from = part + 2
    const to = Math.min(from + size, end)
    if (index === 0) takeParagraphChanges(style.paragraph, sheet, from + 2, to)
    else if (index === 1) takeRunChanges(style.run, sheet, from, to)
    part = from + size + (size & 1)
  }
  return style
}

function resolveStyle(styles: (StoredStyle | undefined)[], index: number): DocStyle {
  const chain: StoredStyle[] = []
  for (let at = index; at !== noBase && chain.length < longestChain; ) {
    const stored = styles[at]
    if (!stored || chain.includes(stored)) break
    chain.push(stored)
    at = stored.base
  }
  const style: DocStyle = { bold: false, italic: false, capitals: false, hidden: false, isContents: false }
  for (const { run, paragraph, builtIn } of chain.reverse()) {
    style.bold = isSwitchedOn(run.bold, style.bold)
    style.italic = isSwitchedOn(run.italic, style.italic)
    style.capitals = isSwitchedOn(run.capitals, style.capitals)
    style.hidden = isSwitchedOn(run.hidden, style.hidden)
    if (run.font !== undefined) style.font = run.font
    if (paragraph.align) style.align = paragraph.align
    if (paragraph.list !== undefined) style.list = paragraph.list
    if (paragraph.level !== undefined) style.level = paragraph.level
    if (builtIn >= 1 && builtIn <= 6) style.heading = builtIn
    style.isContents = builtIn >= 19 && builtIn <= 27
  }
  return style
}
