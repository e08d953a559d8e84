import { civilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { describe, expect, it } from 'vitest'
import {
  addresseeLines,
  basisLines,
  documentOffice,
  documentTitle,
  numberBlocks,
  numberLine,
  placeAndDateLine,
  recipientLines,
} from './document-lines.ts'
import type { Block, Level, OfficialDocument } from './document-model.ts'
import { minutes, reminderLetter, resultReport, stateDecision } from './sample-documents.test-data.ts'
import { settleTypesetting } from './typesetting.ts'

const plain = (text: string): string => text.replaceAll('\u00A0', ' ')
const numberOf = (document: OfficialDocument): string =>
  plain(numberLine(document, settleTypesetting(document)))
const on = (year: number, month: number, day: number) => civilDate(year, month, day) ?? { year }

describe('the number line', () => {
  it('joins number and sign as the system does', () => {
    expect(numberOf(minutes)).toBe('Số 12-BB/CB')
    expect(numberOf(stateDecision)).toBe('Số: 15/QĐ-UBND')
  })

  it('pads one digit and leaves letters after a number alone', () => {
    expect(numberOf({ ...minutes, number: { value: '7', sign: 'KH/ĐU' } })).toBe('Số 07-KH/ĐU')
    expect(numberOf({ ...minutes, number: { value: '12a', sign: 'KH/ĐU' } })).toBe('Số 12a-KH/ĐU')
  })

  it('stays blank before its sign while no number is given', () => {
    expect(numberOf(resultReport)).toBe('Số       -BC/ĐU')
    expect(numberOf({ ...stateDecision, number: { value: null, sign: 'QĐ-UBND' } })).toBe(
      'Số:       /QĐ-UBND',
    )
  })
})

describe('the place and date line', () => {
  it('pads days under 10 and months 1 and 2 only', () => {
    expect(plain(placeAndDateLine({ ...minutes, date: on(2026, 4, 9) }))).toBe(
      'Tân Hòa, ngày 09 tháng 4 năm 2026',
    )
    expect(plain(placeAndDateLine({ ...minutes, date: on(2026, 2, 20) }))).toBe(
      'Tân Hòa, ngày 20 tháng 02 năm 2026',
    )
  })

  it('leaves blank what is not known yet', () => {
    expect(plain(placeAndDateLine({ ...minutes, date: { year: 2026 } }))).toBe(
      'Tân Hòa, ngày     tháng     năm 2026',
    )
    expect(plain(placeAndDateLine({ ...minutes, date: { year: 2026, month: 1 } }))).toBe(
      'Tân Hòa, ngày     tháng 01 năm 2026',
    )
  })

  it('can break after the place, never inside the date', () => {
    expect(placeAndDateLine(minutes).split(' ')).toHaveLength(3)
  })
})

describe('lists with marks', () => {
  it('separates recipients by the office’s mark and ends with a full stop', () => {
    expect(recipientLines(['Như trên', 'Lưu Văn phòng'], ',')).toEqual(['- Như trên,', '- Lưu Văn phòng.'])
    expect(recipientLines(['Như trên', 'Lưu: VT'], ';')).toEqual(['- Như trên;', '- Lưu: VT.'])
  })

  it('does not double marks that were stored, and drops empty lines', () => {
    expect(recipientLines(['Như trên;', '', 'Lưu.'], ',')).toEqual(['- Như trên,', '- Lưu.'])
    expect(addresseeLines(['Chi bộ 1', 'Chi bộ 2'], ',')).toEqual(['Chi bộ 1,', 'Chi bộ 2.'])
  })

  it('ends the last basis as the office does', () => {
    expect(basisLines(['Căn cứ A', 'Căn cứ B'], ';')).toEqual(['Căn cứ A;', 'Căn cứ B;'])
    expect(basisLines(['Căn cứ A', 'Căn cứ B'], '.')).toEqual(['Căn cứ A;', 'Căn cứ B.'])
  })
})

describe('numbers of headings', () => {
  const heading = (level: Level): Block => ({ kind: 'heading', level, text: 'x' })
  const clause = (level: Level): Block => ({ kind: 'clause', level, text: 'x' })

  it('count with hyphens or dots, and start again under a higher heading', () => {
    const blocks = [
      heading(1),
      heading(2),
      clause(3),
      clause(3),
      heading(2),
      clause(4),
      clause(4),
      heading(1),
      heading(2),
    ]
    expect(numberBlocks(blocks, 'dash')).toEqual(['I-', '1-', '1.1-', '1.2-', '2-', 'a)', 'b)', 'II-', '1-'])
    expect(numberBlocks(blocks, 'dot')).toEqual(['I.', '1.', '1.1.', '1.2.', '2.', 'a)', 'b)', 'II.', '1.'])
  })

  it('know đ among the letters', () => {
    expect(
      numberBlocks(
        Array.from({ length: 7 }, () => clause(4)),
        'dash',
      ),
    ).toEqual(['a)', 'b)', 'c)', 'd)', 'đ)', 'e)', 'g)'])
  })

  it('pass over headings without a number, and start again in a new chapter', () => {
    const unnumbered: Block = { kind: 'heading', level: 1, text: 'x', numbered: false }
    const chapter: Block = { kind: 'division', label: 'Chương II' }
    expect(numberBlocks([heading(2), unnumbered, heading(2), chapter, heading(2)], 'dot')).toEqual([
      '1.',
      undefined,
      '1.',
      undefined,
      '1.',
    ])
  })
})

describe('what the file is called inside', () => {
  it('is the kind and the subject, and the office', () => {
    expect(documentTitle(resultReport)).toBe(
      'Báo cáo kết quả thực hiện Kế hoạch số 21-KH/ĐU, ngày 05/10/2026 về tổ chức học tập chuyên đề năm 2026',
    )
    expect(documentTitle(reminderLetter)).toBe(reminderLetter.subject)
    expect(documentOffice(minutes)).toBe('Chi bộ ấp Phú Thạnh')
  })
})
