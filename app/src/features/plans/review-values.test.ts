import { describe, expect, it } from 'vitest'
import { inputTexts, valueFromInputs, valueFromWords } from './review-values.ts'

const given = (inputs: Record<string, string>) => (name: string) => inputs[name] ?? ''
const task = {
  text: 'cử cán bộ dự tập huấn',
  lead: ['Các chi bộ', 'Công an xã'],
  with: [],
  due: '2026-11-20',
  deadline: {
    words: 'trước ngày 20/11/2026',
    kind: 'day',
    day: '2026-11-20',
    before: true,
    every: null,
    onDay: null,
    onWeekday: null,
    hour: null,
    after: null,
  },
  product: null,
  condition: 'nếu có',
  section: 'III.1',
}

describe('values of a review', () => {
  it('come back from their own inputs as they were', () => {
    const inputs = inputTexts('tasks', task)
    expect(inputs).toMatchObject({ lead: 'Các chi bộ\nCông an xã', due: '20/11/2026' })
    expect(valueFromInputs('tasks', given(inputs), task)).toEqual({ ok: true, value: task })
  })

  it('take a new day as the deadline, and keep what the inputs do not show', () => {
    const outcome = valueFromInputs('tasks', given({ ...inputTexts('tasks', task), due: '25/11/2026' }), task)
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        due: '2026-11-25',
        condition: 'nếu có',
        deadline: { kind: 'day', day: '2026-11-25', before: true },
      },
    })
  })

  it('say which input is wrong, and how', () => {
    expect(valueFromInputs('tasks', given({ text: ' ', due: '31/02/2026' }), null)).toEqual({
      ok: false,
      problems: { text: 'required', due: 'no-such-day' },
    })
    expect(
      valueFromInputs(
        'events',
        given({ title: 'Hội nghị', startDate: '26/11/2026', startTime: '25:00' }),
        null,
      ),
    ).toEqual({ ok: false, problems: { startTime: 'no-such-hour' } })
  })

  it('read an event with its agenda, one item a line', () => {
    const inputs = {
      title: 'Hội nghị tập huấn',
      startDate: '26/11/2026',
      startTime: '13h30',
      place: 'Hội trường xã',
      participants: 'Bí thư các chi bộ\n\nCông an xã',
      programme: 'Khai mạc | Chánh Văn phòng | 15\nThảo luận',
    }
    const value = {
      title: 'Hội nghị tập huấn',
      start: '2026-11-26T13:30',
      end: null,
      place: 'Hội trường xã',
      participants: ['Bí thư các chi bộ', 'Công an xã'],
      programme: [
        { title: 'Khai mạc', by: 'Chánh Văn phòng', minutes: 15 },
        { title: 'Thảo luận', by: null, minutes: null },
      ],
    }
    expect(valueFromInputs('events', given(inputs), null)).toEqual({ ok: true, value })
    expect(inputTexts('events', value)).toMatchObject({
      startTime: '13:30',
      programme: 'Khai mạc | Chánh Văn phòng | 15\nThảo luận',
    })
  })

  it('are made from selected words', () => {
    expect(valueFromWords('number', 'Số 45 -KH/ĐU')).toBe('45-KH/ĐU')
    expect(valueFromWords('date', 'Xã Mẫu, ngày 09 tháng 11 năm 2026')).toBe('2026-11-09')
    expect(valueFromWords('recipients', 'Công an  xã')).toEqual({ name: 'Công an xã', note: null })
  })
})
