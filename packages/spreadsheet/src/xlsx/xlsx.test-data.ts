import { strToU8, zipSync } from 'fflate'

/** A workbook written by hand: one sheet with this inside, and whatever else is to stand round it. */
export function makeXlsx(
  sheet: string,
  more: {
    styles?: string
    sharedTexts?: string
    workbook?: string
    parts?: Record<string, string | Uint8Array>
  } = {},
): Uint8Array {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const parts: Record<string, string | Uint8Array> = {
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml':
      more.workbook ??
      `<workbook xmlns:r="${relation}"><sheets><sheet name="Trang 1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      `<Relationships><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${relation}/styles" Target="styles.xml"/>` +
      `<Relationship Id="rId3" Type="${relation}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet.startsWith('<') ? `<worksheet>${sheet}</worksheet>` : sheet,
    ...(more.styles === undefined ? {} : { 'xl/styles.xml': more.styles }),
    ...(more.sharedTexts === undefined ? {} : { 'xl/sharedStrings.xml': more.sharedTexts }),
    ...more.parts,
  }
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, text]) => [name, typeof text === 'string' ? strToU8(text) : text]),
    ),
  )
}
