import { styleText } from 'node:util'

export interface Column {
  title: string
  /** Its part of the width that is left to share, beside the other columns'. */
  share: number
}

const gap = 2
const narrowest = 8

/** A table of wrapped cells for the terminal, `width` letters wide, head in bold. */
export function printTable(columns: Column[], rows: string[][], width: number): string {
  const widths = shareWidth(columns, rows, width)
  const head = columns.map((column) => column.title)
  const printed = [printRow(head, widths).map((line) => styleText('bold', line))]
  printed.push([styleText('dim', widths.map((each) => '─'.repeat(each)).join(' '.repeat(gap)))])
  for (const row of rows) printed.push(printRow(row, widths))
  return `${printed.flat().join('\n')}\n`
}

/** Columns that need less than their share keep what they need; the others share the rest. */
function shareWidth(columns: Column[], rows: string[][], width: number): number[] {
  const needs = columns.map((column, at) =>
    Math.max(column.title.length, ...rows.map((row) => longestLine(row[at] ?? ''))),
  )
  const room = width - gap * (columns.length - 1)
  const widths = columns.map(() => 0)
  let left = room
  let open = columns.map((_, at) => at)
  for (;;) {
    const shares = open.reduce((sum, at) => sum + (columns[at]?.share ?? 0), 0)
    const settled = open.filter((at) => (needs[at] ?? 0) <= (left * (columns[at]?.share ?? 0)) / shares)
    if (settled.length === 0 || settled.length === open.length) {
      for (const at of open) {
        const share = Math.floor((left * (columns[at]?.share ?? 0)) / shares)
        widths[at] = Math.max(narrowest, Math.min(needs[at] ?? 0, share))
      }
      return widths
    }
    for (const at of settled) {
      widths[at] = needs[at] ?? 0
      left -= widths[at] ?? 0
    }
    open = open.filter((at) => !settled.includes(at))
  }
}

const longestLine = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))

function printRow(cells: string[], widths: number[]): string[] {
  const wrapped = widths.map((width, at) => wrap(cells[at] ?? '', width))
  const height = Math.max(...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, at) => (wrapped[at]?.[line] ?? '').padEnd(width))
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}

/** Breaks text at its spaces into lines of at most `width` letters; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(/\s+/)) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line)
        line = ''
      }
      line = line === '' ? word : `${line} ${word}`
      while (line.length > width) {
        lines.push(line.slice(0, width))
        line = line.slice(width)
      }
    }
    lines.push(line)
  }
  return lines
}
