import type { PaperFigure, PaperLine, PaperPart } from './schema.ts'

/**
 * The words of a section as plain text, and back. An officer edits plain text, one paragraph a line; figures are
 * found again in what they typed, so that a number that was left alone still opens its rows, and one that was typed
 * over is known as typed.
 */
export function textOf(lines: readonly PaperLine[]): string {
  return lines.map(textOfLine).join('\n')
}

export function textOfLine({ bullet, parts }: PaperLine): string {
  const words = parts.map((part) => ('figure' in part ? part.value : part.text)).join('')
  return bullet ? `- ${words}` : words
}

interface Token {
  text: string
  /** Where it stands in its text. */
  at: number
  figure: PaperFigure | null
}

// A day, a number with its sign of per cent, a word, or any other mark; spaces lie between.
const tokenForm = /\d{1,2}\/\d{1,2}\/\d{4}|\d[\d.,]*\d%?|\d%?|[\p{L}\p{M}]+|[^\s]/gu
const numberForm = /^\d/

/** The lines of what was typed, with the figures of `before` found again in it. */
export function linesFrom(typed: string, before: readonly PaperLine[]): PaperLine[] {
  const text = typed.replaceAll('\r\n', '\n').normalize('NFC')
  const found = findFigures(tokensOf(before), tokensIn(text))
  const lines: PaperLine[] = []
  let start = 0
  for (const raw of text.split('\n')) {
    const mark = /^\s*(?:[-–+•]\s+)?/u.exec(raw)?.[0] ?? ''
    const from = start + mark.length
    const to = start + raw.trimEnd().length
    start += raw.length + 1
    if (to <= from) continue
    lines.push({ bullet: mark.trim() !== '', parts: partsBetween(text, from, to, found) })
  }
  return lines
}

function tokensIn(text: string): Token[] {
  return Array.from(text.matchAll(tokenForm), (match) => ({ text: match[0], at: match.index, figure: null }))
}

function tokensOf(lines: readonly PaperLine[]): Token[] {
  return lines.flatMap(({ parts }) =>
    parts.flatMap((part) =>
      'figure' in part ? [{ text: part.value, at: 0, figure: part }] : tokensIn(part.text),
    ),
  )
}

/** Beyond this many comparisons only what stands before and behind the change is followed. */
const mostComparisons = 4_000_000

/** Which tokens of the new text are figures, by where they stand. */
function findFigures(before: Token[], after: Token[]): Map<number, PaperFigure> {
  const found = new Map<number, PaperFigure>()
  let head = 0
  while (head < before.length && head < after.length && before[head]?.text === after[head]?.text) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail]?.text === after[after.length - 1 - tail]?.text
  )
    tail++
  for (let at = 0; at < head; at++) keepFigure(found, before[at], after[at])
  for (let at = 1; at <= tail; at++) keepFigure(found, before[before.length - at], after[after.length - at])
  matchMiddle(found, before.slice(head, before.length - tail), after.slice(head, after.length - tail))
  return found
}

function keepFigure(found: Map<number, PaperFigure>, old: Token | undefined, now: Token | undefined): void {
  if (old?.figure && now) found.set(now.at, { ...old.figure, value: now.text })
}

/** Between what is the same before and behind: the longest common run of tokens, then numbers in the gaps. */
function matchMiddle(found: Map<number, PaperFigure>, before: Token[], after: Token[]): void {
  const pairs = before.length * after.length > mostComparisons ? [] : longestCommon(before, after)
  let [i, j] = [0, 0]
  for (const [nextI, nextJ] of [...pairs, [before.length, after.length] as const]) {
    // A figure that isn't there any more was typed over by the number that stands in its place, if one does.
    const gone = before.slice(i, nextI).filter(({ figure }) => figure)
    const numbers = after.slice(j, nextJ).filter(({ text }) => numberForm.test(text))
    for (const [at, old] of gone.entries()) keepFigure(found, old, numbers[at])
    keepFigure(found, before[nextI], after[nextJ])
    ;[i, j] = [nextI + 1, nextJ + 1]
  }
}

function longestCommon(before: readonly Token[], after: readonly Token[]): (readonly [number, number])[] {
  const width = after.length + 1
  const lengths = new Uint16Array((before.length + 1) * width)
  const lengthAt = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        before[i]?.text === after[j]?.text
          ? lengthAt(i + 1, j + 1) + 1
          : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1))
  const pairs: (readonly [number, number])[] = []
  let [i, j] = [0, 0]
  while (i < before.length && j < after.length) {
    if (before[i]?.text === after[j]?.text) {
      pairs.push([i, j])
      i++
      j++
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i++
    else j++
  }
  return pairs
}

function partsBetween(text: string, from: number, to: number, found: Map<number, PaperFigure>): PaperPart[] {
  const parts: PaperPart[] = []
  let at = from
  for (const [start, figure] of [...found]
    .filter(([key]) => key >= from && key < to)
    .sort(([a], [b]) => a - b)) {
    if (start > at) parts.push({ text: text.slice(at, start) })
    parts.push(figure)
    at = start + figure.value.length
  }
  if (at < to) parts.push({ text: text.slice(at, to) })
  return parts
}
