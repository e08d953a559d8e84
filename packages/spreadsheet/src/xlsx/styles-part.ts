import type { CellLook, OutCell } from '../out-sheet.ts'

type Kind = 'text' | 'number' | 'date'

const looks: readonly CellLook[] = [
  'plain',
  'title',
  'required-title',
  'example',
  'wrong',
  'reason',
  'remark',
]
const kinds: readonly Kind[] = ['text', 'number', 'date']

/** The style of a cell: its look times what it holds, in the order in which {@link stylesPart} lists them. */
export function styleOf(look: CellLook, type: OutCell['type']): number {
  return 1 + looks.indexOf(look) * kinds.length + kinds.indexOf(type ?? 'text')
}

/** Format 49 is text: what is typed over it stays text, formulas and leading zeros too. */
const formats: Record<Kind, number> = { text: 49, number: 0, date: 164 }
const fonts: Record<CellLook, number> = {
  plain: 0,
  title: 1,
  'required-title': 1,
  example: 2,
  wrong: 0,
  reason: 3,
  remark: 2,
}
const fills: Record<CellLook, number> = {
  plain: 0,
  title: 2,
  'required-title': 3,
  example: 0,
  wrong: 4,
  reason: 0,
  remark: 0,
}

const fill = (colour: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`
const font = (more: string): string => `<font>${more}<sz val="11"/><name val="Times New Roman"/></font>`

/** All looks of the workbook, drawn once. */
export function stylesPart(): string {
  const cells = looks.flatMap((look) =>
    kinds.map((kind) => {
      const wraps = look === 'title' || look === 'required-title' || look === 'reason'
      return (
        `<xf numFmtId="${formats[kind]}" fontId="${fonts[look]}" fillId="${fills[look]}" borderId="${look === 'remark' ? 0 : 1}" xfId="0" ` +
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">' +
        `<alignment vertical="${wraps && look !== 'reason' ? 'center' : 'top'}"${wraps ? ' wrapText="1"' : ''}/></xf>`
      )
    }),
  )
  const edge = (side: string): string => `<${side} style="hair"><color rgb="FF999999"/></${side}>`
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>' +
    `<fonts count="4">${font('')}${font('<b/>')}${font('<i/><color rgb="FF666666"/>')}${font('<color rgb="FF9C1C1C"/>')}</fonts>` +
    '<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
    `${fill('EDE8DC')}${fill('F3D9CF')}${fill('F9C9C4')}</fills>` +
    `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${edge('left')}${edge('right')}${edge('top')}${edge('bottom')}<diagonal/></border></borders>` +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${cells.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${cells.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  )
}
