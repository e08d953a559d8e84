import { type CivilDate, daysBetween } from '@trienkhai/vietnamese/civil-date.ts'
import type { OutCell, OutColumn, OutSheet } from '../out-sheet.ts'
import { columnLetters } from '../sheet.ts'
import { type Note, noteShapesPart, notesPart } from './notes-parts.ts'
import { styleOf, stylesPart } from './styles-part.ts'
import { xmlText } from './xml-text.ts'
import { streamZip, type ZipPart } from './zip-stream.ts'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const content = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** More notes make a sheet slow to open. */
const mostNotes = 3000
/** How far down a list of choices is offered. */
const lastChoiceRow = 200_000
const listsSheet = 'DanhMuc'

/** An XLSX file with these sheets, in portions; rows go out as they come, none are held. */
export function writeXlsx(sheets: readonly OutSheet[]): AsyncIterable<Uint8Array> {
  return streamZip(listParts(sheets))
}

interface ChoiceList {
  readonly column: OutColumn
  readonly values: readonly string[]
}

async function* listParts(sheets: readonly OutSheet[]): AsyncIterable<ZipPart> {
  const lists: ChoiceList[] = sheets.flatMap((sheet) =>
    sheet.columns.flatMap((column) => (column.choices?.length ? [{ column, values: column.choices }] : [])),
  )
  const part = (name: string, ...text: string[]): ZipPart => ({ name, text: () => text })
  const noted: number[] = []
  yield part('xl/workbook.xml', workbookPart(sheets, lists.length > 0))
  yield part('xl/_rels/workbook.xml.rels', workbookRelations(sheets.length + (lists.length > 0 ? 1 : 0)))
  yield part('xl/styles.xml', stylesPart())
  for (const [index, sheet] of sheets.entries()) {
    const number = index + 1
    const notes: Note[] = []
    yield { name: `xl/worksheets/sheet${number}.xml`, text: () => sheetPart(sheet, lists, notes) }
    if (notes.length === 0) continue
    noted.push(number)
    yield part(
      `xl/worksheets/_rels/sheet${number}.xml.rels`,
      `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
        `<Relationship Id="rId1" Type="${relation}/vmlDrawing" Target="../drawings/vmlDrawing${number}.vml"/>` +
        `<Relationship Id="rId2" Type="${relation}/comments" Target="../comments${number}.xml"/></Relationships>`,
    )
    yield { name: `xl/comments${number}.xml`, text: () => notesPart(notes) }
    yield { name: `xl/drawings/vmlDrawing${number}.vml`, text: () => noteShapesPart(notes, number) }
  }
  if (lists.length > 0)
    yield { name: `xl/worksheets/sheet${sheets.length + 1}.xml`, text: () => listsPart(lists) }
  yield part(
    '_rels/.rels',
    `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
      `<Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  yield part('[Content_Types].xml', contentTypes(sheets.length + (lists.length > 0 ? 1 : 0), noted))
}

function contentTypes(sheets: number, noted: readonly number[]): string {
  const override = (part: string, type: string): string =>
    `<Override PartName="/xl/${part}" ContentType="${content}.${type}+xml"/>`
  return (
    `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>' +
    override('workbook.xml', 'sheet.main') +
    override('styles.xml', 'styles') +
    Array.from({ length: sheets }, (_, at) => override(`worksheets/sheet${at + 1}.xml`, 'worksheet')).join(
      '',
    ) +
    noted.map((number) => override(`comments${number}.xml`, 'comments')).join('') +
    '</Types>'
  )
}

function workbookPart(sheets: readonly OutSheet[], hasLists: boolean): string {
  const named = sheets.map(
    (sheet, at) => `<sheet name="${xmlText(sheet.name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  )
  if (hasLists)
    named.push(
      `<sheet name="${listsSheet}" sheetId="${sheets.length + 1}" state="hidden" r:id="rId${sheets.length + 1}"/>`,
    )
  // On paper the titles stand on each page.
  const titles = sheets.map((sheet, at) => {
    const row = `$${(sheet.remarks?.length ?? 0) + 1}`
    const name = xmlText(sheet.name.replaceAll("'", "''"))
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${name}'!${row}:${row}</definedName>`
  })
  return (
    `${head}<workbook xmlns="${main}" xmlns:r="${relation}"><sheets>${named.join('')}</sheets>` +
    `<definedNames>${titles.join('')}</definedNames></workbook>`
  )
}

function workbookRelations(sheets: number): string {
  const listed = Array.from(
    { length: sheets },
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${relation}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  )
  return (
    `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${listed.join('')}` +
    `<Relationship Id="rId${sheets + 1}" Type="${relation}/styles" Target="styles.xml"/></Relationships>`
  )
}

async function* sheetPart(
  sheet: OutSheet,
  lists: readonly ChoiceList[],
  notes: Note[],
): AsyncIterable<string> {
  const remarks = sheet.remarks ?? []
  const titleRow = remarks.length
  const widths = sheet.columns.map(
    ({ width, type }, at) =>
      `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1" style="${styleOf('plain', type)}"/>`,
  )
  yield `${head}<worksheet xmlns="${main}" xmlns:r="${relation}">` +
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">' +
    `<pane ySplit="${titleRow + 1}" topLeftCell="A${titleRow + 2}" activePane="bottomLeft" state="frozen"/>` +
    `</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>`
  let row = 0
  const add = (cells: readonly (OutCell | undefined)[]): string => {
    const written = cells.map((cell, column) => {
      if (!cell) return ''
      if (cell.note !== undefined && notes.length < mostNotes) notes.push({ column, row, text: cell.note })
      return writeCell(cell, `${columnLetters(column)}${row + 1}`)
    })
    row += 1
    const lines = linesOf(cells, sheet.columns)
    const height = lines > 1 ? ` ht="${lines * 15}" customHeight="1"` : ''
    return `<row r="${row}"${height}>${written.join('')}</row>`
  }
  for (const text of remarks) yield add([{ text, look: 'remark' }])
  yield add(
    sheet.columns.map(({ title, required, note }) => ({
      text: title,
      look: required ? ('required-title' as const) : ('title' as const),
      ...(note === undefined ? {} : { note }),
    })),
  )
  for await (const rows of sheet.rows) yield rows.map(add).join('')
  yield '</sheetData>'
  const choices = sheet.columns.flatMap((column, at) => {
    const list = lists.findIndex((each) => each.column === column)
    return list < 0 ? [] : [choiceRule(at, titleRow + 2, list, lists[list]?.values.length ?? 0)]
  })
  if (choices.length > 0)
    yield `<dataValidations count="${choices.length}">${choices.join('')}</dataValidations>`
  yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
  if (notes.length > 0) yield '<legacyDrawing r:id="rId1"/>'
  yield '</worksheet>'
}

const wrapping: readonly OutCell['look'][] = ['title', 'required-title', 'reason']
const mostLines = 12

/** How many lines the cells of a row take that break theirs: a program that opens the file need not measure them. */
function linesOf(cells: readonly (OutCell | undefined)[], columns: readonly OutColumn[]): number {
  let most = 1
  for (const [at, cell] of cells.entries()) {
    if (!cell || !wrapping.includes(cell.look)) continue
    const room = Math.max(1, (columns[at]?.width ?? 10) - 1)
    const lines = cell.text
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / room)), 0)
    most = Math.max(most, lines)
  }
  return Math.min(most, mostLines)
}

/** Offers a list and warns of other text without forbidding it: the import says what is wrong, and why. */
function choiceRule(column: number, firstRow: number, list: number, length: number): string {
  const letters = columnLetters(column)
  const from = columnLetters(list)
  return (
    '<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorStyle="warning" ' +
    `sqref="${letters}${firstRow}:${letters}${lastChoiceRow}">` +
    `<formula1>${listsSheet}!$${from}$1:$${from}$${length}</formula1></dataValidation>`
  )
}

function* listsPart(lists: readonly ChoiceList[]): Iterable<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetData>`
  const longest = Math.max(...lists.map(({ values }) => values.length))
  for (let row = 0; row < longest; row++) {
    const cells = lists.map(({ values }, column) => {
      const text = values[row]
      return text === undefined ? '' : writeCell({ text }, `${columnLetters(column)}${row + 1}`)
    })
    yield `<row r="${row + 1}">${cells.join('')}</row>`
  }
  yield '</sheetData></worksheet>'
}

function writeCell(cell: OutCell, place: string): string {
  const style = styleOf(cell.look ?? 'plain', cell.type)
  if (cell.text === '') return `<c r="${place}" s="${style}"/>`
  if (cell.type === 'number') return `<c r="${place}" s="${style}"><v>${xmlText(cell.text)}</v></c>`
  if (cell.type === 'date') {
    const serial = daysBetween('1899-12-30' as CivilDate, cell.text as CivilDate)
    // Before March 1900 the serial numbers of Excel count a day that never was.
    if (serial > 60) return `<c r="${place}" s="${style}"><v>${serial}</v></c>`
  }
  return `<c r="${place}" s="${styleOf(cell.look ?? 'plain', 'text')}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell.text)}</t></is></c>`
}
