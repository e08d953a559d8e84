import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { describe, expect, it } from 'vitest'
import type { LateWork, PlanFigures } from './figures.ts'
import { drawTable } from './paper-tables.ts'

const day = '2026-11-23' as CivilDate
const late = (id: string, name: string, above: string | null, task: 'session' | 'plan' | null): LateWork => ({
  id,
  kind: task ? 'task' : 'report',
  taskId: task,
  organisationId: `${name} ${above}`,
  unit: above ? `${name}, ${above}` : name,
  name,
  above,
  text: { session: 'Tổ chức buổi sinh hoạt chuyên đề', plan: 'Xây dựng kế hoạch', report: 'Báo cáo quý III' }[
    task ?? 'report'
  ],
  dueOn: { session: '2026-11-10', plan: '2026-10-31', report: '2026-10-05' }[task ?? 'report'] as CivilDate,
})

const figuresOf = (lateWork: LateWork[], more = 0): PlanFigures => ({
  planId: 'p1',
  day,
  units: 9,
  lateUnits: 4,
  work: {
    total: 20,
    done: 0,
    onTime: 0,
    withEvidence: 0,
    doing: 0,
    late: lateWork.filter(({ kind }) => kind === 'task').length + more,
    owed: 0,
  },
  tasks: [],
  reports: {
    total: 2,
    submitted: 0,
    onTime: 0,
    withEvidence: 0,
    late: lateWork.filter(({ kind }) => kind === 'report').length,
  },
  events: { total: 0, past: 0 },
  obstacles: { raised: 0, answered: 0 },
  lateWork,
  obstacleLines: [],
})

const work = [
  late('1', 'Chi bộ thôn 1', 'Đảng ủy xã Đồi', 'session'),
  late('2', 'Chi bộ thôn 1', 'Đảng ủy xã Đồi', 'plan'),
  late('3', 'Chi bộ thôn 2', 'Đảng ủy xã Đồi', 'session'),
  late('4', 'Chi bộ Trường Trung học cơ sở', null, 'session'),
  late('5', 'Chi bộ Trường Trung học cơ sở', null, null),
]
const textsOf = (annex: boolean, figures: PlanFigures): string[][] =>
  drawTable('late-work', annex, figures).rows.map((row) => row.map(({ text }) => text))

describe('the table of late work', () => {
  it('tells in the text by unit what each owes', () => {
    expect(textsOf(false, figuresOf(work))).toEqual([
      ['1', 'Chi bộ thôn 1, Đảng ủy xã Đồi', 'Tổ chức buổi sinh hoạt chuyên đề', '10/11/2026', '13'],
      ['', '', 'Xây dựng kế hoạch', '31/10/2026', '23'],
      ['2', 'Chi bộ thôn 2, Đảng ủy xã Đồi', 'Tổ chức buổi sinh hoạt chuyên đề', '10/11/2026', '13'],
      ['3', 'Chi bộ Trường Trung học cơ sở', 'Tổ chức buổi sinh hoạt chuyên đề', '10/11/2026', '13'],
      ['', '', 'Báo cáo quý III', '05/10/2026', '49'],
    ])
  })

  it('tells in an annex each work once, the longest late first, reports last, units by the body above', () => {
    expect(textsOf(true, figuresOf(work))).toEqual([
      ['1', 'Xây dựng kế hoạch', '31/10/2026', '23', '01', 'Đảng ủy xã Đồi: Chi bộ thôn 1'],
      [
        '2',
        'Tổ chức buổi sinh hoạt chuyên đề',
        '10/11/2026',
        '13',
        '03',
        'Đảng ủy xã Đồi: Chi bộ thôn 1, Chi bộ thôn 2; Chi bộ Trường Trung học cơ sở',
      ],
      ['3', 'Báo cáo quý III', '05/10/2026', '49', '01', 'Chi bộ Trường Trung học cơ sở'],
    ])
  })

  it('opens the rows that it counts', () => {
    const rows = drawTable('late-work', true, figuresOf(work)).rows
    expect(rows.map((row) => row[1]?.opens)).toEqual([
      '/plans/p1/tasks/plan?state=late',
      '/plans/p1/tasks/session?state=late',
      '/plans/p1/reports?state=late',
    ])
  })

  it('says how many it does not name, of as many as a paper names', () => {
    const many = Array.from({ length: 401 }, (_, at) => late(String(at), `Chi bộ ${at + 1}`, null, 'session'))
    const table = drawTable('late-work', true, figuresOf(many, 7))
    expect({ more: table.more, counted: table.rows[0]?.[4]?.text }).toEqual({ more: 8, counted: '400' })
  })
})
