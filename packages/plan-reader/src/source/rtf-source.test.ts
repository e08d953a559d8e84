import { describe, expect, test } from 'vitest'
import { defaultLimits } from './limits.ts'
import { readRtfSource } from './rtf-source.ts'
import { findMisplaced, showBlocks, sourceOf } from './shown-source.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const fonts = String.raw`{\fonttbl{\f0\froman Times New Roman;}{\f1\fnil\fcharset0 .VnTime;}{\f2\fnil .VnTimeH;}{\f3\fnil\fcharset163 Arial;}{\f4\fnil\fcharset2 Wingdings;}{\f5 VNI-Times;}}`
const read = (body: string) =>
  readRtfSource(bytesOf(String.raw`{\rtf1\ansi\ansicpg1252\deff0${fonts}${body}}`))
const show = (body: string) => showBlocks(read(body))

describe('text of RTF', () => {
  test('is paragraphs with their look', () => {
    const reading = read(
      String.raw`{\stylesheet{\s1 heading 1;}{\s2\b Normal;}}\pard\qc{\b K\u7871? ho\u7841?ch}\par\pard\qj\s1 N\u7897\'3fi dung {\i th\u7921? nh\u7845?t}\line d\'f2ng hai\par`,
    )
    expect(sourceOf(reading)).toEqual({
      format: 'rtf',
      text: 'Kế hoạch\nNội dung thự nhất\ndòng hai',
      blocks: [
        { type: 'paragraph', span: [0, 8], align: 'center', bold: true, italic: false },
        { type: 'paragraph', span: [9, 26], align: 'justify', bold: false, italic: false, heading: 1 },
        {
          type: 'paragraph',
          span: [27, 35],
          align: 'justify',
          bold: false,
          italic: false,
          heading: 1,
          afterSoftBreak: true,
        },
      ],
      pages: [],
      notes: [],
    })
  })

  test('has its signs, and none of what is beside it', () => {
    expect(
      show(
        String.raw`{\info{\author Nguy\'ean K\'edn}}{\*\generator Word}S\'f4\u769? 5\_KH\endash \{a\}\~b{\v \'e2n}{\deleted bo}{\pict 0102ff}{\field{\*\fldinst HYPERLINK x}{\fldrslt  trang}}\par`,
      ),
    ).toEqual(['Số 5-KH–{a}\u00a0b trang'])
  })

  test('keeps the numbers that Word printed', () => {
    const reading = read(
      String.raw`{\pard{\listtext\pard\plain\f0 1.1.\tab}M\u7909?c ti\'eau\par}{\pard{\listtext\pard\plain\f4 \'a7\tab}Vi\u7879?c\par}`,
    )
    expect(showBlocks(reading)).toEqual(['1.1. Mục tiêu', '▪ Việc'])
    expect(sourceOf(reading).blocks[0]).toMatchObject({ number: '1.1.' })
  })

  test('puts footnotes, headers and text boxes into their parts, each once', () => {
    expect(
      show(
        String.raw`{\header \pard K\u7871? ho\u7841?ch\par}{\footer 2\par}\pard \u272?\u7841?t{\footnote \pard Theo b\'e1o c\'e1o\par} 90%{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt \pard D\u7921? th\u7843?o\par}}{\shprslt \pard D\u7921? th\u7843?o\par}}\par`,
      ),
    ).toEqual(['header: Kế hoạch', 'textbox: Dự thảo', 'Đạt 90%', 'footnote: Theo báo cáo'])
  })

  test('is in the code page of its font: Windows-1258, TCVN3, VNI', () => {
    const reading = read(
      String.raw`\pard{\f3 K\'ea\'ec ho\'f2a}\par{\f2 k\'d5 ho\'b9ch}\par{\f1 T\'e6 ch\'f8c h\'e4c t\'cbp \'a7\'b6ng b\'e9}\par{\f5 toå chöùc ñaïi hoäi}\par`,
    )
    expect(showBlocks(reading)).toEqual(['Kế họa', 'KẾ HOẠCH', 'Tổ chức học tập Đảng bộ', 'tổ chức đại hội'])
    expect(sourceOf(reading).notes).toEqual([
      { kind: 'tcvn3-converted', count: 2 },
      { kind: 'vni-converted', count: 1 },
      { kind: 'decomposed', count: 1 },
    ])
  })
})

describe('tables of RTF', () => {
  test('are full grids with merged cells', () => {
    const reading = read(
      String.raw`\pard Tr\u432?\u7899?c\par` +
        String.raw`\trowd\trhdr\clbrdrl\brdrs\cellx1000\cellx3000\cellx5000\pard\intbl TT\cell N\'f4i\cell Ch\u7911?\cell\row` +
        String.raw`\trowd\clvmgf\cellx1000\cellx3000\cellx5000\pard\intbl 1\cell a\par b\cell c\cell\row` +
        String.raw`\trowd\clvmrg\cellx1000\cellx5030\pard\intbl\cell d\cell\row` +
        String.raw`\pard Sau\par`,
    )
    expect(showBlocks(reading)).toEqual([
      'Trước',
      [
        ['TT', 'Nôi', 'Chủ'],
        ['1', 'a\nb', 'c'],
        ['^1,0', 'd', '^2,1'],
      ],
      'Sau',
    ])
    expect(sourceOf(reading).blocks[1]).toMatchObject({ headRows: 1 })
    expect(findMisplaced(sourceOf(reading))).toBeUndefined()
  })

  test('without lines lay out', () => {
    const reading = read(String.raw`\trowd\cellx3000\cellx9000\pard\intbl UBND\cell C\u7897?ng\cell\row\pard`)
    expect(showBlocks(reading)).toEqual([[['UBND', 'Cộng']]])
    expect(sourceOf(reading).blocks[0]).toMatchObject({ layout: true })
  })
})

describe('RTF that is not whole', () => {
  test('is refused, since its end may be lost', () => {
    expect(readRtfSource(bytesOf(String.raw`{\rtf1 Noi dung {\b dang do`))).toEqual({
      ok: false,
      reason: 'damaged',
      found: '2 groups not closed',
    })
    expect(read('')).toEqual({ ok: false, reason: 'no-text' })
  })

  test('with groups in groups without end is refused', () => {
    expect(readRtfSource(bytesOf(`{\\rtf1 ${'{'.repeat(100_000)}`))).toMatchObject({
      reason: 'too-much-inside',
      limit: defaultLimits.depth,
    })
  })

  test('with binary data passes over it, and takes no length at its word', () => {
    expect(show(String.raw`\pard a{\pict\bin4 {{}}} b\par`)).toEqual(['a b'])
    expect(read(String.raw`\pard a\bin999999999 b\par`)).toMatchObject({ ok: false, reason: 'damaged' })
  })
})
