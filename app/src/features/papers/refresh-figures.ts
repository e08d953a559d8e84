import { addresseesOf } from './draft-reminder.ts'
import { type FigureKey, findFigure, type PlanFigures } from './figures.ts'
import { drawTable } from './paper-tables.ts'
import type { FigureChange, PaperContent, PaperPart, PaperTable, TableKey } from './schema.ts'
import { textOf } from './written-words.ts'

export interface Refreshed {
  content: PaperContent
  changes: FigureChange[]
  /** Tables of which at least one cell is another now. */
  tables: TableKey[]
}

/**
 * The paper with the figures of another day: words stay as they are, a number that was typed stays as typed (and
 * is told of), tables are drawn again. A section whose figures changed counts as changed at `version`.
 */
export function refreshFigures(content: PaperContent, figures: PlanFigures, version: number): Refreshed {
  const changes = new Map<FigureKey, FigureChange>()
  const tables: TableKey[] = []
  const refreshPart = (part: PaperPart): PaperPart => {
    if (!('figure' in part)) return part
    const after = findFigure(part.figure)?.print(figures)
    if (after === undefined || after === part.counted) return part
    const isTyped = part.value !== part.counted
    const known = changes.get(part.figure)
    changes.set(part.figure, {
      figure: part.figure,
      before: part.counted,
      after,
      typed: isTyped ? part.value : (known?.typed ?? null),
    })
    return { figure: part.figure, value: isTyped ? part.value : after, counted: after }
  }
  const sections = content.sections.map((section) => {
    const told = changes.size
    const lines = section.lines.map((line) => ({ ...line, parts: line.parts.map(refreshPart) }))
    const table = section.table && drawTable(section.table.key, section.table.annex, figures)
    const isTableChanged = table !== null && wordsOf(table) !== wordsOf(section.table)
    if (isTableChanged) tables.push(table.key)
    const isChanged = changes.size > told || textOf(lines) !== textOf(section.lines)
    return isChanged || isTableChanged
      ? { ...section, lines, base: null, table, version }
      : { ...section, lines }
  })
  const { addressees } = content.head
  const head = addressees.drafted
    ? { ...content.head, addressees: { names: addresseesOf(figures), drafted: true } }
    : content.head
  return { content: { ...content, head, sections }, changes: [...changes.values()], tables }
}

/** All that a table says; the order of keys in a kept row says nothing. */
const wordsOf = (table: PaperTable | null): string =>
  JSON.stringify([table?.more, table?.rows.map((row) => row.map(({ text, opens }) => [text, opens ?? null]))])
