import type { Paragraph } from '../source-document.ts'
import type { XmlAttributes } from './xml-stream.ts'

/** What a paragraph (`w:pPr`), or a style for it, says itself; undefined where it leaves it to its style. */
export interface ParagraphProperties {
  style?: string
  numId?: string
  level?: number
  align?: Paragraph['align']
  /** 0–8 for a heading; 9 is body text. */
  outline?: number
}

/** What a run (`w:rPr`), or a style for it, says itself. */
export interface RunProperties {
  style?: string
  bold?: boolean
  italic?: boolean
  capitals?: boolean
  hidden?: boolean
  font?: string
}

/** Takes in an element found in `w:pPr`. */
export function takeParagraphProperty(
  properties: ParagraphProperties,
  name: string,
  attributes: XmlAttributes,
): void {
  const value = attributes['w:val']
  switch (name) {
    case 'w:pStyle':
      if (value !== undefined) properties.style = value
      break
    case 'w:numId':
      if (value !== undefined) properties.numId = value
      break
    case 'w:ilvl':
      properties.level = readLevel(value)
      break
    case 'w:jc': {
      const align = value === undefined ? undefined : alignments.get(value)
      if (align) properties.align = align
      break
    }
    case 'w:outlineLvl':
      properties.outline = readLevel(value)
      break
  }
}

/** Takes in an element found in `w:rPr`. */
export function takeRunProperty(properties: RunProperties, name: string, attributes: XmlAttributes): void {
  switch (name) {
    case 'w:rStyle': {
      const style = attributes['w:val']
      if (style !== undefined) properties.style = style
      break
    }
    case 'w:b':
      properties.bold = isOn(attributes)
      break
    case 'w:i':
      properties.italic = isOn(attributes)
      break
    case 'w:caps':
      properties.capitals = isOn(attributes)
      break
    case 'w:vanish':
      properties.hidden = isOn(attributes)
      break
    case 'w:rFonts': {
      const font = attributes['w:ascii'] ?? attributes['w:hAnsi']
      if (font !== undefined) properties.font = font
      break
    }
  }
}

const alignments = new Map<string, Paragraph['align']>([
  ['left', 'left'],
  ['start', 'left'],
  ['center', 'center'],
  ['right', 'right'],
  ['end', 'right'],
  ['both', 'justify'],
  ['distribute', 'justify'],
  ['thaiDistribute', 'justify'],
])

/** A switch such as `<w:b/>`: on unless it says otherwise. */
export function isOn(attributes: XmlAttributes): boolean {
  const value = attributes['w:val']
  return value === undefined || !(value === '0' || value === 'false' || value === 'off' || value === 'none')
}

/** List and outline levels run from 0 to 8 (9 is body text); anything else is damage, and taken as the nearest. */
export function readLevel(value: string | undefined): number {
  const level = Number.parseInt(value ?? '', 10)
  return Number.isNaN(level) ? 0 : Math.min(Math.max(level, 0), 9)
}

/** A whole number of the file's, kept within what can be counted with. */
export function readCount(value: string | undefined, fallback: number, largest = 1_000_000): number {
  const count = Number.parseInt(value ?? '', 10)
  return Number.isNaN(count) ? fallback : Math.min(Math.max(count, 0), largest)
}
