import { describe, expect, test } from 'vitest'
import { type DocxFixture, list, makeDocx, num, p, r, tbl, use, zipDocx } from './docx-fixture.ts'
import { readDocxSource } from './docx-source.ts'
import { defaultLimits } from './limits.ts'
import { findMisplaced, showBlocks, sourceOf } from './shown-source.ts'

const read = (fixture: DocxFixture) => readDocxSource(makeDocx(fixture))
const show = (fixture: DocxFixture) => showBlocks(read(fixture))

describe('a paragraph', () => {
  test('has its words, its place and its look', () => {
    const reading = read({
      body:
        p('KẾ HOẠCH', '<w:jc w:val="center"/>', '<w:b/>') +
        p('') +
        p('Mở lớp tập huấn năm 2026', '<w:jc w:val="both"/>', '<w:i/>'),
    })
    expect(sourceOf(reading)).toEqual({
      format: 'docx',
      text: 'KẾ HOẠCH\n\nMở lớp tập huấn năm 2026',
      blocks: [
        { type: 'paragraph', span: [0, 8], align: 'center', bold: true, italic: false },
        { type: 'paragraph', span: [10, 34], align: 'justify', bold: false, italic: true },
      ],
      pages: [],
      notes: [],
    })
  })

  test('keeps tabs, parts at soft breaks and says so', () => {
    const reading = read({
      body: '<w:p><w:r><w:t>UBND XÃ A</w:t><w:tab/><w:t>CỘNG HÒA</w:t><w:br/><w:t>Số: 5/KH-UBND</w:t></w:r></w:p>',
    })
    expect(showBlocks(reading)).toEqual(['UBND XÃ A\tCỘNG HÒA', 'Số: 5/KH-UBND'])
    expect(sourceOf(reading).blocks[1]).toMatchObject({ afterSoftBreak: true })
  })

  test('prints no-break hyphens, symbols and capitals as paper does', () => {
    expect(
      show({
        body:
          '<w:p><w:r><w:t>Số 21</w:t><w:noBreakHyphen/><w:t>KH/ĐU</w:t></w:r></w:p>' +
          '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t xml:space="preserve"> Đạt</w:t></w:r></w:p>' +
          p('kế hoạch tháng 3', '', '<w:caps/>'),
      }),
    ).toEqual(['Số 21-KH/ĐU', '✓ Đạt', 'KẾ HOẠCH THÁNG 3'])
  })

  test('keeps what was inserted and drops what was deleted, moved away or hidden', () => {
    const body =
      `<w:p>${r('Giao ')}<w:del w:author="Người soạn">${r('Sở cũ').replaceAll('w:t', 'w:delText')}</w:del>` +
      `<w:ins w:author="Người soạn">${r('Sở Y tế')}</w:ins><w:moveFrom>${r(' bỏ')}</w:moveFrom>` +
      `<w:moveTo>${r(' chủ trì')}</w:moveTo>${r('ghi chú kín', '<w:vanish/>')}</w:p>`
    expect(show({ body })).toEqual(['Giao Sở Y tế chủ trì'])
  })

  test('whose end was deleted goes on in the next, and takes no number', () => {
    const numbering = list(1, [['decimal', '%1.']]) + use(1, 1)
    const deletedEnd = '<w:rPr><w:del/></w:rPr>'
    expect(
      show({
        numbering,
        body: p('Một', num(1)) + p('Hai ', num(1) + deletedEnd) + p('và nửa', num(1)) + p('Ba', num(1)),
      }),
    ).toEqual(['1. Một', '2. Hai và nửa', '3. Ba'])
  })

  test('has the results of fields, not their codes, and no page numbers', () => {
    const field = (code: string, result: string) =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ${code} </w:instrText></w:r>` +
      `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
    expect(
      show({
        body: `<w:p>${field('DATE \\@ "dd/MM/yyyy"', '09/3/2026')}${r(' trang ')}${field('PAGE', '7')}</w:p>`,
      }),
    ).toEqual(['09/3/2026 trang'])
  })

  test('has the words of links, smart tags and content controls, but no placeholder', () => {
    expect(
      show({
        body:
          `<w:p><w:hyperlink r:id="rId5">${r('thông báo')}</w:hyperlink><w:smartTag>${r(' số 4')}</w:smartTag>` +
          `<w:sdt><w:sdtPr><w:rPr><w:b/></w:rPr></w:sdtPr><w:sdtContent>${r(' của xã')}</w:sdtContent></w:sdt></w:p>` +
          `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${p('Bấm để nhập')}</w:sdtContent></w:sdt>`,
      }),
    ).toEqual(['thông báo số 4 của xã'])
  })

  test('is composed where its letters came apart, also over runs', () => {
    const reading = read({ body: `<w:p>${r('Kê')}${r('\u0301 hoa')}${r('\u0323ch')}</w:p>` })
    expect(showBlocks(reading)).toEqual(['Kế hoạch'])
    expect(sourceOf(reading).notes).toEqual([{ kind: 'decomposed', count: 1 }])
  })
})

describe('styles', () => {
  const styles =
    '<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>' +
    '<w:style w:type="paragraph" w:styleId="Dau"><w:name w:val="Dau muc"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>' +
    '<w:style w:type="paragraph" w:styleId="DauCon"><w:name w:val="heading 2"/><w:basedOn w:val="Dau"/></w:style>' +
    '<w:style w:type="paragraph" w:styleId="MucLuc"><w:name w:val="toc 1"/></w:style>' +
    '<w:style w:type="character" w:styleId="Dam"><w:name w:val="Dam"/><w:rPr><w:b/></w:rPr></w:style>' +
    '<w:style w:type="paragraph" w:styleId="V1"><w:basedOn w:val="V2"/></w:style><w:style w:type="paragraph" w:styleId="V2"><w:basedOn w:val="V1"/></w:style>'

  test('are followed along their chain', () => {
    const reading = read({ styles, body: p('Mục tiêu', '<w:pStyle w:val="DauCon"/>') })
    expect(sourceOf(reading).blocks).toEqual([
      { type: 'paragraph', span: [0, 8], align: 'center', bold: true, italic: false, heading: 2 },
    ])
  })

  test('that are bold twice are plain, as Word shows them', () => {
    const reading = read({ styles, body: p('Lặp', '<w:pStyle w:val="Dau"/>', '<w:rStyle w:val="Dam"/>') })
    expect(sourceOf(reading).blocks[0]).toMatchObject({ bold: false })
  })

  test('of a table of contents keep it out', () => {
    expect(
      show({ styles, body: p('I. Mục đích 2', '<w:pStyle w:val="MucLuc"/>') + p('I. Mục đích') }),
    ).toEqual(['I. Mục đích'])
  })

  test('that go in circles end', () => {
    expect(show({ styles, body: p('Vòng', '<w:pStyle w:val="V1"/>') })).toEqual(['Vòng'])
  })
})

describe('a table', () => {
  const span = (columns: number, text: string) =>
    `<w:tcPr><w:gridSpan w:val="${columns}"/></w:tcPr>${p(text)}`
  const down = (text: string, starts: boolean) =>
    `<w:tcPr><w:vMerge${starts ? ' w:val="restart"' : ''}/></w:tcPr>${p(text)}`

  test('is a full grid, merged cells told by where they start', () => {
    const reading = read({
      body: tbl(
        [
          ['TT', 'Nội dung', 'Chủ trì', 'Phối hợp'],
          ['I', span(3, 'Tuyên truyền')],
          [down('1', true), 'Mít tinh', down('Đoàn xã', true), 'Công an'],
          [down('', false), 'Diễu hành', down('', false), 'Trường học'],
        ],
        '',
        [500, 3000, 2000, 2000],
      ),
    })
    expect(showBlocks(reading)).toEqual([
      [
        ['TT', 'Nội dung', 'Chủ trì', 'Phối hợp'],
        ['I', 'Tuyên truyền', '^1,1', '^1,1'],
        ['1', 'Mít tinh', 'Đoàn xã', 'Công an'],
        ['^2,0', 'Diễu hành', '^2,2', 'Trường học'],
      ],
    ])
    expect(sourceOf(reading).text).toBe(
      'TT\tNội dung\tChủ trì\tPhối hợp\nI\tTuyên truyền\t\t\n1\tMít tinh\tĐoàn xã\tCông an\n\tDiễu hành\t\tTrường học',
    )
    expect(findMisplaced(sourceOf(reading))).toBeUndefined()
  })

  test('has no columns but those that some row has, and none a hair wide', () => {
    expect(
      show({
        body: tbl(
          [
            [span(2, 'a'), span(2, 'b')],
            [span(2, 'c'), span(2, 'd')],
          ],
          '',
          [1000, 1000, 1000, 1000],
        ),
      }),
    ).toEqual([
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ])
    expect(
      show({
        body: tbl(
          [
            ['a', span(2, 'b')],
            [span(2, 'c'), 'd'],
          ],
          '',
          [1000, 40, 1000],
        ),
      }),
    ).toEqual([
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ])
  })

  test('fills rows that are short or begin late', () => {
    const late = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p/></w:tc></w:tr>'
    expect(show({ body: tbl([['a', 'b', 'c'], ['d']]).replace('</w:tbl>', `${late}</w:tbl>`) })).toEqual([
      [
        ['a', 'b', 'c'],
        ['d', '', ''],
        ['', '', ''],
      ],
    ])
  })

  test('tells its head rows, and drops deleted rows', () => {
    const reading = read({
      body:
        '<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>TT</w:t></w:r></w:p></w:tc></w:tr>' +
        '<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>xóa</w:t></w:r></w:p></w:tc></w:tr>' +
        '<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    })
    expect(showBlocks(reading)).toEqual([[['TT'], ['1']]])
    expect(sourceOf(reading).blocks[0]).toMatchObject({ headRows: 1 })
  })

  test('without lines lays out the head; with lines, by itself or by style, it is a table', () => {
    const lines = '<w:tblBorders><w:top w:val="single"/><w:insideV w:val="single"/></w:tblBorders>'
    const none = '<w:tblBorders><w:top w:val="none"/><w:insideV w:val="nil"/></w:tblBorders>'
    const styles = `<w:style w:type="table" w:styleId="Luoi"><w:tblPr>${lines}</w:tblPr></w:style>`
    const style = '<w:tblStyle w:val="Luoi"/>'
    const layouts = ['', lines, style, style + none].map(
      (properties) => sourceOf(read({ styles, body: tbl([['UBND XÃ', 'CỘNG HÒA']], properties) })).blocks[0],
    )
    expect(layouts.map((block) => block?.type === 'table' && block.layout)).toEqual([
      true,
      undefined,
      undefined,
      true,
    ])
  })

  test('in a cell is read as the cell’s paragraphs; one that frames the document is no table', () => {
    const inner = tbl([['x', 'y']])
    expect(show({ body: tbl([[p('đầu') + inner + p('cuối'), 'bên']]) })).toEqual([
      [['đầu\nx\ny\ncuối', 'bên']],
    ])
    expect(show({ body: tbl([[p('KẾ HOẠCH') + inner]]) })).toEqual(['KẾ HOẠCH', [['x', 'y']]])
  })
})

describe('what stands beside the body', () => {
  const box = (text: string) => `<w:txbxContent>${p(text)}</w:txbxContent>`

  test('text boxes come after their paragraph, once', () => {
    const drawn = `<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box('DỰ THẢO')}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box('DỰ THẢO')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`
    expect(show({ body: `<w:p>${r('Số: ')}<w:r>${drawn}<w:t>/KH-UBND</w:t></w:r></w:p>` })).toEqual([
      'Số: /KH-UBND',
      'textbox: DỰ THẢO',
    ])
  })

  test('headers and footers in use are read once, page numbers are not', () => {
    const section =
      '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/><w:footerReference w:type="default" r:id="f1"/></w:sectPr>'
    expect(
      show({
        headers: { h1: p('Kế hoạch năm 2026'), h2: p('không dùng'), h3: p('mồ côi') },
        footers: { f1: '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>' },
        body: `${p('Nội dung')}<w:p><w:pPr>${section}</w:pPr></w:p>${section}`,
      }),
    ).toEqual(['header: Kế hoạch năm 2026', 'Nội dung'])
  })

  test('footnotes come behind the running text', () => {
    expect(
      show({
        footnotes:
          `<w:footnote w:type="separator" w:id="-1">${p('---')}</w:footnote>` +
          `<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>${r(' Theo Công văn số 8')}</w:p></w:footnote>`,
        body: `<w:p>${r('Đạt chỉ tiêu')}<w:r><w:footnoteReference w:id="1"/></w:r>${r('.')}</w:p>`,
      }),
    ).toEqual(['Đạt chỉ tiêu.', 'footnote: Theo Công văn số 8'])
  })

  test('names in the properties are not read', () => {
    const core = '<cp:coreProperties><dc:creator>Nguyễn Thị Kín</dc:creator></cp:coreProperties>'
    const reading = read({ body: p('Nội dung'), more: { 'docProps/core.xml': core } })
    expect(JSON.stringify(reading)).not.toContain('Kín')
  })
})

describe('legacy letters', () => {
  const font = (name: string) => `<w:rFonts w:ascii="${name}" w:hAnsi="${name}"/>`

  test('of TCVN3 become Unicode, in capitals where the font draws them so', () => {
    const reading = read({
      body:
        p('kÕ ho¹ch', '', font('.VnTimeH')) +
        p('Tæ chøc häc tËp nghÞ quyÕt cña §¶ng', '', font('.VnTime')) +
        p('Đã là Unicode'),
    })
    expect(showBlocks(reading)).toEqual(['KẾ HOẠCH', 'Tổ chức học tập nghị quyết của Đảng', 'Đã là Unicode'])
    expect(sourceOf(reading).notes).toEqual([{ kind: 'tcvn3-converted', count: 2 }])
  })

  test('of VNI become Unicode, also where a mark slipped into the next run', () => {
    const look = font('VNI-Times')
    const reading = read({
      body: `${p('Toå chöùc ñaïi hoäi chi boä, baùo caùo Ñaûng uûy', '', look)}<w:p>${r('Keá hoa', look)}${r('ïch', look)}</w:p>`,
    })
    expect(showBlocks(reading)).toEqual(['Tổ chức đại hội chi bộ, báo cáo Đảng ủy', 'Kế hoạch'])
  })

  test('are not seen in a font’s name alone', () => {
    const reading = read({ body: p('Kế hoạch tổ chức hội nghị', '', font('.VnTimeH')) })
    expect(showBlocks(reading)).toEqual(['Kế hoạch tổ chức hội nghị'])
    expect(sourceOf(reading).notes).toEqual([])
  })
})

describe('a package', () => {
  test('is followed by its relations, whatever its parts are called, with any prefix', () => {
    const bytes = zipDocx({
      '_rels/.rels':
        '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>',
      'word/document2.xml':
        '<ns0:document xmlns:ns0="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><ns0:body><ns0:p><ns0:pPr><ns0:jc ns0:val="center"/></ns0:pPr><ns0:r><ns0:t>Xã Hòa Bình</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>',
    })
    expect(sourceOf(readDocxSource(bytes)).blocks).toEqual([
      { type: 'paragraph', span: [0, 11], align: 'center', bold: false, italic: false },
    ])
  })

  test.each([
    ['spreadsheet', { 'xl/workbook.xml': '<workbook/>' }],
    ['presentation', { 'ppt/presentation.xml': '<p/>' }],
    ['open-document', { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<o/>' }],
    ['macros-only', { 'word/vbaProject.bin': 'x', '[Content_Types].xml': '<Types/>' }],
    ['archive', { 'anh-1.jpg': 'x', 'anh-2.jpg': 'x' }],
    ['damaged', { '[Content_Types].xml': '<Types/>' }],
  ])('that is something else is refused as %s', (reason, parts) => {
    expect(readDocxSource(zipDocx(parts))).toMatchObject({ ok: false, reason })
  })

  test('without a word is refused', () => {
    expect(read({ body: p(' ') })).toEqual({ ok: false, reason: 'no-text' })
  })

  test('with a document type or broken XML is refused, and nothing in it expanded', () => {
    const evil = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document>&e;</w:document>'
    expect(read({ body: '', more: { 'word/document.xml': evil } })).toMatchObject({
      ok: false,
      reason: 'unsafe',
    })
    expect(read({ body: '<w:p>' })).toMatchObject({ ok: false, reason: 'damaged' })
    expect(read({ body: '<w:p><w:r><w:t>&la;</w:t></w:r></w:p>' })).toMatchObject({ reason: 'damaged' })
  })

  test('that inflates beyond measure is refused before it has', () => {
    const bomb = read({ body: p('x'), more: { 'word/document.xml': new Uint8Array(30_000_000) } })
    expect(bomb).toMatchObject({ ok: false, reason: 'too-much-inside' })
    const dense = read({ body: p('x'), more: { 'word/document.xml': new Uint8Array(20_000_000) } })
    expect(dense).toMatchObject({ ok: false, reason: 'unsafe' })
  })

  test('that lies about its sizes is refused', () => {
    const bytes = makeDocx({ body: p('Nội dung thật') })
    const view = new DataView(bytes.buffer)
    for (let at = 0; at + 4 < bytes.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true)
    expect(readDocxSource(bytes)).toMatchObject({ ok: false, reason: 'unsafe' })
  })

  test('with more than the limits allow is refused with the limit', () => {
    const limits = { ...defaultLimits, paragraphs: 3 }
    expect(readDocxSource(makeDocx({ body: p('x').repeat(4) }), limits)).toEqual({
      ok: false,
      reason: 'too-much-inside',
      limit: 3,
      found: 'paragraphs',
    })
  })
})
