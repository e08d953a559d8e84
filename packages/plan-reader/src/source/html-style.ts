import type { Paragraph } from '../source-document.ts'
import { type FontHint, hintOfFont } from './draft.ts'

/** What an element changes of how its text looks; undefined leaves it as it is around it. */
export interface HtmlLook {
  bold?: boolean
  italic?: boolean
  capitals?: boolean
  hidden?: boolean
  font?: FontHint
  align?: Paragraph['align']
  keepsSpace?: boolean
  part?: Paragraph['part']
}

const looksOfTags = new Map<string, HtmlLook>([
  ['b', { bold: true }],
  ['strong', { bold: true }],
  ['th', { bold: true }],
  ['h1', { bold: true }],
  ['h2', { bold: true }],
  ['h3', { bold: true }],
  ['h4', { bold: true }],
  ['h5', { bold: true }],
  ['h6', { bold: true }],
  ['i', { italic: true }],
  ['em', { italic: true }],
  ['cite', { italic: true }],
  ['center', { align: 'center' }],
  ['pre', { keepsSpace: true }],
])

const alignments = new Map<string, Paragraph['align']>([
  ['left', 'left'],
  ['start', 'left'],
  ['center', 'center'],
  ['middle', 'center'],
  ['right', 'right'],
  ['end', 'right'],
  ['justify', 'justify'],
])

/** The look that a tag gives by its name, its attributes and its style. */
export function lookOfTag(name: string, attributes: ReadonlyMap<string, string>): HtmlLook {
  const look: HtmlLook = { ...looksOfTags.get(name) }
  const align = alignments.get(attributes.get('align')?.toLowerCase() ?? '')
  if (align && name !== 'table') look.align = align
  const face = name === 'font' ? attributes.get('face') : undefined
  if (face !== undefined) look.font = hintOfFont(firstFamily(face))
  if (attributes.has('hidden')) look.hidden = true
  // Word marks the place of a footnote; on paper it is a raised figure, amid the text it would be a number.
  if (/^MsoFootnoteReference$/i.test(attributes.get('class') ?? '')) look.hidden = true
  const style = attributes.get('style')
  if (style !== undefined) takeStyle(look, style, name)
  return look
}

// A style that is longer describes nothing that is read here.
const longestStyle = 4000

function takeStyle(look: HtmlLook, style: string, tag: string): void {
  for (const declaration of style.slice(0, longestStyle).split(';')) {
    const colon = declaration.indexOf(':')
    if (colon < 0) continue
    const value = declaration
      .slice(colon + 1)
      .trim()
      .toLowerCase()
    switch (declaration.slice(0, colon).trim().toLowerCase()) {
      case 'font-weight':
        look.bold = value.startsWith('bold') || Number.parseInt(value, 10) >= 600
        break
      case 'font-style':
        look.italic = value.startsWith('italic') || value.startsWith('oblique')
        break
      case 'text-transform':
        look.capitals = value.startsWith('uppercase')
        break
      case 'text-align': {
        const align = alignments.get(value)
        if (align && tag !== 'table') look.align = align
        break
      }
      case 'font-family':
        look.font = hintOfFont(firstFamily(value))
        break
      case 'white-space':
        look.keepsSpace = value.startsWith('pre')
        break
      case 'display':
        if (value === 'none') look.hidden = true
        break
      case 'visibility':
        if (value === 'hidden') look.hidden = true
        break
      case 'mso-hide':
        if (value === 'all') look.hidden = true
        break
      case 'mso-element': {
        const part = wordParts.get(value)
        if (part) look.part = part
        break
      }
    }
  }
}

/** Word's web pages name the parts of the paper. */
const wordParts = new Map<string, Paragraph['part']>([
  ['header', 'header'],
  ['footer', 'footer'],
  ['footnote', 'footnote'],
  ['footnote-list', 'footnote'],
  ['endnote', 'footnote'],
])

function firstFamily(families: string): string {
  return (families.split(',')[0] ?? '').replace(/["']/g, '').trim()
}

/** Whether a style draws lines: true, false, or undefined where it says nothing. */
export function drawsBorder(style: string | undefined): boolean | undefined {
  const said = style
    ?.slice(0, longestStyle)
    .match(/border(?:-(?:left|right|top|bottom))?(?:-style)?\s*:[^;]*/gi)
  if (!said) return undefined
  return said.some((line) => /solid|double|dotted|dashed|windowtext|inset|outset/i.test(line))
}
