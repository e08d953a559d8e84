import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts, PDFDocument, type SKRSContext2D } from '@napi-rs/canvas'

/**
 * Writes PDFs for tests, as an office's word processor would: A4, Times metrics, two-column heads, justified
 * paragraphs that run over pages, ruled tables. Places are points from the top left.
 */

const require = createRequire(import.meta.url)
const faces = [
  require.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'),
  require.resolve('@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf'),
  require.resolve('@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf'),
  require.resolve('@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf'),
]
for (const face of faces) GlobalFonts.registerFromPath(face, 'Tinos')

export interface TextStyle {
  size?: number
  bold?: boolean
  italic?: boolean
  align?: 'left' | 'center' | 'right'
}

export interface Sheet {
  context: SKRSContext2D
  text: (x: number, baseline: number, text: string, style?: TextStyle) => void
  /** Draws a justified paragraph and returns the baseline under it. */
  paragraph: (text: string, box: ParagraphBox) => number
  rule: (x1: number, y1: number, x2: number, y2: number) => void
}

export interface ParagraphBox extends TextStyle {
  x: number
  baseline: number
  width: number
  indent?: number
  lineHeight?: number
  /** Stops after so many lines and gives back what is left, for a paragraph that goes on over the page. */
  lines?: number
}

export interface FixturePage {
  width?: number
  height?: number
  draw: (sheet: Sheet) => void
}

/** A PDF with a text layer. */
export function writePdf(pages: readonly FixturePage[]): Uint8Array {
  const document = new PDFDocument({ title: 'fixture' })
  for (const { width = 595, height = 842, draw } of pages) {
    draw(openSheet(beginPage(document, width, height)))
    document.endPage()
  }
  return document.close()
}

/** A PDF of pictures, as a scanner makes it. */
export function writeScan(pages: readonly FixturePage[], dpi: number): Uint8Array {
  const document = new PDFDocument({ title: 'scan' })
  const scale = dpi / 72
  for (const { width = 595, height = 842, draw } of pages) {
    const canvas = createCanvas(Math.round(width * scale), Math.round(height * scale))
    const context = canvas.getContext('2d')
    context.fillStyle = '#f4f2ec'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.scale(scale, scale)
    draw(openSheet(context))
    beginPage(document, width, height).drawImage(canvas, 0, 0, width, height)
    document.endPage()
  }
  return document.close()
}

/** The library's own types name the browser's context here; what comes is its own. */
const beginPage = (document: PDFDocument, width: number, height: number): SKRSContext2D =>
  document.beginPage(width, height) as unknown as SKRSContext2D

export const fontOf = ({ size = 14, bold = false, italic = false }: TextStyle): string =>
  `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${size}px Tinos`

function openSheet(context: SKRSContext2D): Sheet {
  context.fillStyle = '#101010'
  context.strokeStyle = '#101010'
  context.lineWidth = 0.6
  const text: Sheet['text'] = (x, baseline, words, style = {}) => {
    context.font = fontOf(style)
    context.textAlign = style.align ?? 'left'
    context.fillText(words, x, baseline)
  }
  return {
    context,
    text,
    paragraph: (words, box) => drawParagraph(context, words, box),
    rule: (x1, y1, x2, y2) => {
      context.beginPath()
      context.moveTo(x1, y1)
      context.lineTo(x2, y2)
      context.stroke()
    },
  }
}

/** The lines into which a text falls at a width. */
export function breakLines(context: SKRSContext2D, text: string, width: number, indent: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    const room = lines.length === 0 ? width - indent : width
    if (line !== '' && context.measureText(longer).width > room) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

function drawParagraph(context: SKRSContext2D, text: string, box: ParagraphBox): number {
  const { x, width, indent = 28, lineHeight = 18 } = box
  context.font = fontOf(box)
  context.textAlign = 'left'
  const lines = breakLines(context, text, width, indent)
  let baseline = box.baseline
  lines.forEach((line, at) => {
    const left = at === 0 ? x + indent : x
    if (at === lines.length - 1) context.fillText(line, left, baseline)
    else drawJustified(context, line, left, baseline, x + width - left)
    baseline += lineHeight
  })
  return baseline + 4
}

function drawJustified(
  context: SKRSContext2D,
  line: string,
  x: number,
  baseline: number,
  width: number,
): void {
  const words = line.split(' ')
  const bare = words.reduce((sum, word) => sum + context.measureText(word).width, 0)
  const gap = words.length > 1 ? (width - bare) / (words.length - 1) : 0
  let at = x
  for (const word of words) {
    context.fillText(word, at, baseline)
    at += context.measureText(word).width + gap
  }
}
