import { describe, expect, it } from 'vitest'
import { citePlan, citePlanInFull, subjectOf } from './cite-plan.ts'
import type { PaperOffice } from './drafting.ts'
import { headOf, signatureOf, speakerOf, superiorOf } from './office-names.ts'

const plan = { number: '12-KH/ĐU', issuedOn: '2026-02-06', subject: '', launchedOn: null }
const subject = (words: string): string => subjectOf({ ...plan, subject: words })

describe('how a paper names its plan', () => {
  it('gives number and day as official text writes them, and less where less is known', () => {
    expect([
      citePlan(plan),
      citePlan({ ...plan, issuedOn: null }),
      citePlan({ ...plan, number: null }),
      citePlan({ ...plan, number: null, issuedOn: null }),
      citePlanInFull({ ...plan, subject: 'Học tập chuyên đề năm 2026' }),
    ]).toEqual([
      'Kế hoạch số 12-KH/ĐU, ngày 06/02/2026',
      'Kế hoạch số 12-KH/ĐU',
      'Kế hoạch ngày 06/02/2026',
      'Kế hoạch',
      'Kế hoạch số 12-KH/ĐU, ngày 06/02/2026 về học tập chuyên đề năm 2026',
    ])
  })

  it('puts the subject behind "về" without doubling it, and leaves names alone', () => {
    expect([
      subject('về việc tổ chức hội nghị'),
      subject('Về tổ chức hội nghị.'),
      subject('TỔ CHỨC HỘI NGHỊ'),
      subject('UBND xã ra quân'),
      subject('Đảng bộ xã thi đua'),
    ]).toEqual([
      'tổ chức hội nghị',
      'tổ chức hội nghị',
      'tổ chức hội nghị',
      'UBND xã ra quân',
      'Đảng bộ xã thi đua',
    ])
  })
})

describe('how a paper names its office', () => {
  const commune: PaperOffice = {
    name: 'Đảng ủy xã Tân Hòa',
    kind: 'commune-committee',
    hierarchy: 'party',
    abbreviation: 'ĐU',
    above: [{ name: 'Tỉnh ủy An Giang', kind: 'province-committee' }],
    leaders: [{ name: 'Trần Quốc Bảo', title: 'Bí thư Đảng ủy' }],
  }
  it('a commune committee stands under its province, and its ban thường vụ signs', () => {
    expect(headOf(commune, 'report', 'kết quả')).toEqual({
      system: 'party',
      superior: ['Đảng bộ tỉnh An Giang'],
      issuer: ['Đảng ủy xã Tân Hòa'],
      sign: 'BC/ĐU',
      place: 'Tân Hòa',
      kind: 'Báo cáo',
      subject: 'kết quả',
      addressees: { names: [], drafted: false },
    })
    expect([speakerOf(commune), superiorOf(commune), signatureOf(commune)]).toEqual([
      'Ban Thường vụ Đảng ủy xã Tân Hòa',
      'Ban Thường vụ Tỉnh ủy',
      { authority: 'T/M Ban Thường vụ', position: 'Bí thư', name: 'Trần Quốc Bảo' },
    ])
  })

  it('a province committee has nobody above it in the head, a cell signs for itself, a people’s committee by the State’s rules', () => {
    const province: PaperOffice = {
      ...commune,
      name: 'Tỉnh ủy An Giang',
      kind: 'province-committee',
      above: [],
    }
    const cell: PaperOffice = {
      ...commune,
      name: 'Chi bộ ấp Phú Thạnh',
      kind: 'cell',
      above: [{ name: commune.name, kind: commune.kind }],
    }
    const government: PaperOffice = {
      ...commune,
      name: 'Ủy ban nhân dân xã Tân Hòa',
      kind: 'government',
      hierarchy: 'government',
      abbreviation: 'UBND',
    }
    const short = (office: PaperOffice) => {
      const { superior, sign, place, system } = headOf(office, 'reminder', '')
      return { superior, sign, place, system, authority: signatureOf(office).authority }
    }
    expect([short(province), short(cell), short(government)]).toEqual([
      { superior: [], sign: 'CV/TU', place: 'An Giang', system: 'party', authority: 'T/M Ban Thường vụ' },
      {
        superior: ['Đảng bộ xã Tân Hòa'],
        sign: 'CV/CB',
        place: 'Tân Hòa',
        system: 'party',
        authority: 'T/M Chi bộ',
      },
      {
        superior: ['Tỉnh ủy An Giang'],
        sign: 'UBND',
        place: 'Tân Hòa',
        system: 'state',
        authority: 'TM. Ủy ban nhân dân',
      },
    ])
  })
})
