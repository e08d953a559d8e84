import type { Paragraph, SourceDocument, Table } from '../source-document.ts'
import { splitColumns } from './columns.ts'
import { isFurniture } from './furniture.ts'
import { joinBroken } from './joining.ts'
import { joinLines, type Line, makeLine } from './line.ts'

/** The document in reading order: lines, and the tables that are content. */
export type Entry = { type: 'line'; line: Line } | { type: 'table'; table: Grid }

/** A table whose cells are lines; a merged cell shows the words of where it starts. */
export interface Grid {
  rows: GridCell[][]
  headRows: number
}

export interface GridCell {
  lines: Line[]
  /** All its lines as one; undefined for an empty cell. */
  line: Line | undefined
  /** Whether it only continues a merged cell from the row above. */
  continued: boolean
}

/** Turns blocks into lines with places. Head and foot laid out in columns come column by column. */
export function makeFlow(source: SourceDocument): Entry[] {
  const flow: Entry[] = []
  let paragraphs: Line[] = []
  let ended = 0
  const flush = () => {
    for (const line of joinBroken(splitColumns(paragraphs))) flow.push({ type: 'line', line })
    paragraphs = []
  }
  for (const block of source.blocks) {
    const gap = source.text.slice(ended, block.span[0]).split('\n').length > 2
    ended = block.span[1]
    if (block.type === 'paragraph') {
      for (const part of boundedParts(source, block)) {
        const line = lineOf(source, part, gap)
        if (line && !isFurniture(line)) paragraphs.push(line)
      }
    } else if (isLayout(source, block)) {
      flush()
      for (const line of layoutLines(source, block)) flow.push({ type: 'line', line })
    } else {
      flush()
      flow.push({ type: 'table', table: makeGrid(source, block) })
    }
  }
  flush()
  return flow
}

const longestParagraph = 8000

/** A paragraph longer than any office writes is read in parts, so that no rule works on a text without end. */
function boundedParts(source: SourceDocument, paragraph: Paragraph): Paragraph[] {
  const [start, end] = paragraph.span
  if (end - start <= longestParagraph) return [paragraph]
  const parts: Paragraph[] = []
  for (let from = start; from < end; ) {
    const far = Math.min(end, from + longestParagraph)
    const space = far < end ? source.text.lastIndexOf(' ', far) : -1
    const to = space > from + longestParagraph / 2 ? space : far
    parts.push({ ...paragraph, span: [from, to] })
    from = to
  }
  return parts
}

function lineOf(source: SourceDocument, paragraph: Paragraph, gap: boolean): Line | undefined {
  if (paragraph.part === 'header' || paragraph.part === 'footer' || paragraph.part === 'footnote') return
  // A drawn rule that ran into the first basis: "-----Căn cứ …".
  const rule = /^\s*[-–_*=]{4,}(?=\s*\p{L})/u.exec(
    source.text.slice(paragraph.span[0], Math.min(paragraph.span[1], paragraph.span[0] + 200)),
  )
  const from = paragraph.span[0] + (rule ? rule[0].length : 0)
  return makeLine(source.text, [from, paragraph.span[1]], paragraph, gap)
}

const layoutCue =
  /cong hoa xa hoi chu nghia|dang cong san viet nam|doc lap\s*-\s*tu do|noi nhan\s*:|\b(?:t\/m|tm\.|kt\.|tl\.|k\/t|t\/l)\s+\p{L}/u
const contentHead = /\b(?:stt|tt|noi dung|nhiem vu|chu tri|phoi hop|san pham|ghi chu)\b/

/** Whether a table only sets the head or the foot in columns. */
function isLayout(source: SourceDocument, table: Table): boolean {
  const columns = table.rows[0]?.length ?? 0
  if (columns <= 1) return true
  const probe = makeLine(source.text, [table.span[0], Math.min(table.span[1], table.span[0] + 1500)])
  if (!probe) return true
  const first = table.rows[0]?.map((cell) => source.text.slice(cell.span[0], cell.span[1])).join(' | ') ?? ''
  const firstKey = makeLine(first, [0, first.length])?.key ?? ''
  if (contentHead.test(firstKey) && !layoutCue.test(firstKey)) return false
  if (table.layout && columns <= 3) return true
  return columns <= 5 && layoutCue.test(probe.key)
}

function layoutLines(source: SourceDocument, table: Table): Line[] {
  const columns = table.rows[0]?.length ?? 0
  const lines: Line[] = []
  for (let column = 0; column < columns; column++)
    for (const row of table.rows) {
      const cell = row[column]
      if (!cell || cell.mergedWith) continue
      const inside: Line[] = []
      for (const paragraph of cell.paragraphs.flatMap((own) => boundedParts(source, own))) {
        const line = lineOf(source, paragraph, false)
        if (line) inside.push({ ...line, column })
      }
      lines.push(...splitColumns(inside))
    }
  return lines
}

function makeGrid(source: SourceDocument, table: Table): Grid {
  const rows: GridCell[][] = []
  table.rows.forEach((row, rowAt) => {
    const cells: GridCell[] = []
    row.forEach((cell) => {
      if (cell.mergedWith) {
        const [fromRow, fromColumn] = cell.mergedWith
        const origin = fromRow === rowAt ? cells[fromColumn] : rows[fromRow]?.[fromColumn]
        // Down a column the words hold for each row; along a row they are said once.
        if (origin && fromRow < rowAt) cells.push({ ...origin, continued: true })
        else cells.push({ lines: [], line: undefined, continued: true })
        return
      }
      const lines = cell.paragraphs
        .flatMap((paragraph) => boundedParts(source, paragraph).slice(0, 1))
        .flatMap((paragraph) => lineOf(source, paragraph, false) ?? [])
      const line = lines.length > 0 ? lines.reduce(joinLines) : undefined
      cells.push({ lines, line, continued: false })
    })
    rows.push(cells)
  })
  return { rows, headRows: table.headRows ?? 0 }
}
