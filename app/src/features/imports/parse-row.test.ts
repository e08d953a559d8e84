import type { Cell } from '@trienkhai/spreadsheet/sheet.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { expect, it } from 'vitest'
import { parseRow } from './parse-row.ts'
import type { ImportKind } from './schema.ts'

const today = '2026-11-23' as CivilDate
type Typed = string | Cell

const parse = (row: Record<string, Typed>, kind: ImportKind = 'people') => {
  const cells = new Map(
    Object.entries(row).map(([key, cell]) => [
      key,
      typeof cell === 'string' ? ({ text: cell, type: 'text' } as const) : cell,
    ]),
  )
  const { said, problems, remarks, cells: shown } = parseRow(kind, 5, cells, today)
  return {
    said,
    problems: problems.map(({ column, reason }) => `${column} ${reason}`),
    remarks: remarks.map(({ column, remark }) => `${column} ${remark}`),
    shown,
  }
}
const number = (text: string): Cell => ({ text, type: 'number' })

it('keeps leading zeros, puts back those that a sheet dropped, and says so', () => {
  const { said, remarks, problems } = parse({
    name: 'An',
    phone: number('912345678'),
    partyCard: number('1234567'),
    bornOn: number('29587'),
  })
  expect(said).toEqual({ name: 'An', phone: '0912345678', partyCard: '1234567', bornOn: '1981-01-01' })
  expect(remarks).toEqual(['phone zero-restored', 'partyCard typed-as-number'])
  expect(problems).toEqual([])
  for (const phone of ['0912 345 678', '0912.345.678', '+84 912 345 678', '(024) 3825 1234'])
    expect(parse({ name: 'An', phone }).said['phone']).toBe(phone)
})

it('understands the days of a sheet as they are shown, and again when it is read as text', () => {
  const first = parse({
    name: 'An',
    bornOn: { text: '1985-02-01', type: 'date', monthOnly: true },
    joinedOn: { text: '2010-03-02', type: 'date' },
    fromOn: number('45323'),
  })
  expect(first.shown).toEqual({ name: 'An', bornOn: '02/1985', joinedOn: '02/03/2010', fromOn: '01/02/2024' })
  expect(first.said).toEqual({
    name: 'An',
    bornOn: '1985-02-01',
    joinedOn: '2010-03-02',
    fromOn: '2024-02-01',
  })
  expect(parse(first.shown).said).toEqual(first.said)
})

it('takes the last result of a formula and says so; one without a result is wrong, and stays so', () => {
  const first = parse({
    name: { text: 'An', type: 'text', fromFormula: true },
    phone: { text: '', type: 'text', fromFormula: true },
    email: { text: '#REF!', type: 'error' },
  })
  expect(first.remarks).toEqual(['name from-formula'])
  expect(first.problems).toEqual(['phone formula-empty', 'email error-value'])
  expect(parse(first.shown).problems).toEqual(first.problems)
})

it('reads choices by any of their names, without marks or case', () => {
  for (const status of ['Chính thức', 'CHINH THUC', 'Đảng viên chính thức', 'full member', 'ĐVCT'])
    expect(parse({ name: 'An', status }).said['status']).toBe('official')
  expect(parse({ name: 'An', kind: 'Đảng bộ xã' }, 'organisations').said['kind']).toBe('commune-committee')
  expect(parse({ name: 'An', kind: 'trường' }, 'organisations').said['kind']).toBe('school')
})

it('passes over the example of a template and rows that say nothing', () => {
  const passed = (row: Record<string, Typed>) =>
    parseRow(
      'people',
      5,
      new Map(Object.entries(row).map(([key, text]) => [key, { text, type: 'text' } as Cell])),
      today,
    ).passedOver
  expect(passed({ id: 'VÍ DỤ', name: 'Nguyễn Thị Ví Dụ', bornOn: 'sai' })).toBe(true)
  expect(passed({ id: '[Ví dụ]' })).toBe(true)
  expect(passed({ name: '   ' })).toBe(true)
  expect(passed({ name: 'Nguyễn Thị Ví Dụ' })).toBe(false)
})

it('says what a row lacks, and what comes in the wrong order', () => {
  expect(parse({ bornOn: '1/1/1980' }).problems).toEqual(['name missing'])
  expect(parse({ name: 'An' }, 'organisations').problems).toEqual(['kind missing'])
  expect(parse({ name: 'An', title: 'Bí thư' }, 'posts').problems).toEqual([
    'organisation missing',
    'fromOn missing',
  ])
  // What is known already changes only what the row says.
  expect(
    parse({ id: '00000000-0000-7000-8000-000000000001', toOn: '1/1/2026' }, 'memberships').problems,
  ).toEqual([])
  expect(
    parse({ name: 'An', bornOn: '1/1/1990', joinedOn: '1/1/1980', officialOn: '31/12/1979' }).problems,
  ).toEqual(['joinedOn before-other', 'officialOn before-other'])
})

it('keeps texts as they were typed but for spaces and composition', () => {
  const { said } = parse({ name: '  Hoà   Bình\u00a0Uỷ '.normalize('NFD') })
  expect(said['name']).toBe('Hoà Bình Uỷ')
})
