import { columnLetters } from '../sheet.ts'
import { xmlText } from './xml-text.ts'

/** A note beside a cell; column and row from 0. */
export interface Note {
  readonly column: number
  readonly row: number
  readonly text: string
}

/** The texts of a sheet's notes. */
export function* notesPart(notes: readonly Note[]): Iterable<string> {
  yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<authors><author>Triển Khai</author></authors><commentList>'
  for (const { column, row, text } of notes)
    yield `<comment ref="${columnLetters(column)}${row + 1}" authorId="0"><text><r><t xml:space="preserve">${xmlText(text)}</t></r></text></comment>`
  yield '</commentList></comments>'
}

/** Where and how large they are shown: spreadsheet programs still want this said in VML. */
export function* noteShapesPart(notes: readonly Note[], sheetNumber: number): Iterable<string> {
  yield '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">' +
    `<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${sheetNumber}"/></o:shapelayout>` +
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">' +
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
  for (const [index, { column, row, text }] of notes.entries())
    yield `<v:shape id="_x0000_s${sheetNumber * 1024 + 1 + index}" type="#_x0000_t202" style="position:absolute;width:220pt;height:${20 + 14 * Math.ceil(text.length / 40)}pt;z-index:${index + 1};visibility:hidden" fillcolor="#fffbe6" o:insetmode="auto">` +
      '<v:fill color2="#fffbe6"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>' +
      `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
  yield '</xml>'
}
