import { expect, it } from 'vitest'
import { type BookEntry, OrganisationBook } from './organisation-book.ts'

const body = (
  id: string,
  name: string,
  parentId: string | null,
  abbreviation: string | null = null,
): BookEntry => ({
  id,
  name,
  abbreviation,
  parentId,
  kind: 'cell',
  hierarchy: 'party',
  unitCode: null,
})
const book = new OrganisationBook([
  body('a', 'Đảng ủy xã Hòa Bình', null, 'ĐUHB'),
  body('a1', 'Chi bộ thôn 1', 'a'),
  body('a2', 'Chi bộ thôn 12', 'a'),
  body('b', 'Đảng ủy xã Lý Nhân', null),
  body('b1', 'Chi bộ thôn 1', 'b'),
  body('c', 'Chi bộ Công an - Quân sự', 'b'),
])
const find = (words: string): string => {
  const found = book.find(words)
  if (found.ok) return `${found.entry.id}${found.withoutMarks ? ' without marks' : ''}`
  return found.reason === 'unknown-organisation'
    ? `${found.reason} ${found.meant ?? ''}`.trim()
    : found.reason
}

it('finds a body by its name, case, composition and place of the tone aside', () => {
  expect(find('Đảng ủy xã Hòa Bình')).toBe('a')
  expect(find('ĐẢNG UỶ XÃ HOÀ BÌNH')).toBe('a')
  expect(find('Đảng ủy xã Hòa Bình'.normalize('NFD'))).toBe('a')
  expect(find('ĐUHB')).toBe('a')
  expect(find('dang uy xa li nhan')).toBe('b without marks')
})

it('tells bodies of one name apart by the body above', () => {
  expect(find('Chi bộ thôn 1')).toBe('several-organisations')
  for (const words of [
    'Chi bộ thôn 1, Đảng ủy xã Lý Nhân',
    'Chi bộ thôn 1 (Đảng ủy xã Lý Nhân)',
    'Chi bộ thôn 1 - Đảng ủy xã Lý Nhân',
    'chi bộ thôn 1 trực thuộc Đảng ủy xã Lý Nhân',
  ])
    expect([words, find(words)]).toEqual([words, 'b1'])
  expect(find('Chi bộ thôn 1, ĐUHB')).toBe('a1')
  expect(find('Chi bộ Công an - Quân sự')).toBe('c')
})

it('guesses what was meant by a slip of the hand, and nothing further', () => {
  expect(find('Chi bộ thôn 122')).toBe('unknown-organisation Chi bộ thôn 12')
  expect(find('Đảng ủy xã Tam Đảo')).toBe('unknown-organisation')
})
