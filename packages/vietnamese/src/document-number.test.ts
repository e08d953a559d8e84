import { expect, test } from 'vitest'
import { findDocumentNumbers } from './document-number.ts'

const numbers = (text: string) => findDocumentNumbers(text).map((found) => found.number)

test('a sign may have two words joined by an ampersand', () => {
  expect(numbers('Kế hoạch số 58/KH-PGD&ĐT của Phòng')).toEqual(['58/KH-PGD&ĐT'])
})

test('a sign without a hyphen is a number behind the word "số" only', () => {
  expect(numbers('Công văn số 219/TTTVH và Thông báo số 380/TB/TW')).toEqual(['219/TTTVH', '380/TB/TW'])
  expect(numbers('3/TTTVH, 12/40 hộ, nhà số 12/QL1, số 5/12 người')).toEqual([])
})

test('the common signs of Party and State stay whole behind the word "số"', () => {
  expect(numbers('số 21 -KH/ĐU; số 15/QĐ-UBND; số 30/2020/NĐ-CP; số 178/CP')).toEqual([
    '21-KH/ĐU',
    '15/QĐ-UBND',
    '30/2020/NĐ-CP',
    '178/CP',
  ])
})
