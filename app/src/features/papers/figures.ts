import { type CivilDate, daysBetween, formatOfficialDate } from '@trienkhai/vietnamese/civil-date.ts'
import { formatShare, padNumber } from '@trienkhai/vietnamese/numbers.ts'

/** `07`, `12`, `1.874`; nothing is `0`. */
const printCount = (value: number): string => (value === 0 ? '0' : padNumber(value))

/** What happened in a plan up to a day, counted from its rows. */
export interface PlanFigures {
  planId: string
  /** The day as at which it was counted. */
  day: CivilDate
  /** Units that were expected to answer when the plan was launched. */
  units: number
  work: WorkFigures
  tasks: TaskFigures[]
  /** Submitted, on time, with a file: three measures, never one. */
  reports: { total: number; submitted: number; onTime: number; withEvidence: number; late: number }
  /** `past`: their day in the calendar is behind us; whether they were held is for the officer to say. */
  events: { total: number; past: number }
  obstacles: { raised: number; answered: number }
  /** Work and reports past their last day, by unit in their order; at most `mostLateWork` lines of it. */
  lateWork: LateWork[]
  /** Units with work past its last day; a report that is late counts with the reports. */
  lateUnits: number
  /** Obstacles as they were raised and answered, newest first, as many as a paper can hold. */
  obstacleLines: { assignmentId: string; unit: string; text: string; answer: string | null }[]
}

/** Work is one task of one unit. Done, done on time and done with evidence are measures of their own. */
export interface WorkFigures {
  total: number
  done: number
  onTime: number
  withEvidence: number
  doing: number
  late: number
  /** Neither done nor begun nor late. */
  owed: number
}

export interface TaskFigures extends WorkFigures {
  id: string
  ordinal: number
  text: string
  dueOn: CivilDate | null
}

export interface LateWork {
  /** The assignment, or the report duty. */
  id: string
  kind: 'task' | 'report'
  /** The task that the assignment is of; null for a report. */
  taskId: string | null
  organisationId: string
  /** The unit's name, with the body above it where that is not the office. */
  unit: string
  name: string
  above: string | null
  text: string
  dueOn: CivilDate
}

/** More lines than this no letter names one by one. */
export const mostLateWork = 2_000
export const mostObstacles = 60

/** Days past the last day, on the figures' day. */
export const daysPast = (work: Pick<LateWork, 'dueOn'>, { day }: Pick<PlanFigures, 'day'>): number =>
  daysBetween(work.dueOn, day)

export interface FigureDefinition {
  /** What it counts, in words. */
  words: { vi: string; en: string }
  /** As it is printed. */
  print: (figures: PlanFigures) => string
  /** The address of the rows that it counts; a day counts none. */
  opens: ((planId: string) => string) | null
}

const planPage = (planId: string): string => `/plans/${planId}`
const workPage = (filter: string) => (planId: string) => `/plans/${planId}/assignments?${filter}`
const reportsPage =
  (state = '') =>
  (planId: string) =>
    `/plans/${planId}/reports${state && `?state=${state}`}`
const eventsPage = (planId: string): string => `/plans/${planId}/timeline`
const obstaclesPage = (planId: string): string => `/plans/${planId}/obstacles`

/** Every figure that words of a paper may hold: what it counts, how it is printed, which rows it opens. */
export const figureDefinitions = {
  day: {
    words: { vi: 'ngày của số liệu', en: 'day of the figures' },
    print: ({ day }) => formatOfficialDate(day),
    opens: null,
  },
  units: {
    words: { vi: 'đơn vị được giao việc', en: 'units that were given work' },
    print: ({ units }) => printCount(units),
    opens: (planId) => `/plans/${planId}/units`,
  },
  tasks: {
    words: { vi: 'nhiệm vụ của kế hoạch', en: 'tasks of the plan' },
    print: ({ tasks }) => printCount(tasks.length),
    opens: planPage,
  },
  'work-total': {
    words: {
      vi: 'phần việc được giao (một nhiệm vụ của một đơn vị)',
      en: 'assignments (one task of one unit)',
    },
    print: ({ work }) => printCount(work.total),
    opens: (planId) => `/plans/${planId}/assignments`,
  },
  'work-done': {
    words: { vi: 'phần việc đã hoàn thành', en: 'assignments done' },
    print: ({ work }) => printCount(work.done),
    opens: workPage('state=done'),
  },
  'work-share': {
    words: { vi: 'tỷ lệ phần việc đã hoàn thành', en: 'share of assignments done' },
    print: ({ work }) => formatShare(work.done, work.total),
    opens: workPage('state=done'),
  },
  'work-on-time': {
    words: { vi: 'phần việc hoàn thành đúng hạn', en: 'assignments done on time' },
    print: ({ work }) => printCount(work.onTime),
    opens: workPage('measure=on-time'),
  },
  'work-with-evidence': {
    words: { vi: 'phần việc hoàn thành có minh chứng', en: 'assignments done with evidence' },
    print: ({ work }) => printCount(work.withEvidence),
    opens: workPage('measure=with-evidence'),
  },
  'work-doing': {
    words: { vi: 'phần việc đang thực hiện', en: 'assignments under way' },
    print: ({ work }) => printCount(work.doing),
    opens: workPage('state=doing'),
  },
  'work-late': {
    words: { vi: 'phần việc quá hạn chưa hoàn thành', en: 'assignments past their last day' },
    print: ({ work }) => printCount(work.late),
    opens: workPage('state=late'),
  },
  'work-owed': {
    words: { vi: 'phần việc chưa đến hạn, chưa bắt đầu', en: 'assignments not begun, still in time' },
    print: ({ work }) => printCount(work.owed),
    opens: workPage('state=owed'),
  },
  'late-units': {
    words: { vi: 'đơn vị còn việc quá hạn', en: 'units with work past its last day' },
    print: ({ lateUnits }) => printCount(lateUnits),
    opens: (planId) => `/plans/${planId}/units?state=late`,
  },
  'reports-late': {
    words: { vi: 'báo cáo quá hạn chưa nộp', en: 'reports past their last day' },
    print: ({ reports }) => printCount(reports.late),
    opens: reportsPage('late'),
  },
  'reports-total': {
    words: { vi: 'báo cáo phải nộp', en: 'reports owed' },
    print: ({ reports }) => printCount(reports.total),
    opens: reportsPage(),
  },
  'reports-submitted': {
    words: { vi: 'báo cáo đã nộp', en: 'reports submitted' },
    print: ({ reports }) => printCount(reports.submitted),
    opens: reportsPage('submitted'),
  },
  'reports-share': {
    words: { vi: 'tỷ lệ báo cáo đã nộp', en: 'share of reports submitted' },
    print: ({ reports }) => formatShare(reports.submitted, reports.total),
    opens: reportsPage('submitted'),
  },
  'reports-on-time': {
    words: { vi: 'báo cáo nộp đúng hạn', en: 'reports submitted on time' },
    print: ({ reports }) => printCount(reports.onTime),
    opens: reportsPage('on-time'),
  },
  'reports-with-evidence': {
    words: { vi: 'báo cáo có tệp kèm theo', en: 'reports with a file' },
    print: ({ reports }) => printCount(reports.withEvidence),
    opens: reportsPage('with-file'),
  },
  'events-total': {
    words: { vi: 'hội nghị, buổi sinh hoạt theo kế hoạch', en: 'events of the plan' },
    print: ({ events }) => printCount(events.total),
    opens: eventsPage,
  },
  'events-past': {
    words: { vi: 'hội nghị, buổi sinh hoạt đã đến lịch', en: 'events whose day has come' },
    print: ({ events }) => printCount(events.past),
    opens: eventsPage,
  },
  'obstacles-raised': {
    words: { vi: 'vướng mắc các đơn vị nêu', en: 'obstacles raised' },
    print: ({ obstacles }) => printCount(obstacles.raised),
    opens: obstaclesPage,
  },
  'obstacles-answered': {
    words: { vi: 'vướng mắc đã trả lời', en: 'obstacles answered' },
    print: ({ obstacles }) => printCount(obstacles.answered),
    opens: obstaclesPage,
  },
} as const satisfies Record<string, FigureDefinition>

export type FigureKey = keyof typeof figureDefinitions

const byKey: Partial<Record<string, FigureDefinition>> = figureDefinitions

/** What a figure is; undefined for one that an older program knew and this one counts no more. */
export const findFigure = (key: string): FigureDefinition | undefined => byKey[key]

/** A figure as it is printed on the day it was counted. */
export const printFigure = (key: FigureKey, figures: PlanFigures): string =>
  figureDefinitions[key].print(figures)
