import { expect, it } from 'vitest'
import { readAll, readCells } from '../gather.test-data.ts'
import { importLimits } from '../limits.ts'
import { makeXlsx } from './xlsx.test-data.ts'

const rows = (inside: string, behind = ''): string => `<sheetData>${inside}</sheetData>${behind}`

it('reads texts, rich texts, numbers and truth as they are seen', async () => {
  const bytes = makeXlsx(
    rows(
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><t>Trực tiếp</t></is></c></row>' +
        '<row r="5"><c r="A5"><v>912345678</v></c><c r="B5"><v>1.5</v></c><c r="C5" t="b"><v>1</v></c><c r="D5" t="e"><v>#N/A</v></c></row>',
    ),
    {
      sharedTexts:
        '<sst><si><t>Họ và tên</t></si><si><r><t>Tổ </t></r><r><t xml:space="preserve">đảng</t></r><rPh><t>x</t></rPh></si></sst>',
    },
  )
  expect(await readAll(bytes)).toEqual({
    'Trang 1': [
      ['2', 'Họ và tên', null, 'Tổ đảng', 'Trực tiếp'],
      ['5', '912345678', '1.5', 'TRUE', '#N/A'],
    ],
  })
})

it('sees days, months and leading zeros by the formats of their cells', async () => {
  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-42A]dd/mm/yyyy;@"/><numFmt numFmtId="165" formatCode="mm/yyyy"/>' +
    '<numFmt numFmtId="166" formatCode="0000000000"/><numFmt numFmtId="167" formatCode="#,##0&quot;d&quot;"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="14"/><xf numFmtId="167"/></cellXfs></styleSheet>'
  const cell = (place: string, style: number, value: number): string =>
    `<c r="${place}" s="${style}"><v>${value}</v></c>`
  const bytes = makeXlsx(
    rows(
      `<row r="1">${cell('A1', 1, 45323)}${cell('B1', 2, 45323)}${cell('C1', 3, 912345678)}${cell('D1', 4, 59)}${cell('E1', 4, 61.75)}${cell('F1', 5, 12)}${cell('G1', 0, 45323)}</row>`,
    ),
    { styles },
  )
  expect(await readCells(bytes)).toEqual({
    'Trang 1': [
      [
        1,
        [
          { type: 'date', text: '2024-02-01' },
          { type: 'date', text: '2024-02-01', monthOnly: true },
          { type: 'text', text: '0912345678' },
          { type: 'date', text: '1900-02-28' },
          { type: 'date', text: '1900-03-01' },
          { type: 'number', text: '12' },
          { type: 'number', text: '45323' },
        ],
      ],
    ],
  })
})

it('takes what a formula last gave and never the formula', async () => {
  const bytes = makeXlsx(
    rows(
      '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>HYPERLINK("http://x","Chi bộ 1")</f><v>Chi bộ 1</v></c><c r="C1"><f>A1</f></c></row>',
    ),
  )
  expect(await readCells(bytes)).toEqual({
    'Trang 1': [
      [
        1,
        [
          { type: 'number', text: '2', fromFormula: true },
          { type: 'text', text: 'Chi bộ 1', fromFormula: true },
          { type: 'text', text: '', fromFormula: true },
        ],
      ],
    ],
  })
})

it('unfolds merged areas downwards and sideways', async () => {
  const bytes = makeXlsx(
    rows(
      '<row r="1"><c r="A1" t="str"><v>Chi bộ thôn 1</v></c><c r="B1" t="str"><v>An</v></c></row>' +
        '<row r="2"><c r="B2" t="str"><v>Bình</v></c></row><row r="3"><c r="A3" t="str"><v>Tổng</v></c></row>',
      '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="A3:C3"/></mergeCells>',
    ),
  )
  expect(await readAll(bytes)).toEqual({
    'Trang 1': [
      ['1', 'Chi bộ thôn 1', 'An'],
      ['2', 'Chi bộ thôn 1', 'Bình'],
      ['3', 'Tổng', 'Tổng', 'Tổng'],
    ],
  })
})

it('reads sheets of other producers: prefixed names, no places, hidden sheets left out', async () => {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const bytes = makeXlsx(
    '<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>3</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells></x:worksheet>',
    {
      workbook: `<x:workbook xmlns:rel="${relation}"><x:sheets><x:sheet name="Ẩn" state="hidden" rel:id="rId1"/><x:sheet name="Hiện" rel:id="rId1"/></x:sheets></x:workbook>`,
    },
  )
  expect(await readAll(bytes)).toEqual({ Hiện: [['1', 'a', '3']] })
})

it('refuses what passes a bound, and says which', async () => {
  const limits = { ...importLimits, rows: 2, columns: 3, cellLength: 10, sheets: 1, merges: 1 }
  const cell = (place: string, text = 'x'): string => `<c r="${place}" t="str"><v>${text}</v></c>`
  const read = (inside: string, behind?: string) => readAll(makeXlsx(rows(inside, behind)), limits)
  expect(
    await read(`<row r="1">${cell('A1')}</row><row r="2">${cell('A2')}</row><row r="3">${cell('A3')}</row>`),
  ).toEqual({ ok: false, reason: 'too-many-rows', limit: 2 })
  expect(await read(`<row r="1">${cell('D1')}</row>`)).toEqual({
    ok: false,
    reason: 'too-many-columns',
    limit: 3,
  })
  expect(await read(`<row r="7">${cell('B7', 'x'.repeat(11))}</row>`)).toEqual({
    ok: false,
    reason: 'cell-too-long',
    limit: 10,
    found: 'Trang 1!B7',
  })
  expect(
    await read(
      `<row r="1">${cell('A1')}</row>`,
      '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>',
    ),
  ).toMatchObject({ reason: 'too-much-inside' })
  expect(await readAll(new Uint8Array(20), { ...limits, fileBytes: 10 })).toEqual({
    ok: false,
    reason: 'too-large',
    limit: 10,
  })
})

it('refuses files that are built to do harm', async () => {
  const doctype =
    '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData>&a;</sheetData></worksheet>'
  expect(await readAll(makeXlsx('x', { parts: { 'xl/worksheets/sheet1.xml': doctype } }))).toMatchObject({
    reason: 'unsafe',
  })
  const laughs = '<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
  expect(await readAll(makeXlsx(rows(''), { sharedTexts: laughs }))).toMatchObject({ reason: 'unsafe' })
  const bomb = `<worksheet><sheetData>${' '.repeat(30_000_000)}</sheetData></worksheet>`
  expect(await readAll(makeXlsx('x', { parts: { 'xl/worksheets/sheet1.xml': bomb } }))).toMatchObject({
    reason: 'unsafe',
  })
  const deep = `<worksheet>${'<a>'.repeat(200)}`
  expect(await readAll(makeXlsx('x', { parts: { 'xl/worksheets/sheet1.xml': deep } }))).toMatchObject({
    reason: 'too-much-inside',
  })
})

it('refuses what is damaged or is no sheet, each by its name', async () => {
  const bytes = makeXlsx(rows('<row r="1"><c r="A1"><v>1</v></c></row>'))
  expect(await readAll(bytes.slice(0, bytes.length - 40))).toMatchObject({ reason: 'damaged' })
  expect(await readAll(makeXlsx(rows('<row r="1"><c r="A1"><v>1')))).toMatchObject({ reason: 'damaged' })
  expect(
    await readAll(makeXlsx(rows('<row r="5"><c r="A5"><v>1</v></c></row><row r="2"></row>'))),
  ).toMatchObject({ reason: 'damaged' })
  expect(await readAll(makeXlsx(rows('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')))).toMatchObject({
    reason: 'damaged',
  })
  expect(await readAll(makeXlsx(rows('<row r="1"><c r="ZZZZ1"><v>9</v></c></row>')))).toMatchObject({
    reason: 'damaged',
  })
  const ole = new Uint8Array(600)
  ole.set([0xd0, 0xcf, 0x11, 0xe0])
  expect(await readAll(ole)).toEqual({ ok: false, reason: 'not-a-spreadsheet' })
  ole.set(Buffer.from('Workbook', 'utf16le'), 100)
  expect(await readAll(ole)).toEqual({ ok: false, reason: 'old-excel' })
  ole.set(Buffer.from('EncryptedPackage', 'utf16le'), 300)
  expect(await readAll(ole)).toEqual({ ok: false, reason: 'encrypted' })
  expect(await readAll(new Uint8Array())).toEqual({ ok: false, reason: 'empty' })
})
