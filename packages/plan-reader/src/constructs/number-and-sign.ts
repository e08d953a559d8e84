import { findDocumentNumbers, tidyNumber } from '@trienkhai/vietnamese/document-number.ts'
import { type Line, type Words, wordsOf } from '../lines/line.ts'

export interface NumberAndSign {
  /** Null where it is blank or cannot be read. */
  number: string | null
  words: Words
}

/**
 * The line of number and sign: `Số 21-KH/ĐU`, `Số: 15/QĐ-UBND`, `Số:      /KH-UBND` (blank). A number that a
 * scanner turned into letters (`Số: JAC/KH-…`) cannot be read, and is not guessed.
 */
export function readNumberLine(line: Line): NumberAndSign | undefined {
  const lead = /^(?:so|s6|s0)\s*[:.]?\s*(?=[\d/\-–.…_]|[a-z]{1,4}\s*\/|$)/.exec(line.key)
  if (!lead || line.text.length > 160) return undefined
  const rest = line.text.slice(lead[0].length)
  // "Số: 117 /2000/TT-BTC", "Số 08-KH/ ĐU": spaces around the signs belong to print, not to the number.
  const close = rest.replace(/\s*([/\-–])\s*/gu, '$1')
  const [found] = findDocumentNumbers(close)
  if (found && found.start === 0) {
    const end = lead[0].length + printedLength(rest, found.end)
    return { number: tidyNumber(found.number), words: wordsOf(line, 0, end) }
  }
  const sign = /^[\s._…]*(?:[A-Z]{1,4}\s*)?[/\-–]\s*[\p{Lu}]/u.test(rest)
  if (sign || /^[\s._…]*$/u.test(rest)) return { number: null, words: wordsOf(line) }
  const plain = /^(\d{1,5})\s*(?:$|,)/u.exec(rest)
  if (plain) return { number: plain[1] ?? null, words: wordsOf(line) }
  return undefined
}

/** How much of the print the first letters of its close form take. */
function printedLength(printed: string, closeLength: number): number {
  let at = 0
  for (let left = closeLength; left > 0 && at < printed.length; at++)
    if (!/\s/u.test(printed.charAt(at))) left--
  return at
}
