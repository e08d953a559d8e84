import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readStepRows } from '#features/reorganisations/server/read-sheet.ts'
import type { Context } from '#server/context.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { actAsKeeper, bringIn, incoming, limits, makeWorkbook, rowsOf, toolsOf } from './imports.test-data.ts'
import { mendByFile } from './operations.ts'
import { readImport } from './read-import.ts'
import { getImport } from './reads.ts'

let test: TestDatabase
let office: SampleOffice
let keeper: Context
const commune = 'Đảng ủy xã Cự Thắng'

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant([commune, 'commune-committee', null], ['Chi bộ khu Chùa', 'cell', commune])
  keeper = await actAsKeeper(test, office, commune)
})
afterAll(() => test.drop())

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook of one sheet, whose parts are written by hand. */
function workbook(sheet: string, more: Record<string, string | Uint8Array> = {}): Uint8Array {
  const parts: Record<string, string | Uint8Array> = {
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${relation}"><sheets><sheet name="Con người" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relation}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  }
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, text]) => [name, typeof text === 'string' ? strToU8(text) : text]),
    ),
  )
}

const cell = (place: string, text: string, more = ''): string =>
  `<c r="${place}" t="str">${more}<v>${text}</v></c>`
const titles = `<row r="1">${cell('A1', 'Họ và tên')}${cell('B1', 'Ngày sinh')}${cell('C1', 'Chi bộ')}${cell('D1', 'Dòng gốc')}${cell('E1', 'Công việc')}${cell('F1', 'Tổ chức')}</row>`
const sheet = (rows: string): string => `<worksheet><sheetData>${titles}${rows}</sheetData></worksheet>`
const laughs = Array.from({ length: 12 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(12)}">`).join(
  '',
)

const hostile: Record<string, () => Uint8Array> = {
  'a zip bomb': () => workbook(sheet(' '.repeat(20_000_000))),
  'a zip whose part says that it is small': () => {
    const bytes = Buffer.from(workbook(sheet(' '.repeat(20_000_000))))
    for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4))
      bytes.writeUInt32LE(100, at + 24)
    return bytes
  },
  'entities that grow': () =>
    workbook(`<!DOCTYPE w [<!ENTITY e0 "ha">${laughs}]>${sheet(`<row r="2">${cell('A2', '&e12;')}</row>`)}`),
  'an entity that reads a file': () =>
    workbook(
      `<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>${sheet(`<row r="2">${cell('A2', '&e;')}</row>`)}`,
    ),
  'a cell of ten million letters': () =>
    workbook(sheet(`<row r="2">${cell('A2', 'ab\u1ea5'.repeat(3_300_000))}</row>`)),
  'a text of ten million letters that cells share': () =>
    workbook(sheet('<row r="2"><c r="A2" t="s"><v>0</v></c></row>'), {
      'xl/sharedStrings.xml': `<sst><si><t>${'x'.repeat(10_000_000)}</t></si></sst>`,
    }),
  'a million columns': () =>
    workbook(sheet(`<row r="2">${'<c t="str"><v>1</v></c>'.repeat(1_000_000)}</row>`)),
  'a million columns as text': () => Buffer.from(`Họ và tên;Chi bộ\n${'x;'.repeat(1_000_000)}\n`),
  'a line without end': () => Buffer.from(`Họ và tên;Chi bộ\n"${'x'.repeat(20_000_000)}`),
  'a NUL in its XML': () => workbook(sheet(`<row r="2">${cell('A2', 'Lê\0Văn')}</row>`)),
  'half a letter in its text': () =>
    Buffer.from('\ufeffHọ và tên;Chi bộ\nLê\ud83d Văn Tơ;Chi bộ khu Chùa\n', 'utf16le'),
  'a NUL in its text': () => Buffer.from('Họ và tên;Chi bộ\nLê\0Văn;Chi bộ\n'),
}

/** Files that are read, with what comes of their odd cell. */
const odd: Record<string, [() => Uint8Array, string]> = {
  'an escaped NUL': [
    () => workbook(sheet(`<row r="2">${cell('A2', 'Lê_x0000_ Văn Tơ')}</row>`)),
    'Lê Văn Tơ',
  ],
  'half a letter': [
    () => workbook(sheet(`<row r="2">${cell('A2', 'Lê_xD83D_ Văn Tơ')}</row>`)),
    'Lê\ufffd Văn Tơ',
  ],
  'a formula': [
    () => workbook(sheet(`<row r="2"><c r="A2" t="str"><f>WEBSERVICE("http://127.0.0.1/")</f></c></row>`)),
    '=…',
  ],
  'a formula with what it gave': [
    () => workbook(sheet(`<row r="2"><c r="A2" t="str"><f>CMD|'/c calc'!A0</f><v>Lê Văn Tơ</v></c></row>`)),
    'Lê Văn Tơ',
  ],
}

const stateOf = async (importId: string): Promise<string> =>
  (await getImport(keeper.reader, keeper.scope, importId)).state
const readList = (bytes: Uint8Array): Promise<string> =>
  bringIn(test, keeper, office.idOf(commune), bytes, 'people')

async function mend(importId: string, bytes: Uint8Array): Promise<unknown> {
  expect(await mendByFile(keeper, importId, incoming(bytes), limits)).toEqual({ ok: true, importId })
  await readImport(toolsOf(test, keeper), importId)
  return (await getImport(keeper.reader, keeper.scope, importId)).refusal
}

describe.each(Object.entries(hostile))('%s', (_, make) => {
  it('is refused as a list, as a corrected list and as a sheet of a reorganisation, and costs little', {
    timeout: 60_000,
  }, async () => {
    const bytes = make()
    const importId = await readList(bytes)
    expect(await stateOf(importId)).toBe('refused')
    const good = await readList(
      await makeWorkbook({
        people: [{ name: 'Hà Thị Lụa', bornOn: '31/02/1990', organisation: 'Chi bộ khu Chùa' }],
      }),
    )
    expect(await mend(good, bytes)).toMatchObject({ ok: false })
    expect(await stateOf(good)).toBe('preview')
    expect(await rowsOf(keeper, good, 'people')).toEqual([
      [2, 'wrong', { bornOn: 'no-such-day', status: 'status-needed' }],
    ])
    expect(await readStepRows(bytes, 'vi')).toMatchObject({ ok: false, words: expect.any(String) })
  })
})

describe.each(Object.entries(odd))('%s in a cell', (_, [make, shown]) => {
  it('is read as text and runs nothing', async () => {
    const importId = await readList(make())
    expect(await readStepRows(make(), 'vi')).toMatchObject({ ok: false })
    expect(await stateOf(importId)).toBe('preview')
    const rows = await test.askAsOwner<{ name: string }>(
      `select cells ->> 'name' as name from data_import_row where import_id = $1`,
      [importId],
    )
    expect(rows).toEqual([{ name: shown }])
  })
})
