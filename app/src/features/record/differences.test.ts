import { expect, test } from 'vitest'
import { idsIn, listDifferences, type Wording, wordDifferences } from './differences.ts'

const person = '0199b3a0-0000-7000-8000-000000000001'
const stranger = '0199b3a0-0000-7000-8000-000000000002'

const wording: Wording = {
  field: (name) => `[${name}]`,
  value: (_field, value) => value,
  day: (iso) => `ngày ${iso}`,
  moment: (iso) => `lúc ${iso}`,
  number: (value) => `số ${value}`,
  yes: 'có',
  no: 'không',
  none: 'trống',
  unnamed: '…',
}
const said = (before: unknown, after: unknown) =>
  wordDifferences(
    listDifferences(before, after),
    { [person]: { kind: 'person', name: 'Lê Thị Hoa' } },
    wording,
  )

test('what stayed the same is left out', () => {
  expect(listDifferences({ a: 1, b: 'x' }, { a: 1, b: 'y' })).toEqual([
    { path: ['b'], before: 'x', after: 'y' },
  ])
})

test('a side that was not kept leaves the other', () => {
  expect(listDifferences(null, { reason: 'sai đơn vị' })).toEqual([
    { path: ['reason'], before: undefined, after: 'sai đơn vị' },
  ])
  expect(listDifferences({ state: 'owed' }, null)).toEqual([
    { path: ['state'], before: 'owed', after: undefined },
  ])
  expect(listDifferences(null, null)).toEqual([])
})

test('values within values and lists are told by their place', () => {
  expect(
    listDifferences(
      { tasks: [{ text: 'một' }, { text: 'hai' }], units: ['a', 'b'] },
      { tasks: [{ text: 'một' }, { text: 'ba' }], units: ['a'] },
    ),
  ).toEqual([
    { path: ['tasks', 2, 'text'], before: 'hai', after: 'ba' },
    { path: ['units'], before: 'a; b', after: 'a' },
  ])
})

test('ids become names for who may see them, and nothing for who may not', () => {
  expect(said(null, { personId: person, other: stranger, list: [person, stranger] })).toEqual([
    { label: '[personId]', before: null, after: 'Lê Thị Hoa' },
    { label: '[other]', before: null, after: '…' },
    { label: '[list]', before: null, after: 'Lê Thị Hoa; …' },
  ])
})

test('days, moments, numbers, yes and nothing are said in words', () => {
  expect(
    said(
      { on: '2026-11-01', at: '2026-11-01T02:00:00.000Z', count: 3, open: true, note: '' },
      { on: '2026-11-02', at: null, count: 4, open: false, note: 'có' },
    ),
  ).toEqual([
    { label: '[on]', before: 'ngày 2026-11-01', after: 'ngày 2026-11-02' },
    { label: '[at]', before: 'lúc 2026-11-01T02:00:00.000Z', after: 'trống' },
    { label: '[count]', before: 'số 3', after: 'số 4' },
    { label: '[open]', before: 'có', after: 'không' },
    { label: '[note]', before: 'trống', after: 'có' },
  ])
})

test('what the product keeps for itself is not told', () => {
  expect(said(null, { version: 3, spans: [{ from: 1 }], file_hash: 'ab', reason: 'x' })).toEqual([
    { label: '[reason]', before: null, after: 'x' },
  ])
})

test('ids are found wherever they stand', () => {
  expect(idsIn({ a: person, b: [{ c: `${stranger}/${person}` }] }, null)).toEqual([person, stranger])
})
