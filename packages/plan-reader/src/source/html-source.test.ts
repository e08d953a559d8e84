import { describe, expect, test } from 'vitest'
import { readHtmlSource, readMhtmlSource } from './html-source.ts'
import { defaultLimits } from './limits.ts'
import { findMisplaced, showBlocks, sourceOf } from './shown-source.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const read = (html: string) => readHtmlSource(bytesOf(html))
const show = (html: string) => showBlocks(read(html))

describe('a page’s text', () => {
  test('is paragraphs and headings with their look', () => {
    const reading = read(
      '<html><head><title>Cổng</title><style>p{}</style></head><body><h2 align=center>KẾ HOẠCH</h2>' +
        '<p style="text-align: justify; font-style:italic">Tổ  chức\n lễ <b>phát động</b></p></body></html>',
    )
    expect(sourceOf(reading)).toEqual({
      format: 'html',
      text: 'KẾ HOẠCH\nTổ chức lễ phát động',
      blocks: [
        { type: 'paragraph', span: [0, 8], align: 'center', bold: true, italic: false, heading: 2 },
        { type: 'paragraph', span: [9, 29], align: 'justify', bold: false, italic: true },
      ],
      pages: [],
      notes: [],
    })
  })

  test('parts at line breaks; an empty line begins a new paragraph', () => {
    const reading = read('<div>Nơi nhận:<br>- Như trên;<br/><br>T/M ĐẢNG ỦY</div>')
    expect(showBlocks(reading)).toEqual(['Nơi nhận:', '- Như trên;', 'T/M ĐẢNG ỦY'])
    expect(sourceOf(reading).blocks.map((b) => b.type === 'paragraph' && b.afterSoftBreak)).toEqual([
      undefined,
      true,
      undefined,
    ])
    expect(sourceOf(reading).text).toBe('Nơi nhận:\n- Như trên;\n\nT/M ĐẢNG ỦY')
  })

  test('has its entities, combined letters and no-break spaces', () => {
    const reading = read('<p>K&#234;&#769; hoa&#803;ch &amp; d&#x1ef1; &aacute;n&nbsp;1</p>')
    expect(showBlocks(reading)).toEqual(['Kế hoạch & dự án\u00a01'])
    expect(sourceOf(reading).notes).toEqual([{ kind: 'decomposed', count: 1 }])
  })

  test('leaves out scripts, menus and what is hidden', () => {
    expect(
      show(
        '<script>var p = "<p>mã</p>"</script><nav>Trang chủ</nav><p>Nội <span style="display:none">ẩn</span>dung</p>' +
          '<svg><text>hình</text></svg><textarea><p>gõ</p></textarea><noscript>bật mã</noscript><!-- chú thích -->',
      ),
    ).toEqual(['Nội dung'])
  })

  test('needs no end tags', () => {
    expect(show('<p>Một<p>Hai<ul><li>Ba<li>Bốn</ul>Năm')).toEqual(['Một', 'Hai', '• Ba', '• Bốn', 'Năm'])
  })

  test('numbers lists as browsers do', () => {
    expect(
      show(
        '<ol type=I><li>A<ol type="a" start=3><li>b</li><li value=7>c</li></ol></li><li>D</li></ol><ul style="list-style:none"><li>- E</li></ul>',
      ),
    ).toEqual(['I. A', 'c. b', 'g. c', 'II. D', '- E'])
  })

  test('that Word wrote keeps its numbers, footnotes apart', () => {
    const reading = read(
      '<html xmlns:o="urn:schemas-microsoft-com:office:office"><!--[if gte mso 9]><xml><o:Author>Kín</o:Author></xml><![endif]-->' +
        '<p class=MsoNormal><![if !supportLists]><span>1.<span>&nbsp;</span></span><![endif]>Mục đích' +
        '<a href="#_ftn1"><span class=MsoFootnoteReference>[1]</span></a><o:p></o:p></p>' +
        "<div style='mso-element:footnote-list'><div style='mso-element:footnote'><p>Theo công văn</p></div></div>",
    )
    expect(showBlocks(reading)).toEqual(['1.\u00a0Mục đích', 'footnote: Theo công văn'])
  })
})

describe('a page’s table', () => {
  test('is a full grid over rowspan and colspan', () => {
    const reading = read(
      '<table border=1><thead><tr><th>TT<th>Nội dung<th>Chủ trì<th>Phối hợp</thead>' +
        '<tr><td rowspan=2>1<td>Mít tinh<td rowspan="3">Đoàn xã<td>Công an</tr><tr><td>Diễu hành<td>Trường</tr>' +
        '<tr><td colspan=2><p>Tổng<p>kết<td>Các bên</table>',
    )
    expect(showBlocks(reading)).toEqual([
      [
        ['TT', 'Nội dung', 'Chủ trì', 'Phối hợp'],
        ['1', 'Mít tinh', 'Đoàn xã', 'Công an'],
        ['^1,0', 'Diễu hành', '^1,2', 'Trường'],
        ['Tổng\nkết', '^3,0', '^1,2', 'Các bên'],
      ],
    ])
    expect(sourceOf(reading).blocks[0]).toMatchObject({ headRows: 1 })
    expect(findMisplaced(sourceOf(reading))).toBeUndefined()
  })

  test('without lines lays out; one round everything is no table', () => {
    const reading = read(
      '<table width=100%><tr><td><table border=0><tr><td>UBND XÃ</td><td>CỘNG HÒA</td></tr></table><p>KẾ HOẠCH</p></td></tr></table>',
    )
    expect(showBlocks(reading)).toEqual([[['UBND XÃ', 'CỘNG HÒA']], 'KẾ HOẠCH'])
    expect(sourceOf(reading).blocks[0]).toMatchObject({ layout: true })
  })

  test('with cells that claim the whole world stays small', () => {
    expect(show('<table><tr><td colspan=99999999 rowspan=99999999>a<td>b</tr><tr><td>c</table>')).toEqual([
      [
        ['a', 'b'],
        ['^0,0', 'c'],
      ],
    ])
  })
})

describe('a page’s letters', () => {
  test('are decoded from Windows-1258 by the page’s word', () => {
    const latin = '<meta charset=windows-1258><p>K\u00ea\u00ec ho\u00f2a</p>'
    expect(showBlocks(readHtmlSource(Uint8Array.from(latin, (letter) => letter.charCodeAt(0))))).toEqual([
      'Kế họa',
    ])
  })

  test('of TCVN3 and VNI become Unicode', () => {
    const latin = '<p><font face=".VnTime">Tæ chøc häc tËp nghÞ quyÕt cña §¶ng bé</font></p>'
    const reading = readHtmlSource(Uint8Array.from(latin, (letter) => letter.charCodeAt(0)))
    expect(showBlocks(reading)).toEqual(['Tổ chức học tập nghị quyết của Đảng bộ'])
    expect(sourceOf(reading).notes).toMatchObject([{ kind: 'tcvn3-converted' }])
  })
})

describe('a page in MIME', () => {
  test('is found, decoded and read', () => {
    const mime = [
      'MIME-Version: 1.0',
      'Content-Type: multipart/related;',
      ' boundary="----=_Phan"',
      '',
      '------=_Phan',
      'Content-Type: image/png',
      '',
      'xx',
      '------=_Phan',
      'Content-Type: text/html; charset="utf-8"',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<p>K=E1=BA=BF ho=E1=BA=A1=',
      'ch</p>',
      '------=_Phan--',
    ].join('\r\n')
    expect(showBlocks(readMhtmlSource(bytesOf(mime)))).toEqual(['Kế hoạch'])
    expect(readMhtmlSource(bytesOf('MIME-Version: 1.0\r\n\r\nkhông có trang'))).toMatchObject({
      ok: false,
      reason: 'damaged',
    })
  })
})

test('a page without words, with an endless tag, or with too many paragraphs is refused', () => {
  expect(read('<p> </p>')).toEqual({ ok: false, reason: 'no-text' })
  expect(read(`<p ${'a '.repeat(20_000)}>x</p>`)).toMatchObject({ reason: 'unsafe' })
  expect(readHtmlSource(bytesOf('<p>x'.repeat(9)), { ...defaultLimits, paragraphs: 5 })).toMatchObject({
    reason: 'too-much-inside',
    limit: 5,
  })
})
