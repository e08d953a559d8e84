import { describe, expect, it } from 'vitest'
import { makeFlow } from '../lines/flow.ts'
import { readHtmlSource } from '../source/html-source.ts'
import { readTextSource } from '../source/text-source.ts'
import { readMarker } from './marker.ts'
import { descendants, makeOutline } from './outline.ts'

const markerOf = (text: string) => {
  const line = makeFlow(readTextSource(text, 'text'))[0]
  const marker = line?.type === 'line' ? readMarker(line.line) : undefined
  return marker && `${marker.kind} ${marker.label}`
}
const sections = (text: string) =>
  descendants(makeOutline(makeFlow(readTextSource(text, 'text')))).flatMap((node) =>
    node.title ? [`${node.path} ${node.title.text}`] : [],
  )

describe('markers', () => {
  it('of every style are known', () => {
    expect(
      [
        'I. MỤC ĐÍCH',
        'II- NỘI DUNG',
        'A. CHUNG',
        '1. Họp',
        '2- Họp',
        '1.2. Họp',
        'đ) Họp',
        '- Họp',
        '+ Họp',
        '(1) Họp',
        '1) Họp',
        'a/ Họp',
      ].map(markerOf),
    ).toEqual([
      'roman I',
      'roman II',
      'capital A',
      'arabic 1',
      'arabic 2',
      'decimal 1.2',
      'letter đ',
      'bullet -',
      'bullet +',
      'bracket 1',
      'bracket 1',
      'letter a',
    ])
  })

  it('are not seen in figures, dates, subjects and document numbers', () => {
    expect(
      ['1/2 ngày', '8.500 cây', '24-KH/TU ngày', 'V/v cử cán bộ', '15/5 là ngày', '13h30 họp', 'đ/c Hà'].map(
        markerOf,
      ),
    ).toEqual(Array(7).fill(undefined))
  })
})

describe('the outline', () => {
  it('names a heading of several bodies whole', () => {
    expect(
      sections('1. Các ban Đảng huyện; các phòng, ban chuyên môn: Căn cứ Kế hoạch này, xây dựng lịch.'),
    ).toEqual(['1 Các ban Đảng huyện; các phòng, ban chuyên môn'])
  })

  it('names a heading by its markers from the top', () => {
    expect(
      sections('II- NỘI DUNG\n\n2- Hình thức\n\n2.1- Học tập trung\n\nCả ngày.\n\n2.2- Tự học\n\nỞ nhà.'),
    ).toEqual(['II NỘI DUNG', 'II.2 Hình thức', 'II.2.1 Học tập trung', 'II.2.2 Tự học'])
  })

  it('keeps a title before its colon, and takes no sentence for a title', () => {
    expect(
      sections(
        'III. TỔ CHỨC\n\n1. Văn phòng: chuẩn bị phòng họp.\n\n2. Giao Đoàn xã treo băng rôn trước ngày khai mạc.',
      ),
    ).toEqual(['III TỔ CHỨC', 'III.1 Văn phòng'])
  })

  it('puts right what a scanner made of II and III', () => {
    expect(sections('I. MỤC ĐÍCH\n\nHọc.\n\n11. NỘI DUNG\n\nĐọc.\n\nHI. TỔ CHỨC\n\nLàm.')).toEqual([
      'I MỤC ĐÍCH',
      'II NỘI DUNG',
      'III TỔ CHỨC',
    ])
  })

  it('joins a sentence that a page broke', () => {
    const flow = makeFlow(
      readTextSource(
        '- Các chi bộ rà soát danh sách đảng viên đi làm ăn xa, báo cho\n\n3\n\nđảng ủy biết.',
        'text',
      ),
    )
    expect(flow.map((entry) => (entry.type === 'line' ? entry.line.text : ''))).toEqual([
      '- Các chi bộ rà soát danh sách đảng viên đi làm ăn xa, báo cho đảng ủy biết.',
    ])
  })
})

it('takes a short bold sentence at the beginning for the title of the rest, in Markdown and in HTML', () => {
  const bold = '**1. Lập danh mục dùng chung.** Ưu tiên sách lịch sử của huyện.'
  expect(sections(`${bold}\n\n2. Giao Văn phòng chuẩn bị.`)).toEqual(['1 Lập danh mục dùng chung'])
  const html = readHtmlSource(
    new TextEncoder().encode('<p><b>1. Lập danh mục dùng chung.</b> Ưu tiên sách lịch sử của huyện.</p>'),
  )
  if (!html.ok) throw new Error(html.reason)
  expect(
    descendants(makeOutline(makeFlow(html.source))).flatMap((node) => (node.title ? [node.title.text] : [])),
  ).toEqual(['Lập danh mục dùng chung'])
})

it('lets capitals head a text that has no number at all, without a path', () => {
  expect(
    sections('MỤC ĐÍCH, YÊU CẦU\nVui.\nNỘI DUNG CHÍNH\nThi đấu.\nTỔ CHỨC THỰC HIỆN\nChi bộ thi.'),
  ).toEqual([' MỤC ĐÍCH, YÊU CẦU', ' NỘI DUNG CHÍNH', ' TỔ CHỨC THỰC HIỆN'])
})
