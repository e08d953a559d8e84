import { describe, expect, it } from 'vitest'
import { holdNumbers, printableLine, printableLines, printableText, upperCase } from './printable-text.ts'

describe('printable text', () => {
  it('drops what XML has no room for and keeps the rest', () => {
    expect(printableText('a\u0000b\u0008c\u001Fd\uFFFEe\uD800f 😀 ]]> & <w:p>')).toBe('abcdef 😀 ]]> & <w:p>')
  })

  it('composes letters without respelling them', () => {
    expect(printableText('Đảng ủy, Đảng uỷ'.normalize('NFD'))).toBe('Đảng ủy, Đảng uỷ')
    expect(upperCase('Đảng ủy xã Hoà Bình')).toBe('ĐẢNG ỦY XÃ HOÀ BÌNH')
  })

  it('makes one line of several, or several lines', () => {
    expect(printableLine(' một\r\n hai\tba\u2028bốn ')).toBe('một hai ba bốn')
    expect(printableLines('một\r\nhai\u2028ba\tbốn')).toEqual(['một', 'hai', 'ba bốn'])
  })
})

describe('holding numbers', () => {
  const held = (text: string): string => holdNumbers(text).replaceAll('\u00A0', '~')

  it('keeps a number with the word before it', () => {
    expect(held('Kế hoạch số 21-KH/ĐU, ngày 05 tháng 10 năm 2026, quý IV, Điều 2')).toBe(
      'Kế hoạch số~21-KH/ĐU, ngày~05 tháng~10 năm~2026, quý~IV, Điều~2',
    )
  })

  it('leaves other words alone', () => {
    expect(held('một số chi bộ, năm nay, hằng năm 44 chi bộ, lần thứ hai, Mục Vụ')).toBe(
      'một số chi bộ, năm nay, hằng năm~44 chi bộ, lần thứ hai, Mục Vụ',
    )
  })
})
