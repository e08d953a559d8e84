import { describe, expect, it } from 'vitest'
import { makeFlow } from '../lines/flow.ts'
import { cutPapers } from '../outline/papers.ts'
import { readTextSource } from '../source/text-source.ts'
import { readHead } from './head.ts'

function headOf(text: string) {
  const paper = cutPapers(makeFlow(readTextSource(text, 'text'))).at(-1)
  if (!paper) throw new Error('no paper')
  const head = readHead(paper)
  return {
    kind: head.kindName ?? null,
    superior: head.superior?.text ?? null,
    issuer: head.issuer?.text ?? null,
    number: head.number?.text ?? null,
    place: head.place?.text ?? null,
    date: head.date?.value ?? null,
    subject: head.subject?.text ?? null,
    bases: head.bases.map((basis) => [basis.numberText, basis.date, basis.issuer?.text ?? null]),
  }
}

const state = `UBND TỈNH HÀ GIANG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc
Số: 45/KH-SNV\tHà Giang, ngày 05 tháng 02 năm 2026

KẾ HOẠCH
Tuyển dụng viên chức năm 2026

Căn cứ Luật Viên chức ngày 15 tháng 11 năm 2010;
Sở Nội vụ ban hành Kế hoạch tuyển dụng như sau:

I. MỤC ĐÍCH
`

describe('the head of a State paper', () => {
  it('is read from two columns', () => {
    expect(headOf(state)).toEqual({
      kind: 'kế hoạch',
      superior: 'UBND TỈNH HÀ GIANG',
      issuer: 'SỞ NỘI VỤ',
      number: '45/KH-SNV',
      place: 'Hà Giang',
      date: '2026-02-05',
      subject: 'Tuyển dụng viên chức năm 2026',
      bases: [[null, '2010-11-15', null]],
    })
  })

  it('stays blank where number and day are blank', () => {
    const draft = state
      .replace('45/KH-SNV', '       /KH-SNV')
      .replace('ngày 05 tháng 02', 'ngày      tháng 02')
    expect(headOf(draft)).toMatchObject({ number: null, date: null, place: 'Hà Giang' })
  })

  it("is the people's committee alone where its name takes two lines", () => {
    const head = headOf(
      state.replace('UBND TỈNH HÀ GIANG', 'ỦY BAN NHÂN DÂN').replace('SỞ NỘI VỤ\t', 'TỈNH HÀ GIANG\t'),
    )
    expect([head.superior, head.issuer]).toEqual([null, 'ỦY BAN NHÂN DÂN TỈNH HÀ GIANG'])
  })

  it('says nothing of a number that a scanner made letters of', () => {
    expect(headOf(state.replace('45/KH-SNV', 'AJS/KH-SNV')).number).toBeNull()
  })
})

describe('the head of a Party paper', () => {
  const party = (lines: string[]) =>
    headOf(
      `${lines.join('\n')}\n\nKẾ HOẠCH\nhọc tập nghị quyết\n-----\n\nThực hiện Kế hoạch số 12-KH/TU, ngày 03/3/2026 của Tỉnh ủy về học tập, Đảng ủy xã xây dựng kế hoạch như sau:\n\nI- MỤC ĐÍCH`,
    )
  const lines = [
    'ĐẢNG BỘ TỈNH CÀ MAU',
    'ĐẢNG ỦY XÃ ĐẦM DƠI',
    '*',
    'Số 08 -KH/ĐU',
    'ĐẢNG CỘNG SẢN VIỆT NAM',
    'Đầm Dơi, ngày 9 tháng 3 năm 2026',
  ]
  const expected = {
    kind: 'kế hoạch',
    superior: 'ĐẢNG BỘ TỈNH CÀ MAU',
    issuer: 'ĐẢNG ỦY XÃ ĐẦM DƠI',
    number: '08-KH/ĐU',
    place: 'Đầm Dơi',
    date: '2026-03-09',
    subject: 'học tập nghị quyết',
    bases: [['12-KH/TU', '2026-03-03', 'Tỉnh ủy']],
  }

  it('is read in the order of the page, and with the right column first', () => {
    expect(party(lines)).toEqual(expected)
    expect(party([...lines.slice(4), ...lines.slice(0, 4)])).toEqual(expected)
  })

  it('leaves the issuer to the enacting sentence where it is lost', () => {
    expect(party([])).toMatchObject({ superior: null, issuer: 'Đảng ủy xã', number: null, date: null })
  })
})

describe('bases', () => {
  it('of one paragraph are parted, the documents inside a subject are none', () => {
    const text = state.replace(
      'Căn cứ Luật Viên chức ngày 15 tháng 11 năm 2010;',
      'Căn cứ Nghị quyết số 5-NQ/TU ngày 01/7/2025 của Tỉnh ủy về thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Trung ương; Chương trình công tác năm của Sở Nội vụ;\nXuất phát từ yêu cầu thực tế,',
    )
    expect(headOf(text).bases).toEqual([
      ['5-NQ/TU', '2025-07-01', 'Tỉnh ủy'],
      [null, null, 'Sở Nội vụ'],
    ])
  })
})

it('finds the basis behind the words that say what a plan is for', () => {
  const { bases } = headOf(`KẾ HOẠCH
Tổ chức tọa đàm về Di chúc của Bác

Hướng tới kỷ niệm 55 năm ngày mất của Người, thực hiện Công văn số 12-CV/BTG, ngày 02/4/2024 của Ban Tuyên giáo Tỉnh ủy, Huyện ủy Gò Dầu xây dựng kế hoạch như sau:

I. MỤC ĐÍCH
`)
  expect(bases).toEqual([['12-CV/BTG', '2024-04-02', 'Ban Tuyên giáo Tỉnh ủy']])
})

describe('bases in one sentence', () => {
  it('are parted where a second paper has its own number, not where one paper is about others', () => {
    const basesOf = (words: string) => headOf(`KẾ HOẠCH\nThi đua\n\n${words}\n\nI. MỤC ĐÍCH\n`).bases
    expect(
      basesOf(
        'Thực hiện Quy định số 124-QĐ/TW, ngày 04/10/2023 của Bộ Chính trị về kiểm điểm và Hướng dẫn số 25-HD/BTCTW, ngày 10/11/2023 của Ban Tổ chức Trung ương;',
      ),
    ).toEqual([
      ['124-QĐ/TW', '2023-10-04', 'Bộ Chính trị'],
      ['25-HD/BTCTW', '2023-11-10', 'Ban Tổ chức Trung ương'],
    ])
    expect(
      basesOf(
        'Thực hiện Công văn số 12-CV/TU, ngày 02/3/2023 của Tỉnh ủy về thực hiện Chỉ thị số 05-CT/TW và Kết luận số 01-KL/TW của Bộ Chính trị;',
      ),
    ).toEqual([['12-CV/TU', '2023-03-02', 'Tỉnh ủy']])
  })
})
