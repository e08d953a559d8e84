import type { Grid, GridCell } from '../lines/flow.ts'
import { joinWords, type Line, type Words, wordsOf } from '../lines/line.ts'
import { splitBodies } from './bodies.ts'
import { findHours } from './date-words.ts'
import { readDeadlineCell } from './deadline.ts'
import type { DeadlineContext } from './deadline-period.ts'
import type { TaskRead } from './task-read.ts'

export type ColumnRole =
  | 'number'
  | 'text'
  | 'lead'
  | 'with'
  | 'time'
  | 'product'
  | 'note'
  | 'follow'
  | 'place'
  | 'other'

const roles: readonly (readonly [RegExp, ColumnRole])[] = [
  [/^(?:stt|tt|so tt|so thu tu|s\.?t\.?t|t\/t)\.?$/, 'number'],
  [/ghi chu/, 'note'],
  [/phoi hop/, 'with'],
  [/theo doi|don doc|giam sat|chi dao|lanh dao phu trach/, 'follow'],
  [/san pham|ket qua|dau ra/, 'product'],
  [
    /thoi gian|tien do|thoi han|han hoan thanh|^hoan thanh$|^han$|thoi diem|lo trinh|^ngay\b|^thang\b|^gio\b/,
    'time',
  ],
  [/dia diem|^noi (?:to chuc|thuc hien)/, 'place'],
  [
    /chu tri|nguoi (?:thuc hien|phu trach|dam nhiem|chiu)|phu trach|don vi (?:thuc hien|duoc giao|chiu)|co quan (?:thuc hien|tham muu)|trach nhiem|phan cong(?! nhiem vu)|dau moi|don vi,? ca nhan|bo phan (?:thuc hien|phu trach)|^thuc hien$|thanh phan thuc hien|luc luong|^don vi$|ca nhan|chu the/,
    'lead',
  ],
  [/nhiem vu|cong viec|noi dung|hoat dong|ten viec|dau viec|hang muc|giai phap|viec can lam/, 'text'],
]

/** What each column of a table is for, from its head; undefined where the table gives no work. */
export interface TaskColumns {
  roles: ColumnRole[]
  /** The first row of tasks. */
  firstRow: number
}

/** Reads the head of a table; a head may take two rows, and a row "(1) (2) (3)" may follow it. */
export function readColumns(grid: Grid): TaskColumns | undefined {
  const depth = Math.min(3, grid.rows.length)
  for (let row = 0; row < depth; row++) {
    const cells = grid.rows[row] ?? []
    const heads = cells.map((cell, column) => headText(grid, row, column, cell))
    const found = heads.map(roleOf)
    if (!found.includes('text')) continue
    if (!found.some((role) => role === 'lead' || role === 'with' || role === 'time' || role === 'product'))
      continue
    // Only the first column of each kind of words is the task's; a second "nội dung" is its detail.
    let firstRow = row + 1
    while (firstRow < grid.rows.length && isHeadAgain(grid.rows[firstRow] ?? [], grid.rows[row] ?? []))
      firstRow++
    return { roles: found, firstRow }
  }
  return undefined
}

/** The head of a column: its own words, with those of a group head above ("Phân công" over "Chủ trì"). */
function headText(grid: Grid, row: number, column: number, cell: GridCell): string {
  const own = cell.line?.key ?? ''
  const below = grid.rows[row + 1]?.[column]
  if (own === '' && below?.line && !/^\(?\d/.test(below.line.key)) return below.line.key
  if (
    below?.line &&
    !below.continued &&
    below.line.key.length < 40 &&
    /^(?:chu tri|phoi hop|don vi|co quan)/.test(below.line.key) &&
    roleOf(own) !== 'text'
  )
    return below.line.key
  return own
}

function roleOf(key: string): ColumnRole {
  const plain = key.replace(/\s+/g, ' ').replace(/[\s:]+$/g, '')
  if (plain.length > 80) return 'other'
  for (const [form, role] of roles) if (form.test(plain)) return role
  return 'other'
}

/** `(1) (2) (3)`, `A B 1 2`, a head repeated on the next page, the second row of a head of two. */
function isHeadAgain(row: readonly GridCell[], head: readonly GridCell[]): boolean {
  const filled = row.filter((cell) => cell.line && !cell.continued)
  if (filled.length === 0) return row.some((cell) => cell.continued)
  if (
    filled.every((cell) => /^(?:\(?\d{1,2}\)?|\(?[a-z]\)?|\(\d+\)\s*=.*)$/.test(cell.line?.key ?? '')) &&
    filled.length >= Math.min(2, row.length)
  )
    return true
  const same = row.filter((cell, column) => cell.line && cell.line.key === head[column]?.line?.key).length
  if (same >= 2 && same >= filled.length - 1) return true
  return (
    filled.length < row.length &&
    filled.every((cell) =>
      /^(?:chu tri|phoi hop|don vi chu tri|don vi phoi hop|co quan chu tri|co quan phoi hop|bat dau|ket thuc)/.test(
        cell.line?.key ?? '',
      ),
    )
  )
}

/** Whether a table is the programme of an event: hours down one column. */
export function isProgramme(grid: Grid): boolean {
  const heads = grid.rows[0] ?? []
  if (heads.some((cell) => /thoi luong/.test(cell.line?.key ?? ''))) return true
  let hours = 0
  for (const row of grid.rows.slice(0, 12))
    if (
      row
        .slice(0, 3)
        .some((cell) => cell.line && cell.line.text.length < 40 && findHours(cell.line.key).length > 0)
    )
      hours++
  return hours >= 2
}

/**
 * The tasks of a table, one a row. Rows that only name a group are sections of it; a row without words of its
 * own goes on with the one above (merged cells, broken pages).
 */
export function readTaskTable(grid: Grid, section: string | null, context: DeadlineContext): TaskRead[] {
  const columns = readColumns(grid)
  if (!columns) return []
  const textAt = columns.roles.indexOf('text')
  const tasks: TaskRead[] = []
  let group: TaskRead['lead'] = []
  for (const row of grid.rows.slice(columns.firstRow)) {
    const cell = row[textAt]
    const others = row.filter(
      (other, column) =>
        column !== textAt && columns.roles[column] !== 'number' && other.line && !other.continued,
    )
    const text = cell?.line
    if (!text || (cell?.continued && others.length === 0)) {
      const only = row.filter((other) => other.line && !other.continued)
      if (only.length === 1 && !text) group = []
      else if (!text) mergeInto(tasks.at(-1), row, columns, context)
      continue
    }
    if (isGroup(row, columns, textAt)) {
      group = []
      continue
    }
    tasks.push(taskOf(row, columns, text, section, context, group))
  }
  return tasks
}

/** A row that only names a part: `II | Cải cách thủ tục hành chính | | |`. */
function isGroup(row: readonly GridCell[], columns: TaskColumns, textAt: number): boolean {
  // A merged cell that a copy took apart says the same in each of its columns.
  const said = row.filter((_, column) => columns.roles[column] !== 'number').map((cell) => cell.line?.key)
  if (said.length > 2 && said[0] !== undefined && said.every((key) => key === said[0])) return true
  const rest = row.some(
    (cell, column) => column !== textAt && columns.roles[column] !== 'number' && cell.line,
  )
  if (rest) return false
  const number = row.find((_, column) => columns.roles[column] === 'number')?.line
  const text = row[textAt]?.line
  return (
    /^(?:[ivx]+|[a-z])\.?$/.test(number?.key ?? '') ||
    text?.bold === true ||
    (text?.text.length ?? 0) < 120 ||
    number === undefined
  )
}

function cellsOf(row: readonly GridCell[], columns: TaskColumns, role: ColumnRole): Line[] {
  return row.flatMap((cell, column) => (columns.roles[column] === role && cell.line ? [cell.line] : []))
}

function bodiesIn(row: readonly GridCell[], columns: TaskColumns, role: ColumnRole): Words[] {
  return row.flatMap((cell, column) => (columns.roles[column] === role ? cellBodies(cell) : []))
}

/** The bodies of a cell: one a line where its lines are names, else parted by their commas. */
function cellBodies(cell: GridCell): Words[] {
  if (!cell.line || /^[-–…x.\s]*$/u.test(cell.line.text)) return []
  const lines =
    cell.lines.length > 1 &&
    !cell.lines.slice(0, -1).some((line) => /(?:[,&]|\b(?:và|các|-))$/u.test(line.text)) &&
    cell.lines.slice(1).every((line) => /^[-+•]?\s*\p{Lu}|^(?:các|- )/u.test(line.text))
      ? cell.lines
      : [cell.line]
  return lines.flatMap((line) => splitBodies(line, 0, line.text.length))
}

function taskOf(
  row: readonly GridCell[],
  columns: TaskColumns,
  text: Line,
  section: string | null,
  context: DeadlineContext,
  group: Words[],
): TaskRead {
  const texts = cellsOf(row, columns, 'text')
  const time = cellsOf(row, columns, 'time').find((line) => /\p{L}|\d/u.test(line.text))
  const products = cellsOf(row, columns, 'product')
  const lead = bodiesIn(row, columns, 'lead')
  return {
    line: text,
    text:
      texts.length > 1
        ? joinWords(
            texts.map((line) => wordsOf(line)),
            ': ',
          )
        : wordsOf(text),
    lead: lead.length > 0 ? lead : group,
    with: bodiesIn(row, columns, 'with'),
    deadline: time && readDeadlineCell(time, context),
    product: products[0] && wordsOf(products[0]),
    condition: undefined,
    section,
    sure: lead.length > 0 ? 0.95 : 0.7,
  }
}

/** A row that only adds another lead, helper or date to the task above. */
function mergeInto(
  task: TaskRead | undefined,
  row: readonly GridCell[],
  columns: TaskColumns,
  context: DeadlineContext,
): void {
  if (!task) return
  const fresh = row.map((cell) => (cell.continued ? { ...cell, line: undefined, lines: [] } : cell))
  task.lead.push(...bodiesIn(fresh, columns, 'lead'))
  task.with.push(...bodiesIn(fresh, columns, 'with'))
  const time = cellsOf(fresh, columns, 'time')[0]
  if (time && !task.deadline) task.deadline = readDeadlineCell(time, context)
  const product = cellsOf(fresh, columns, 'product')[0]
  if (product && !task.product) task.product = wordsOf(product)
}
