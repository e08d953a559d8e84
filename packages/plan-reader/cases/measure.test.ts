import { describe, expect, test } from 'vitest'
import { readExpected } from './expected.ts'
import { measureReading, type Reading, shareWords } from './measure.ts'

const answer = readExpected(
  JSON.stringify({
    kind: 'kế hoạch',
    superior: null,
    issuer: 'Đảng ủy xã Bình Minh',
    number: '12-KH/ĐU',
    place: 'Bình Minh',
    date: '2026-03-09',
    subject: 'Sinh hoạt chuyên đề quý I',
    bases: [{ number: '3-KH/TU', date: '2026-02-01', issuer: 'Tỉnh ủy' }],
    citations: ['3-KH/TU'],
    sections: [
      { path: 'I', title: 'MỤC ĐÍCH' },
      { path: 'I.1', title: 'Về nhận thức', optional: true },
    ],
    purposes: 2,
    requirements: 1,
    events: [
      {
        title: 'Hội nghị',
        start: '2026-03-20T07:30',
        place: 'Hội trường xã',
        programme: [{ title: 'Khai mạc', minutes: 10 }],
        participants: ['Các chi ủy'],
      },
    ],
    optionalEvents: ['2026-04-01'],
    tasks: [
      { anchor: 'chuẩn bị hội trường', lead: ['Văn phòng Đảng ủy'], with: ['Đoàn xã'], due: '2026-03-19' },
      {
        anchor: 'viết bài',
        lead: ['Ban Xây dựng Đảng'],
        leadOr: ['Tổ tuyên truyền'],
        due: '2026-03-20',
        dueOr: [null],
      },
    ],
    optionalTasks: ['nếu có vướng mắc'],
    reports: [{ from: ['Các chi bộ'], to: ['Đảng ủy'], due: '2026-03-30' }],
    optionalReports: ['Văn phòng'],
    recipients: [{ name: 'Tỉnh ủy', note: 'b/c' }, { name: 'Lưu: VPĐU' }],
    signatory: { authority: 'T/M BAN THƯỜNG VỤ', position: 'BÍ THƯ', name: 'Lò Văn Tính' },
  }),
)

const perfect: Reading = {
  kind: 'KẾ HOẠCH',
  superior: null,
  issuer: 'ĐẢNG UỶ XÃ BÌNH MINH',
  number: '12-KH/ĐU',
  place: 'Bình Minh',
  date: '2026-03-09',
  subject: 'Sinh hoạt chuyên đề  **quý I**',
  bases: [{ number: '3-KH/TU', date: '2026-02-01', issuer: 'Tỉnh uỷ' }],
  citations: ['3-KH/TU', '3-KH/TU'],
  sections: [
    { path: 'I', title: 'Mục đích chung' },
    { path: 'I.1', title: 'anything' },
  ],
  purposes: ['a', 'b'],
  requirements: ['c'],
  events: [
    {
      start: '2026-03-20T07:30',
      place: 'Hội trường xã',
      programme: [{ title: 'Khai mạc hội nghị', by: null, minutes: 10 }],
      participants: ['Các chi uỷ trực thuộc'],
    },
    { start: '2026-04-01', place: null, programme: [], participants: [] },
  ],
  materials: [],
  tasks: [
    {
      text: 'Văn phòng chuẩn bị  hội trường',
      lead: ['Văn phòng Đảng uỷ'],
      with: ['Đoàn xã'],
      due: '2026-03-19',
    },
    { text: 'Viết bài', lead: ['Tổ tuyên truyền'], with: [], due: null },
    { text: 'Nếu có vướng mắc thì báo', lead: [], with: [], due: null },
  ],
  reports: [
    { from: ['Các chi bộ'], to: ['Đảng ủy'], due: '2026-03-30' },
    { from: ['Văn phòng Đảng ủy'], to: [], due: null },
  ],
  recipients: [
    { name: 'Tỉnh uỷ', note: 'B/c' },
    { name: 'Lưu: VPĐU', note: null },
  ],
  signatory: { authority: 'T/M Ban Thường vụ', position: 'Bí thư', name: 'Lò Văn Tính' },
}

const scoresOf = (reading: Reading): Record<string, number> =>
  Object.fromEntries(
    [...measureReading(reading, answer).scores].map(([field, score]) => [field, Number(score.toFixed(3))]),
  )

const right = {
  ...{ kind: 1, issuer: 1, superior: 1, place: 1, number: 1, date: 1, subject: 1, bases: 1, citations: 1 },
  ...{ sections: 1, purposes: 1, events: 1, eventDetails: 1, tasks: 1 },
  ...{ 'task.lead': 1, 'task.with': 1, 'task.due': 1, reports: 1, recipients: 1, signatory: 1 },
}

describe('measuring a reading', () => {
  test('gives a right reading full marks, whatever its case, marks of tone and optional finds', () => {
    expect(scoresOf(perfect)).toEqual(right)
    expect(measureReading(perfect, answer).misses).toEqual([])
  })

  test('takes marks for what is wrong, only where it is wrong', () => {
    const [first, second, third] = perfect.tasks
    if (!first || !second || !third) throw new Error('the sample has three tasks')
    expect(
      scoresOf({
        ...perfect,
        number: null,
        citations: ['3-KH/TU', '9-KH/TU'],
        requirements: ['c', 'd'],
        tasks: [
          { ...first, lead: ['Đoàn xã', 'Văn phòng Đảng ủy'], with: [], due: null },
          third,
          { ...third, text: 'Khác' },
        ],
        reports: [{ from: ['Các chi bộ'], to: ['Đảng ủy'], due: null }],
        recipients: [{ name: 'Tỉnh ủy', note: null }],
        signatory: { authority: null, position: 'BÍ THƯ', name: 'Lò Văn Tính' },
      }),
    ).toEqual({
      ...right,
      number: 0,
      citations: 0.667,
      purposes: 0.75,
      tasks: 0.5,
      'task.lead': 0.333,
      'task.with': 0,
      'task.due': 0,
      reports: 0,
      recipients: 0,
      signatory: 0.667,
    })
  })

  test('tells what is behind the marks', () => {
    expect(measureReading({ ...perfect, date: null, citations: [] }, answer).misses).toEqual([
      'date: null instead of "2026-03-09"',
      'citations: missed "3-KH/TU"',
    ])
  })

  test('compares phrases by the words they share', () => {
    expect(shareWords('các chi bộ trực thuộc', 'Các chi bộ')).toBeCloseTo(0.75)
    expect(shareWords('', 'Các chi bộ')).toBe(0)
    expect(shareWords('', '')).toBe(1)
  })
})

describe('reading an answer', () => {
  test('refuses unknown keys, wrong types and days that do not exist, naming each place', () => {
    const read = (): unknown =>
      readExpected(
        '{"kind": 3, "date": "2026-02-30", "leed": [], "tasks": [{"anchor": "a", "led": []}], "signatory": {}}',
      )
    expect(read).toThrow(/no such key[\s\S]*must be words[\s\S]*2026-02-30[\s\S]*tasks\/0\/led/)
  })
})
