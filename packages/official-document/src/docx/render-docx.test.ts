import { strFromU8, unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { OfficialDocument } from '../document-model.ts'
import {
  minutes,
  reminderLetter,
  resultReport,
  stateDecision,
  studyPlan,
} from '../sample-documents.test-data.ts'
import { holdDocumentNumbers } from './finish-package.ts'
import { renderDocx } from './render-docx.ts'

const partsOf = async (document: OfficialDocument): Promise<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(unzipSync(await renderDocx(document))).map(([path, bytes]) => [path, strFromU8(bytes)]),
  )

const bodyOf = async (document: OfficialDocument): Promise<string> =>
  (await partsOf(document))['word/document.xml'] ?? ''

const heldHyphen = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'

/** The text of each paragraph, blank ones left out. */
const linesOf = (xml: string): string[] =>
  Array.from(xml.matchAll(/<w:p>.*?<\/w:p>/gs), (paragraph) =>
    Array.from(
      paragraph[0].replaceAll(heldHyphen, '-').matchAll(/<w:t[^>]*>([^<]*)<\/w:t>|<w:tab\/>/g),
      (text) => text[1] ?? '\t',
    )
      .join('')
      .replaceAll('\u00A0', ' '),
  ).filter(Boolean)

const paragraphWith = (xml: string, text: string): string =>
  Array.from(xml.matchAll(/<w:p>(?:(?!<w:p>).)*?<\/w:p>/gs), (match) => match[0]).find((each) =>
    each.replaceAll(heldHyphen, '-').replaceAll('\u00A0', ' ').includes(text),
  ) ?? ''

afterEach(() => {
  vi.useRealTimers()
})

describe('the page', () => {
  it('is A4 with mirrored margins of 20, 20, 30 and 15 mm and the number 10 mm from the edge', async () => {
    const parts = await partsOf(reminderLetter)
    expect(parts['word/document.xml']).toContain('<w:pgSz w:w="11906" w:h="16838" w:orient="portrait"/>')
    expect(parts['word/document.xml']).toContain(
      '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>',
    )
    expect(parts['word/settings.xml']).toContain('<w:mirrorMargins/>')
  })

  it('carries its number from page 2 on, centred at 14 pt', async () => {
    const parts = await partsOf(resultReport)
    expect(parts['word/document.xml']).toContain('<w:titlePg/>')
    const headers = Object.entries(parts).filter(([path]) => /^word\/header\d+\.xml$/.test(path))
    const numbered = headers.filter(([, xml]) => />\s*PAGE\s*</.test(xml))
    expect(headers.length - numbered.length).toBe(1)
    for (const [, xml] of numbered) {
      expect(xml).toContain('<w:jc w:val="center"/>')
      expect(xml).toContain('<w:sz w:val="28"/>')
    }
  })

  it('is not mirrored in the State’s layout', async () => {
    expect((await partsOf(stateDecision))['word/settings.xml']).not.toContain('mirrorMargins')
  })
})

describe('the type', () => {
  it('is Times New Roman in Vietnamese, every part a style', async () => {
    const { 'word/styles.xml': styles = '', 'word/document.xml': body = '' } = await partsOf(resultReport)
    expect(styles).toContain('w:ascii="Times New Roman"')
    expect(styles).toContain('<w:lang w:val="vi-VN"')
    expect(body).not.toContain('w:rFonts')
    const used = new Set(Array.from(body.matchAll(/<w:pStyle w:val="([^"]+)"/g), (match) => match[1]))
    const known = new Set(Array.from(styles.matchAll(/w:styleId="([^"]+)"/g), (match) => match[1]))
    expect([...used].filter((style) => !known.has(style))).toEqual([])
  })

  it('sets running text justified, first line 10 mm, 6 pt after, lines of at least 18 pt', async () => {
    const styles = (await partsOf(resultReport))['word/styles.xml'] ?? ''
    const body = /<w:style [^>]*w:styleId="body".*?<\/w:style>/s.exec(styles)?.[0] ?? ''
    expect(body).toContain('<w:jc w:val="both"/>')
    expect(body).toContain('w:firstLine="567"')
    expect(body).toMatch(/<w:spacing w:after="120" w:before="0" w:line="360" w:lineRule="atLeast"\/>/)
    expect(body).toContain('<w:sz w:val="28"/>')
  })

  it('sets lines of exactly 18 pt where the profile says so', async () => {
    const styles = (await partsOf({ ...resultReport, profile: 'HD05' }))['word/styles.xml'] ?? ''
    expect(/w:styleId="body".*?<\/w:style>/s.exec(styles)?.[0]).toContain('w:line="360" w:lineRule="exact"')
    expect(styles).not.toContain('"exactly"')
  })
})

describe('what is printed', () => {
  it('is the letter, line for line', async () => {
    const lines = linesOf(await bodyOf(reminderLetter))
    expect(lines.slice(0, 10)).toEqual([
      'TỈNH ỦY AN GIANG',
      'ĐẢNG ỦY XÃ TÂN HÒA',
      '*',
      'ĐẢNG CỘNG SẢN VIỆT NAM',
      'Số 86-CV/ĐU',
      'Đôn đốc thực hiện Kế hoạch số 21-KH/ĐU về học tập chuyên đề năm 2026',
      'Tân Hòa, ngày 23 tháng 11 năm 2026',
      'Kính gửi:\t- Chi bộ ấp Phú Thạnh,',
      '- Chi bộ ấp Hòa Lợi,',
      '- Chi bộ Trường Tiểu học Tân Hòa.',
    ])
    expect(lines.slice(-8)).toEqual([
      'Nơi nhận:',
      '- Như trên,',
      '- Thường trực Đảng ủy,',
      '- Ủy ban Kiểm tra Đảng ủy,',
      '- Lưu Văn phòng Đảng ủy.',
      'T/M BAN THƯỜNG VỤ',
      'PHÓ BÍ THƯ',
      'Lê Thị Mai Hương',
    ])
  })

  it('keeps number and date blank while they are not given', async () => {
    const lines = linesOf(await bodyOf(resultReport))
    expect(lines).toContain('Số       -BC/ĐU')
    expect(lines).toContain('Tân Hòa, ngày     tháng 11 năm 2026')
  })

  it('never respells a name', async () => {
    const lines = linesOf(
      await bodyOf({ ...minutes, issuer: ['Đảng uỷ xã Hoà Thuỷ'], superior: ['Huyện ủy Hòa Thủy'] }),
    )
    expect(lines.slice(0, 2)).toEqual(['HUYỆN ỦY HÒA THỦY', 'ĐẢNG UỶ XÃ HOÀ THUỶ'])
  })

  it('has urgency and draft under the number, and the contact line at the foot of page 1', async () => {
    const parts = await partsOf(studyPlan)
    const lines = linesOf(parts['word/document.xml'] ?? '')
    expect(lines.slice(lines.indexOf('Số 07-KH/ĐU'), lines.indexOf('Số 07-KH/ĐU') + 3)).toEqual([
      'Số 07-KH/ĐU',
      'KHẨN',
      'Dự thảo lần 2',
    ])
    expect(parts['word/document.xml']).toMatch(/<w:footerReference w:type="first"/)
    expect(linesOf(parts['word/footer1.xml'] ?? '')).toEqual([studyPlan.contactLine])
  })

  it('has two signatures side by side on minutes, then the recipients', async () => {
    const lines = linesOf(await bodyOf(minutes))
    expect(lines.slice(-7)).toEqual([
      'THƯ KÝ',
      'Phạm Văn Đức',
      'CHỦ TRÌ',
      'Nguyễn Thị Út',
      'Nơi nhận:',
      '- Đảng ủy xã,',
      '- Lưu chi bộ.',
    ])
  })

  it('has the State’s head on a State paper', async () => {
    const lines = linesOf(await bodyOf(stateDecision))
    expect(lines.slice(0, 6)).toEqual([
      'ỦY BAN NHÂN DÂN TỈNH AN GIANG',
      'ỦY BAN NHÂN DÂN XÃ TÂN HÒA',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Số: 15/QĐ-UBND',
      'HỎA TỐC',
    ])
    expect(lines.at(-3)).toBe('TM. ỦY BAN NHÂN DÂN')
    expect(lines).not.toContain('*')
  })

  it('holds a number to the word before it', async () => {
    expect(await bodyOf(reminderLetter)).toContain('ngày\u00A030 tháng\u00A011 năm\u00A02026')
  })
})

describe('what stays together', () => {
  it('is a heading with its text, and the last lines with the signature', async () => {
    const { 'word/styles.xml': styles = '', 'word/document.xml': body = '' } = await partsOf(reminderLetter)
    expect(/w:styleId="Heading1".*?<\/w:style>/s.exec(styles)?.[0]).toContain('<w:keepNext/>')
    expect(paragraphWith(body, 'Đề nghị các đồng chí')).toContain('<w:keepNext/>')
    expect(paragraphWith(body, 'Theo Kế hoạch')).not.toContain('<w:keepNext/>')
    expect(paragraphWith(body, 'cụ thể như sau:')).toContain('<w:keepNext/>')
  })

  it('is a last table with the signature', async () => {
    const table = reminderLetter.body[2]
    if (table?.kind !== 'table') throw new Error('the sample has changed')
    const body = await bodyOf({ ...reminderLetter, body: [table] })
    const lastRow = Array.from(body.matchAll(/<w:tr>.*?<\/w:tr>/gs), (match) => match[0]).find((row) =>
      row.includes('Trường Tiểu học Tân Hòa</w:t>'),
    )
    expect(lastRow?.match(/<w:keepNext\/>/g)).toHaveLength(5)
  })
})

describe('tables', () => {
  it('fill the text’s width, repeat their header and do not break rows', async () => {
    const body = await bodyOf(resultReport)
    const table = Array.from(body.matchAll(/<w:tbl>.*?<\/w:tbl>/gs), (match) => match[0]).find((each) =>
      each.includes('Triệu tập'),
    )
    const grid = Array.from(table?.matchAll(/<w:gridCol w:w="(\d+)"\/>/g) ?? [], (match) => Number(match[1]))
    expect(grid).toHaveLength(6)
    expect(grid.reduce((sum, width) => sum + width, 0)).toBe(9354)
    expect(table).toContain('<w:tblLayout w:type="fixed"/>')
    const rows = Array.from(table?.matchAll(/<w:tr>.*?<\/w:tr>/gs) ?? [], (match) => match[0])
    expect(rows.map((row) => row.includes('<w:tblHeader/>')).filter(Boolean)).toHaveLength(2)
    expect(rows[0]).toContain('<w:tblHeader/>')
    expect(rows[1]).toContain('<w:tblHeader/>')
    expect(rows.filter((row) => !row.includes('<w:cantSplit/>'))).toEqual([])
    expect(rows[0]).toContain('<w:gridSpan w:val="3"/>')
    expect(rows[0]?.match(/<w:vMerge w:val="restart"\/>/g)).toHaveLength(3)
  })

  it('are refused when their cells do not fill the columns', async () => {
    const broken: OfficialDocument = {
      ...minutes,
      body: [
        { kind: 'table', columns: [{ width: 1 }, { width: 1 }], header: [], rows: [{ cells: ['một'] }] },
      ],
    }
    await expect(renderDocx(broken)).rejects.toThrow('row 1 of a table has too few cells')
  })

  it('may lie on a wide page in an annex', async () => {
    expect(await bodyOf(resultReport)).toContain('<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>')
  })
})

describe('the file', () => {
  it('has the office as its author and no person’s name in its properties', async () => {
    const parts = await partsOf(resultReport)
    const properties = Object.entries(parts)
      .filter(([path]) => path.startsWith('docProps/'))
      .map(([, xml]) => xml)
      .join('')
    expect(properties).toContain('<dc:creator>Đảng ủy xã Tân Hòa</dc:creator>')
    expect(properties).toContain('<cp:lastModifiedBy>Đảng ủy xã Tân Hòa</cp:lastModifiedBy>')
    expect(properties).not.toContain('Trần Quốc Bảo')
    expect(properties).not.toContain('Un-named')
    expect(parts['word/document.xml']).toContain('Trần Quốc Bảo')
  })

  it('is the same bytes whenever it is made, whatever was made before', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T01:00:00Z') })
    const first = await renderDocx(resultReport)
    await renderDocx(minutes)
    vi.setSystemTime(new Date('2031-02-03T04:05:06Z'))
    const second = await renderDocx(resultReport)
    expect(Buffer.compare(first, second)).toBe(0)
  })

  it('is whole however hostile the text', async () => {
    const hostile = '\u0000\u0008]]>&amp;<w:p/>"\'\uD800\uFFFF<!-- {x} --> %s \u202Eabc'
    const everywhere: OfficialDocument = {
      ...resultReport,
      superior: [hostile],
      issuer: [hostile],
      number: { value: hostile, sign: hostile },
      place: hostile,
      kind: hostile,
      subject: hostile,
      urgency: hostile,
      addressees: { label: hostile, names: [hostile, hostile] },
      body: [
        { kind: 'paragraph', text: hostile },
        { kind: 'heading', level: 1, text: [{ text: hostile, bold: true }] },
        { kind: 'bases', items: [hostile] },
        { kind: 'division', label: hostile, title: hostile },
        {
          kind: 'table',
          columns: [{ width: 1 }],
          header: [{ cells: [hostile] }],
          rows: [{ cells: [hostile] }],
        },
      ],
      recipients: [hostile],
      signatures: [{ authority: hostile, position: [hostile], name: hostile }],
      contactLine: hostile,
      typistMark: hostile,
      annexes: [{ label: hostile, title: hostile, note: hostile, body: [] }],
    }
    const parts = await partsOf(everywhere)
    for (const [path, xml] of Object.entries(parts)) {
      const parser = new SaxesParser()
      parser.on('error', (error) => {
        throw new Error(`${path}: ${error.message}`)
      })
      parser.write(xml).close()
    }
    expect(linesOf(parts['word/document.xml'] ?? '').join('\n')).toContain(']]&gt;&amp;amp;&lt;w:p/&gt;')
  })

  it('can be made of almost nothing, but not without an issuer', async () => {
    const bare: OfficialDocument = {
      profile: 'HD36',
      issuer: ['Chi bộ 1'],
      number: { value: null, sign: 'BC/CB' },
      place: '',
      date: { year: 2026 },
      kind: 'Báo cáo',
      subject: '',
      body: [],
      signatures: [],
    }
    expect((await renderDocx(bare)).length).toBeGreaterThan(5000)
    await expect(renderDocx({ ...bare, issuer: [] })).rejects.toThrow('a document needs an issuer')
  })
})

describe('a document number', () => {
  it('is not broken at its hyphen; other hyphens stay as they are', () => {
    const held = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
    expect(holdDocumentNumbers('<w:r><w:t>Số 123-KH/ĐU, nhiệm kỳ 2020-2025</w:t></w:r>')).toBe(
      `<w:r><w:t xml:space="preserve">Số 123${held}KH/ĐU, nhiệm kỳ 2020-2025</w:t></w:r>`,
    )
    expect(holdDocumentNumbers('<w:t>141/KH-UBND; tái - định cư</w:t>')).toBe(
      `<w:t xml:space="preserve">141/KH${held}UBND; tái - định cư</w:t>`,
    )
    expect(holdDocumentNumbers('<w:t>- Thường trực Đảng ủy</w:t>')).toBe('<w:t>- Thường trực Đảng ủy</w:t>')
  })
})
