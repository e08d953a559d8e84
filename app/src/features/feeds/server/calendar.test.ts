import { expect, test } from 'vitest'
import type { EventLine } from '#features/events/server/reads.ts'
import { writeCalendar } from './calendar.ts'

const event: EventLine = {
  id: '0190a0a0-0000-7000-8000-000000000001',
  planId: '0190a0a0-0000-7000-8000-000000000002',
  planSubject: 'Học tập chuyên đề quý IV',
  planNumber: '12-KH/ĐU',
  officeName: 'Đảng ủy phường Sông Mai',
  title: 'Hội nghị quán triệt; có điểm cầu',
  startsOn: '2026-12-01',
  startsAt: '13:30',
  endsOn: null,
  endsAt: '17:00',
  place: 'Hội trường tầng 2',
  agenda: [],
  invitees: [{ phrase: 'Bí thư các chi bộ' }],
  bodies: 12,
}

const about = {
  name: 'Triển khai',
  origin: 'https://trienkhai.example.vn',
  now: new Date('2026-11-23T01:00:00Z'),
}
const linesOf = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n')

test('an event stands at its time of day in Vietnam, under an id that stays', () => {
  const lines = linesOf(writeCalendar([event], about))
  expect(lines.filter((line) => /^(UID|DTSTAMP|DTSTART|DTEND|SUMMARY|LOCATION|URL)/.test(line))).toEqual([
    'UID:0190a0a0-0000-7000-8000-000000000001',
    'DTSTAMP:20261123T010000Z',
    'DTSTART:20261201T063000Z',
    'DTEND:20261201T100000Z',
    'SUMMARY:Hội nghị quán triệt\\; có điểm cầu',
    'LOCATION:Hội trường tầng 2',
    'URL;VALUE=URI:https://trienkhai.example.vn/plans/0190a0a0-0000-7000-8000-000000000002/timeline',
  ])
})

test('an event of whole days ends on the day after its last', () => {
  const whole = { ...event, startsAt: null, endsAt: null, endsOn: '2026-12-02' }
  const lines = linesOf(writeCalendar([whole], about))
  expect(lines.filter((line) => /^DT(START|END)/.test(line))).toEqual([
    'DTSTART;VALUE=DATE:20261201',
    'DTEND;VALUE=DATE:20261203',
  ])
})

test('words of a plan can add no line of their own', () => {
  const sly = { ...event, title: 'Họp\r\nEND:VEVENT\r\nBEGIN:VALARM' }
  const lines = linesOf(writeCalendar([sly], about))
  expect(lines.filter((line) => /^(BEGIN|END):/.test(line))).toEqual([
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'END:VEVENT',
    'END:VCALENDAR',
  ])
})
