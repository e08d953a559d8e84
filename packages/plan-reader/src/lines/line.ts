import { foldInPlace } from '@trienkhai/vietnamese/fold.ts'
import type { Paragraph, Span } from '../source-document.ts'

/** A run of a line's text that stands in the source without a break. */
export interface Piece {
  /** Offset in {@link Line.text}. */
  at: number
  /** Offset in the source. */
  start: number
  /** Whether a tab or three spaces stand before it: perhaps a column. */
  wide?: boolean
}

/**
 * One line of the document as a person reads it: white space collapsed, a sentence broken over lines or pages
 * joined. Every offset leads back to the source through its pieces.
 */
export interface Line {
  text: string
  /** {@link foldInPlace} of the text: offsets in it are offsets in the text. */
  key: string
  pieces: Piece[]
  /** Whether an empty line stands before it. */
  gap: boolean
  bold: boolean
  italic: boolean
  centred: boolean
  heading: boolean
  /** Where a bold beginning of it ends, in the source; undefined where there is none. */
  boldLeadEnd?: number
  /** The column of a layout table that it stands in; 0 elsewhere. */
  column: number
}

/** Words of the document, on one line, and where they stand. */
export interface Words {
  text: string
  spans: Span[]
}

const space = /\s/
const run = /[^\s]+(?:[ \u00a0](?=[^\s]))?/g

/** A line of a stretch of the source; undefined where there is nothing but white space. */
export function makeLine(
  source: string,
  span: Span,
  from?: Partial<Paragraph>,
  gap = false,
): Line | undefined {
  const raw = source.slice(span[0], span[1])
  let text = ''
  const pieces: Piece[] = []
  let next = -1
  for (const match of raw.matchAll(run)) {
    if (match.index !== next) {
      if (text !== '' && !text.endsWith(' ')) text += ' '
      const gap = next < 0 ? '' : raw.slice(next, match.index)
      const wide = gap.includes('\t') || gap.length >= 3
      pieces.push({ at: text.length, start: span[0] + match.index, ...(wide && { wide }) })
    }
    text += match[0].replace('\u00a0', ' ')
    next = match.index + match[0].length
  }
  if (text === '') return undefined
  return {
    text,
    key: foldInPlace(text),
    pieces,
    gap,
    bold: from?.bold ?? false,
    italic: from?.italic ?? false,
    centred: from?.align === 'center',
    heading: from?.heading !== undefined,
    ...(from?.boldLeadEnd !== undefined && { boldLeadEnd: from.boldLeadEnd }),
    column: 0,
  }
}

/** Two lines as one sentence. */
export function joinLines(first: Line, second: Line): Line {
  const at = first.text.length + 1
  return {
    ...first,
    text: `${first.text} ${second.text}`,
    key: `${first.key} ${second.key}`,
    pieces: [...first.pieces, ...second.pieces.map((piece) => ({ ...piece, at: piece.at + at }))],
    bold: first.bold && second.bold,
  }
}

/** Where `[from, to)` of a line stands in the source, in reading order. */
export function spansOf(line: Line, from = 0, to = line.text.length): Span[] {
  const spans: [number, number][] = []
  for (let index = pieceAt(line, from); index < line.pieces.length; index++) {
    const piece = line.pieces[index]
    if (!piece || piece.at >= to) break
    const end = line.pieces[index + 1]?.at ?? line.text.length
    const first = Math.max(from, piece.at)
    const last = Math.min(to, end)
    if (first >= last) continue
    const start = piece.start + first - piece.at
    const stop = piece.start + last - piece.at
    const before = spans.at(-1)
    // A run of spaces inside a line is no break worth pointing at.
    if (before && start >= before[1] && start - before[1] < 12) before[1] = stop
    else spans.push([start, stop])
  }
  return spans
}

/** The index of the piece that an offset stands in. */
function pieceAt(line: Line, offset: number): number {
  let low = 0
  let high = line.pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((line.pieces[middle]?.at ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** The words of `[from, to)` of a line, trimmed. */
export function wordsOf(line: Line, from = 0, to = line.text.length): Words {
  let first = from
  let last = Math.min(to, line.text.length)
  while (first < last && space.test(line.text.charAt(first))) first++
  while (last > first && space.test(line.text.charAt(last - 1))) last--
  return { text: line.text.slice(first, last), spans: spansOf(line, first, last) }
}

/** Words that stand in several places, read as one. */
export function joinWords(parts: readonly Words[], separator = ' '): Words {
  return {
    text: parts.map((part) => part.text).join(separator),
    spans: parts.flatMap((part) => part.spans),
  }
}

/** Part of a line as a line of its own, its places kept. */
export function sliceLine(line: Line, from: number, to = line.text.length): Line {
  let first = from
  let last = to
  while (first < last && space.test(line.text.charAt(first))) first++
  while (last > first && space.test(line.text.charAt(last - 1))) last--
  const pieces: Piece[] = []
  for (let index = pieceAt(line, first); index < line.pieces.length; index++) {
    const piece = line.pieces[index]
    if (!piece || piece.at >= last) break
    const at = Math.max(piece.at, first)
    pieces.push({
      at: at - first,
      start: piece.start + at - piece.at,
      ...(piece.wide && at === piece.at && { wide: true }),
    })
  }
  return { ...line, text: line.text.slice(first, last), key: line.key.slice(first, last), pieces }
}

/** Whether most of its letters are capitals, as in the lines of a head. */
export function isCapitals(text: string): boolean {
  const [allUpper, allLower] = [text.toUpperCase(), text.toLowerCase()]
  let upper = 0
  let lower = 0
  // A few signs change their length with their case (ß); where one stands, counting is off by a letter or two.
  for (let at = 0; at < text.length; at++) {
    const up = allUpper.charCodeAt(at)
    if (up === allLower.charCodeAt(at)) continue
    if (text.charCodeAt(at) === up) upper++
    else lower++
  }
  return upper > 0 && lower <= upper * 0.12
}

/** How many words a text has. */
export function countWords(text: string): number {
  let count = 0
  let inside = false
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    const white = letter === 32 || letter === 160 || letter === 9
    if (!white && !inside) count++
    inside = !white
  }
  return count
}

/** Drops the marks that end an item: `;`, `./.`, `,`. */
export function withoutTail(words: Words): Words {
  const kept = words.text.replace(/[\s;,.:/]+$/u, '')
  return kept.length === words.text.length ? words : shorten(words, kept.length)
}

function shorten(words: Words, length: number): Words {
  const text = words.text.slice(0, length)
  const drop = words.text.length - length
  const spans = words.spans.map((span) => span)
  const last = spans.pop()
  if (last && last[1] - drop > last[0]) spans.push([last[0], last[1] - drop])
  else if (last) spans.push(last)
  return { text, spans }
}

/** The clauses of a line: parted at semicolons and full stops that stand outside brackets. */
export function clausesOf(line: Line): Line[] {
  const clauses: Line[] = []
  let start = 0
  let depth = 0
  for (let at = 0; at < line.text.length; at++) {
    const letter = line.text.charAt(at)
    if (letter === '(') depth++
    else if (letter === ')') depth = Math.max(0, depth - 1)
    const stops = letter === ';' || (letter === '.' && /^\.\s+\p{Lu}/u.test(line.text.slice(at, at + 4)))
    if (!stops || depth > 0) continue
    clauses.push(sliceLine(line, start, at))
    start = at + 1
  }
  clauses.push(start === 0 ? line : sliceLine(line, start))
  return clauses.filter((clause) => clause.text !== '')
}
