import type { TextLine } from './text-marks.ts'

export type TextTable = 'piped' | 'tabbed'

const separator = /^(?=.*(?:--|:-|-:))\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/u

/**
 * Which kind of table a line belongs to. A pipe row is one by itself; rows set by tabs need a neighbour of the
 * same number of columns, three or more, or a table that is already open (`before` is its first row).
 */
export function tableKind(lines: readonly TextLine[], at: number, before?: TextLine): TextTable | undefined {
  const line = lines[at]
  if (!line) return undefined
  if (line.piped || (before?.piped && separator.test(line.text) && line.text.includes('|'))) return 'piped'
  if (isBareRow(lines, at, before)) return 'piped'
  const tabs = tabCount(line)
  if (tabs === 0) return undefined
  if (before) return !before.piped && tabs <= tabCount(before) + 1 ? 'tabbed' : undefined
  const next = lines[at + 1]
  if (!next || next.piped) return undefined
  return tabs >= 2 && tabCount(next) >= 1 ? 'tabbed' : undefined
}

/**
 * `1 | Rà soát | Sở Nội vụ`: rows whose outer pipes a copy left out, one of three cells or more beside another of
 * as many, empty lines between them or not.
 */
function isBareRow(lines: readonly TextLine[], at: number, before?: TextLine): boolean {
  const pipes = pipeCount(lines[at])
  if (pipes < 2) return false
  if (before) return pipeCount(before) === pipes
  return pipeCount(lines[nextWritten(lines, at + 1)]) === pipes
}

function pipeCount(line: TextLine | undefined): number {
  return line && !line.piped ? line.text.split(/ \| /u).length - 1 : 0
}

/** The next line at or after a place that has words. */
export function nextWritten(lines: readonly TextLine[], from: number): number {
  let at = from
  while (at < lines.length && lines[at]?.text.trim() === '') at++
  return at
}

function tabCount(line: TextLine): number {
  if (!line.text.includes('\t')) return 0
  const inner = line.text.replace(/^[ \t]+/u, '')
  let count = 0
  for (const letter of inner) if (letter === '\t') count++
  // Leading tabs are indents in running text, but an empty first cell in a table.
  return count
}

const mostColumns = 60

/** The cells of a row; undefined for the line that only draws the table's rule. No paper has more than sixty. */
export function splitCells(text: string, kind: TextTable): string[] | undefined {
  if (kind === 'tabbed') return text.split('\t', mostColumns).map((cell) => cell.trim())
  if (separator.test(text)) return undefined
  const inner = text.trim().replace(/^\|/u, '').replace(/\|$/u, '')
  return inner.split(/(?<!\\)\|/u, mostColumns).map((cell) => cell.trim())
}
