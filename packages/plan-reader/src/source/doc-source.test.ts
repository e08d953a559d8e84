import { describe, expect, test } from 'vitest'
import { change, type DocFixture, makeDoc, makeOle } from './doc-fixture.ts'
import { readDocSource } from './doc-source.ts'
import { findMisplaced, showBlocks, sourceOf } from './shown-source.ts'

const read = (fixture: DocFixture) => readDocSource(makeDoc(fixture))
const show = (fixture: DocFixture) => showBlocks(read(fixture))

describe('a .doc’s text', () => {
  test('is paragraphs with their look', () => {
    const reading = read({
      text: 'KẾ HOẠCH\rTổ chức lễ\vphát động\r',
      runs: [
        { length: 9, changes: change.bold },
        { length: 22, changes: [] },
      ],
      paragraphs: [
        { length: 9, changes: change.centre },
        { length: 22, changes: [] },
      ],
    })
    expect(sourceOf(reading)).toEqual({
      format: 'doc',
      text: 'KẾ HOẠCH\nTổ chức lễ\nphát động',
      blocks: [
        { type: 'paragraph', span: [0, 8], align: 'center', bold: true, italic: false },
        { type: 'paragraph', span: [9, 19], bold: false, italic: false },
        { type: 'paragraph', span: [20, 29], bold: false, italic: false, afterSoftBreak: true },
      ],
      pages: [],
      notes: [],
    })
  })

  test('leaves out hidden and deleted words, codes of fields and page numbers', () => {
    expect(
      show({
        text: 'Giaocũ Sở ẩnY tế \x13 DATE \x149/3\x15 \x13 PAGE \x147\x15\r',
        runs: [
          { length: 4, changes: [] },
          { length: 2, changes: change.deleted },
          { length: 4, changes: [] },
          { length: 2, changes: change.hidden },
          { length: 40, changes: [] },
        ],
      }),
    ).toEqual(['Giao Sở Y tế 9/3'])
  })

  test('has Word’s automatic numbers', () => {
    expect(
      show({
        text: 'Mục đích\rYêu cầu\rKinh phí\r',
        lists: [
          { format: 1, text: '\u0000.' },
          { format: 4, text: '\u0000)' },
        ],
        paragraphs: [
          { length: 9, changes: change.list(1) },
          { length: 8, changes: change.list(2) },
          { length: 9, changes: change.list(1) },
        ],
      }),
    ).toEqual(['I. Mục đích', 'a) Yêu cầu', 'II. Kinh phí'])
  })

  test('of TCVN3 and of VNI becomes Unicode, in capitals where the font draws them', () => {
    const reading = read({
      isNarrow: true,
      fonts: ['.VnTime', '.VnTimeH'],
      text: 'kÕ ho¹ch\rTæ chøc häc tËp nghÞ quyÕt cña §¶ng\r',
      runs: [
        { length: 9, changes: change.font(1) },
        { length: 37, changes: change.font(0) },
      ],
    })
    expect(showBlocks(reading)).toEqual(['KẾ HOẠCH', 'Tổ chức học tập nghị quyết của Đảng'])
    expect(show({ isNarrow: true, text: 'Toå chöùc ñaïi hoäi chi boä\r' })).toEqual([
      'Tổ chức đại hội chi bộ',
    ])
  })

  test('has its parts beside the body', () => {
    expect(
      show({
        text: 'Đạt 90%\x02\r',
        footnotes: '\x02 Theo báo cáo\r',
        headers: 'Kế hoạch\r',
        textBoxes: 'Dự thảo\r',
      }),
    ).toEqual(['header: Kế hoạch', 'Đạt 90%', 'footnote: Theo báo cáo', 'textbox: Dự thảo'])
  })
})

test('a .doc’s table is a full grid with merged cells', () => {
  const cell = (length: number) => ({ length, changes: change.inTable })
  const reading = read({
    text: 'TT\x07Việc\x07Ai\x07\x071\x07a\rb\x07c\x07\x07\x07d\x07\x07\x07Sau\r',
    paragraphs: [
      cell(3),
      cell(5),
      cell(3),
      { length: 1, changes: change.row([0, 1000, 3000, 5000], [0, 0, 0]) },
      cell(2),
      cell(2),
      cell(2),
      cell(2),
      { length: 1, changes: change.row([0, 1000, 3000, 5000], [0x60, 0, 0]) },
      cell(1),
      cell(2),
      cell(1),
      { length: 1, changes: change.row([0, 1000, 3000, 5030], [0x20, 1, 2]) },
      { length: 4, changes: [] },
    ],
  })
  expect(showBlocks(reading)).toEqual([
    [
      ['TT', 'Việc', 'Ai'],
      ['1', 'a\nb', 'c'],
      ['^1,0', 'd', '^2,1'],
    ],
    'Sau',
  ])
  expect(findMisplaced(sourceOf(reading))).toBeUndefined()
})

describe('a compound file', () => {
  test.each([
    ['encrypted', { EncryptedPackage: new Uint8Array(9) }],
    ['spreadsheet', { Workbook: new Uint8Array(9) }],
    ['presentation', { 'PowerPoint Document': new Uint8Array(9) }],
    ['mail', { '__properties_version1.0': new Uint8Array(9) }],
    ['unknown-format', { Contents: new Uint8Array(9) }],
    ['old-word', { WordDocument: new Uint8Array(9000) }],
  ])('that is no Word document is refused as %s', (reason, streams) => {
    expect(readDocSource(makeOle(streams))).toMatchObject({ ok: false, reason })
  })

  test('locked, written by an older Word, or empty is refused', () => {
    expect(read({ text: 'Kế hoạch\r', flags: 0x0100 })).toMatchObject({ reason: 'encrypted' })
    expect(read({ text: 'Kế hoạch\r', version: 101 })).toMatchObject({ reason: 'old-word' })
    expect(read({ text: '\r' })).toEqual({ ok: false, reason: 'no-text' })
  })

  test('whose sectors go in circles is refused', () => {
    const bytes = makeDoc({ text: 'Kế hoạch\r' })
    const view = new DataView(bytes.buffer)
    view.setUint32(512 + 2 * 4, 2, true)
    expect(readDocSource(bytes)).toEqual({ ok: false, reason: 'damaged', found: 'sector chain' })
  })
})
