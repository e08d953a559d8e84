import { formatOfficialDate } from '@trienkhai/vietnamese/civil-date.ts'
import { formatNumber, formatShare, padNumber } from '@trienkhai/vietnamese/numbers.ts'
import { daysPast, type LateWork, type PlanFigures } from './figures.ts'
import type { PaperCell, PaperTable, TableKey } from './schema.ts'

/** A paper lists so many units by name; a longer list belongs in a file of its own. */
const mostRows = 400

type Drawn = Omit<PaperTable, 'annex' | 'key'>

/** The table of this key, as things stand. */
export function drawTable(key: TableKey, annex: boolean, figures: PlanFigures): PaperTable {
  return { key, annex, ...drawings[key](figures, annex) }
}

const drawings: Record<TableKey, (figures: PlanFigures, annex: boolean) => Drawn> = {
  tasks: drawTasks,
  // A few lines tell by unit what each owes; many would say the same task on each of them.
  'late-work': (figures, annex) => (annex ? drawUnitsByLateWork(figures) : drawLateWork(figures)),
  obstacles: drawObstacles,
}

const column = (title: string, width: number, align: 'left' | 'centre' = 'centre') => ({
  title,
  width,
  align,
})

function drawTasks({ planId, tasks }: PlanFigures): Drawn {
  return {
    columns: [
      column('TT', 1),
      column('Nhiệm vụ', 7, 'left'),
      column('Hạn', 3),
      column('Đơn vị được giao', 2),
      column('Hoàn thành', 2),
      column('Tỷ lệ', 2),
      column('Đúng hạn', 2),
      column('Có minh chứng', 2),
      column('Quá hạn', 2),
    ],
    rows: tasks.map((task, at): PaperCell[] => {
      const page = `/plans/${planId}/tasks/${task.id}`
      const count = (value: number, filter: string): PaperCell => ({
        text: formatNumber(value),
        opens: `${page}?${filter}`,
      })
      return [
        { text: String(at + 1) },
        { text: task.text, opens: page },
        { text: task.dueOn ? formatOfficialDate(task.dueOn) : '' },
        { text: formatNumber(task.total), opens: page },
        count(task.done, 'state=done'),
        { text: formatShare(task.done, task.total) },
        count(task.onTime, 'measure=on-time'),
        count(task.withEvidence, 'measure=with-evidence'),
        count(task.late, 'state=late'),
      ]
    }),
    more: 0,
  }
}

/** One row a unit and thing that is late; the unit's name stands once. */
function drawLateWork(figures: PlanFigures): Drawn {
  const { lateWork, work, reports } = figures
  let unit = 0
  const rows = lateWork.slice(0, mostRows).map((late, at): PaperCell[] => {
    const isFirst = lateWork[at - 1]?.organisationId !== late.organisationId
    if (isFirst) unit++
    return [
      { text: isFirst ? String(unit) : '' },
      { text: isFirst ? late.unit : '' },
      {
        text: textOfLate(late),
        opens: late.kind === 'task' ? `/work/${late.id}` : `/plans/${figures.planId}/reports?state=late`,
      },
      { text: formatOfficialDate(late.dueOn) },
      { text: padNumber(daysPast(late, figures)) },
    ]
  })
  return {
    columns: [
      column('TT', 1),
      column('Đơn vị', 5, 'left'),
      column('Việc chưa hoàn thành', 7, 'left'),
      column('Hạn', 3),
      column('Số ngày quá hạn', 2),
    ],
    rows,
    more: work.late + reports.late - rows.length,
  }
}

/** One row a task or report that is late: its day, how many units owe it, and which, by the body above them. */
function drawUnitsByLateWork(figures: PlanFigures): Drawn {
  const { lateWork, work, reports, planId } = figures
  const named = lateWork.slice(0, mostRows)
  const groups = [
    ...Map.groupBy(named, ({ kind, taskId, dueOn, text }) => [kind, taskId, dueOn, text].join('|')).values(),
  ].sort(([a], [b]) => (a && b ? compareLate(a, b) : 0))
  return {
    columns: [
      column('TT', 1),
      column('Việc chưa hoàn thành', 5, 'left'),
      column('Hạn', 3),
      column('Số ngày quá hạn', 2),
      column('Số đơn vị', 2),
      column('Đơn vị', 9, 'left'),
    ],
    rows: groups.flatMap((owing, at): PaperCell[][] => {
      const [first] = owing
      if (!first) return []
      const opens =
        first.taskId === null
          ? `/plans/${planId}/reports?state=late`
          : `/plans/${planId}/tasks/${first.taskId}?state=late`
      return [
        [
          { text: String(at + 1) },
          { text: textOfLate(first), opens },
          { text: formatOfficialDate(first.dueOn) },
          { text: padNumber(daysPast(first, figures)) },
          { text: padNumber(owing.length) },
          { text: nameUnits(owing) },
        ],
      ]
    }),
    more: work.late + reports.late - named.length,
  }
}

/** Tasks before reports, the longest late first. */
const compareLate = (a: LateWork, b: LateWork): number =>
  Number(a.kind === 'report') - Number(b.kind === 'report') || a.dueOn.localeCompare(b.dueOn)

/** Units by the body above them, which is named once: `Đảng ủy xã A: Chi bộ 1, Chi bộ 2; Chi bộ Trường B`. */
function nameUnits(owing: readonly LateWork[]): string {
  return [...Map.groupBy(owing, ({ above }) => above)]
    .map(
      ([above, units]) => `${above === null ? '' : `${above}: `}${units.map(({ name }) => name).join(', ')}`,
    )
    .join('; ')
}

const longestWork = 240

/** A task that fills half a page is named by its beginning. */
function textOfLate({ text }: LateWork): string {
  if (text.length <= longestWork) return text
  return `${text.slice(0, longestWork).replace(/\s+\S*$/u, '')} …`
}

function drawObstacles({ obstacleLines, obstacles }: PlanFigures): Drawn {
  return {
    columns: [
      column('TT', 1),
      column('Đơn vị', 4, 'left'),
      column('Khó khăn, vướng mắc', 6, 'left'),
      column('Đã trả lời', 6, 'left'),
    ],
    rows: obstacleLines.map(({ assignmentId, unit, text, answer }, at) => [
      { text: String(at + 1) },
      { text: unit },
      { text, opens: `/work/${assignmentId}` },
      { text: answer ?? 'Chưa trả lời' },
    ]),
    more: obstacles.raised - obstacleLines.length,
  }
}
