import type { Cell } from '@trienkhai/spreadsheet/sheet.ts'
import { serialDay } from '@trienkhai/spreadsheet/xlsx/cell-text.ts'
import { type CivilDate, partsOf } from '@trienkhai/vietnamese/civil-date.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import { type DatePrecision, parseTypedDate } from '@trienkhai/vietnamese/typed-date.ts'
import { type ChoiceList, choicesOf, type ImportColumn, importColumns } from './columns.ts'
import type { ImportKind, Problem, ProblemReason, Remark } from './schema.ts'

/** What a row says, column by column, each understood by itself. */
export interface ParsedRow {
  readonly number: number
  /** As typed: what the preview shows and a correction starts from. */
  readonly cells: Readonly<Record<string, string>>
  /** Texts, codes, choices by their value, days as `2024-02-01`; only what was said. */
  readonly said: Readonly<Record<string, string>>
  /** How much is known of a birth date. */
  readonly bornKnownTo: DatePrecision
  readonly problems: readonly Problem[]
  readonly remarks: readonly Remark[]
  /** An example of our own template, a heading between rows, or what a body was until a day that has passed. */
  readonly passedOver: boolean
}

type Understood =
  | {
      readonly value: string
      readonly precision?: DatePrecision
      readonly remark?: Remark['remark']
      readonly shown?: string
    }
  | { readonly reason: ProblemReason; readonly meant?: string; readonly detail?: string }

/** Understands a row's cells, each by its column; what depends on other rows or on what is known comes later. */
export function parseRow(
  kind: ImportKind,
  number: number,
  typed: ReadonlyMap<string, Cell>,
  today: CivilDate,
): ParsedRow {
  const cells: Record<string, string> = {}
  const said: Record<string, string> = {}
  const problems: Problem[] = []
  const remarks: Remark[] = []
  let bornKnownTo: DatePrecision = 'day'
  for (const column of importColumns[kind]) {
    const cell = typed.get(column.key)
    const text = cell ? shownText(cell) : ''
    if (!cell || (text === '' && !cell.fromFormula)) continue
    cells[column.key] = text === '' ? emptyFormula : text
    const understood = understand(cell, text, column, today)
    // What the preview shows has to be understood the same when it is read again as text.
    if ('shown' in understood && understood.shown !== undefined) cells[column.key] = understood.shown
    if ('reason' in understood) {
      problems.push({ column: column.key, ...understood })
      continue
    }
    said[column.key] = understood.value
    if (column.key === 'bornOn' && understood.precision) bornKnownTo = understood.precision
    if (understood.remark) remarks.push({ column: column.key, remark: understood.remark })
    else if (cell.fromFormula) remarks.push({ column: column.key, remark: 'from-formula' })
  }
  const passedOver = isExample(cells) || Object.keys(cells).length === 0 || isPast(kind, said, today)
  if (passedOver) return { number, cells, said: {}, bornKnownTo, problems: [], remarks: [], passedOver }
  problems.push(...findMissing(kind, said, problems), ...findCrossed(said))
  return { number, cells, said, bornKnownTo, problems, remarks, passedOver }
}

/** The text of a cell as somebody would type it: days as 01/02/2024. */
function shownText(cell: Cell): string {
  if (cell.type !== 'date') return cell.text.normalize('NFC').replace(/\s+/gu, ' ').trim()
  const [year, month, day] = cell.text.split('-')
  return cell.monthOnly ? `${month}/${year}` : `${day}/${month}/${year}`
}

/** A formula whose value the file doesn't hold: shown so that it is seen, and mended by typing over it. */
const emptyFormula = '=…'
const errorValue = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/

const exampleMarks = new Set(['vi du', 'example'])

function isExample(cells: Readonly<Record<string, string>>): boolean {
  return exampleMarks.has(
    fold(cells['id'] ?? '')
      .replace(/[^a-z ]/g, '')
      .trim(),
  )
}

/** What bodies there were is never rewritten by a list: such a row is there to be read. */
const isPast = (kind: ImportKind, { toOn }: Readonly<Record<string, string>>, today: CivilDate): boolean =>
  kind === 'organisations' && toOn !== undefined && toOn < today

function understand(cell: Cell, text: string, column: ImportColumn, today: CivilDate): Understood {
  if (cell.type === 'error' || errorValue.test(text)) return { reason: 'error-value' }
  if (text === '' || text === emptyFormula) return { reason: 'formula-empty' }
  const { type } = column
  switch (type.is) {
    case 'code':
      return understandCode(text)
    case 'name':
      return text.length > 200 ? { reason: 'too-long', detail: '200' } : { value: text }
    case 'organisation':
      return text.length > 500 ? { reason: 'too-long', detail: '500' } : { value: text }
    case 'text':
      if (text.length > type.longest) return { reason: 'too-long', detail: String(type.longest) }
      return cell.type === 'number' && /Code$|Card$/.test(column.key)
        ? { value: text, remark: 'typed-as-number' }
        : { value: text }
    case 'date':
      return understandDate(cell, text, type, today)
    case 'phone':
      return understandPhone(text)
    case 'email':
      return /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}$/.test(text) && text.length <= 200
        ? { value: text }
        : { reason: 'not-an-email' }
    case 'choice':
      return understandChoice(text, type.of)
  }
}

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function understandCode(text: string): Understood {
  const code = text.toLowerCase()
  return idForm.test(code) || exampleMarks.has(fold(text)) ? { value: code } : { reason: 'not-a-code' }
}

function understandDate(
  cell: Cell,
  text: string,
  type: { readonly from: DatePrecision; readonly future: boolean },
  today: CivilDate,
): Understood {
  // A day that a sheet shows as its serial number, because the column has lost its format.
  const serial = /^\d{5}$/.test(text) && cell.type === 'number' ? serialDay(Number(text), false) : undefined
  const date = serial
    ? ({ ok: true, date: serial, precision: 'day' } as const)
    : parseTypedDate(cell.monthOnly ? text : cell.type === 'date' ? cell.text : text)
  if (!date.ok) return { reason: date.reason, ...(date.meant ? { meant: writeDay(date.meant) } : {}) }
  const known = ['day', 'month', 'year'] as const
  if (known.indexOf(date.precision) > known.indexOf(type.from)) return { reason: 'day-needed' }
  if (!type.future && date.date > today) return { reason: 'in-future' }
  return {
    value: date.date,
    precision: date.precision,
    ...(serial === undefined ? {} : { shown: writeDay(serial) }),
  }
}

const writeDay = (date: CivilDate): string => {
  const { year, month, day } = partsOf(date)
  return `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')}/${year}`
}

/** Numbers of Vietnam: ten digits for mobiles, ten or eleven for landlines; abroad up to fifteen behind a plus. */
function understandPhone(text: string): Understood {
  const digits = text.replace(/[\s.\-()]/g, '')
  if (/^0\d{9,10}$/.test(digits) || /^\+\d{8,15}$/.test(digits)) return { value: text }
  if (/^84\d{9}$/.test(digits)) return { value: `+${digits}`, remark: 'zero-restored' }
  // Typed as a number, it lost its zero: the rest of a mobile has nine digits.
  if (/^[35789]\d{8}$/.test(digits)) return { value: `0${digits}`, remark: 'zero-restored' }
  return { reason: 'not-a-phone' }
}

const choiceKey = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

const choiceKeys = new Map<ChoiceList, Map<string, string>>()

function keysOf(list: ChoiceList): Map<string, string> {
  const known = choiceKeys.get(list)
  if (known) return known
  const keys = new Map<string, string>()
  for (const { value, vi, en, aliases = [] } of choicesOf(list))
    for (const name of [value, vi, en, ...aliases])
      if (!keys.has(choiceKey(name))) keys.set(choiceKey(name), value)
  choiceKeys.set(list, keys)
  return keys
}

function understandChoice(text: string, list: ChoiceList): Understood {
  const value = keysOf(list).get(choiceKey(text))
  if (value !== undefined) return { value }
  const names = choicesOf(list).map((choice) => choice.vi)
  const asked = choiceKey(text)
  const meant = names.find((name) => {
    const key = choiceKey(name)
    return (
      asked.length > 2 && (key.startsWith(asked) || asked.startsWith(key) || editsBetween(key, asked) <= 2)
    )
  })
  return { reason: 'unknown-choice', ...(meant === undefined ? {} : { meant }) }
}

/** How many letters must be changed, put in or left out; counted up to 3. */
export function editsBetween(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let at = 1; at <= one.length; at++) {
    const next = [at]
    for (let to = 1; to <= other.length; to++)
      next[to] = Math.min(
        (row[to] ?? 9) + 1,
        (next[to - 1] ?? 9) + 1,
        (row[to - 1] ?? 9) + (one[at - 1] === other[to - 1] ? 0 : 1),
      )
    if (Math.min(...next) > 2) return 3
    row = next
  }
  return row[other.length] ?? 3
}

/** What a row needs whatever is known already: a row with a code of its own changes only what it says. */
function findMissing(
  kind: ImportKind,
  said: Readonly<Record<string, string>>,
  problems: readonly Problem[],
): Problem[] {
  if (said['id'] !== undefined) return []
  return importColumns[kind]
    .filter(({ key, required }) => {
      if (!required || said[key] !== undefined || problems.some(({ column }) => column === key)) return false
      if (key === 'name') return said['personId'] === undefined
      // Of a person it is needed where they are new, which shows later; elsewhere its code will do.
      if (key === 'organisation') return kind !== 'people' && said['organisationId'] === undefined
      return true
    })
    .map(({ key }) => ({ column: key, reason: 'missing' as const }))
}

/** Days that cannot come in this order. */
function findCrossed(said: Readonly<Record<string, string>>): Problem[] {
  const pairs = [
    ['bornOn', 'joinedOn'],
    ['joinedOn', 'officialOn'],
    ['fromOn', 'toOn'],
  ] as const
  return pairs.flatMap(([first, second]) => {
    const [before, after] = [said[first], said[second]]
    if (before === undefined || after === undefined || before <= after) return []
    return [{ column: second, reason: 'before-other' as const, detail: first }]
  })
}
