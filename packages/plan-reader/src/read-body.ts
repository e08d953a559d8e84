import { dueOf } from './constructs/deadline.ts'
import { readEventTable } from './constructs/event-table.ts'
import { readEvents } from './constructs/events.ts'
import { readMaterials } from './constructs/materials.ts'
import { readPurposes } from './constructs/purposes.ts'
import { readReport } from './constructs/reports.ts'
import { kindsAbove } from './constructs/sections.ts'
import { readTargets } from './constructs/targets.ts'
import { readTaskLines } from './constructs/task-lines.ts'
import type { ReportRead, TaskRead } from './constructs/task-read.ts'
import { isProgramme, readTaskTable } from './constructs/task-table.ts'
import type { Entry, Grid } from './lines/flow.ts'
import type { Words } from './lines/line.ts'
import type { Node } from './outline/outline.ts'
import type { Plan } from './plan.ts'
import type { Places } from './plan-assembly.ts'

export interface BodyReading {
  plan: Plan
  places: Places
  root: Node
  nodes: Node[]
  after: Entry[]
  year: number | undefined
}

/** Reads the text of a plan: its sections, aims, events, materials, targets, tasks and duties to report. */
export function readBody(reading: BodyReading): void {
  const { plan, places, nodes, year } = reading
  const titled = nodes.filter((node) => node.title && node.path !== '')
  plan.sections = titled.map((node, at) => ({
    path: node.path,
    title: places.put(`/sections/${at}/title`, node.title as Words, node.rank <= 3 ? 1 : 0.85),
  }))
  const aims = readPurposes(nodes)
  plan.purposes = places.putAll('/purposes', aims.purposes, 0.95)
  plan.requirements = places.putAll('/requirements', aims.requirements, 0.95)
  plan.materials = places.putAll('/materials', readMaterials(nodes), 0.9)
  plan.targets = readTargets(nodes).map((target, at) => ({
    text: places.put(`/targets/${at}`, target.text, 0.7),
    value: target.value,
    unit: target.unit,
    year: target.year,
  }))
  writeEvents(reading)
  writeTasks(reading, readTasks(reading, year))
}

function writeEvents({ plan, places, nodes, year }: BodyReading): void {
  plan.events = readEvents(nodes, plan.subject ?? '', year).map((event, at) => {
    const here = `/events/${at}`
    places.put(`${here}/start`, event.startWords)
    return {
      title: places.put(`${here}/title`, event.title, 0.7),
      start: event.start,
      end: event.end,
      place: places.putOptional(`${here}/place`, event.place, 0.95),
      programme: event.programme.map((item, itemAt) => ({
        title: places.put(`${here}/programme/${itemAt}/title`, item.title, 0.9),
        by: places.putOptional(`${here}/programme/${itemAt}/by`, item.by, 0.9),
        minutes: item.minutes,
      })),
      participants: places.putAll(`${here}/participants`, event.participants, 0.85),
    }
  })
}

/** The tasks of tables and of paragraphs, in reading order, with the duties to report that they hold. */
function readTasks(
  { root, nodes, after }: BodyReading,
  year: number | undefined,
): { tasks: TaskRead[]; reports: ReportRead[] } {
  const context = { year }
  const tasks: TaskRead[] = []
  const reports: ReportRead[] = []
  const fromLines = new Map<Node, TaskRead[]>()
  for (const { node, task } of readTaskLines(root, context))
    fromLines.set(node, [...(fromLines.get(node) ?? []), task])
  const addTable = (grid: Grid, section: string | null) => {
    for (const task of readTaskTable(grid, section, context)) {
      tasks.push(task)
      // A row that is itself a report: "Tổng hợp, báo cáo Đảng ủy kết quả năm | 15/12/2026".
      const report = task.line && readReport(task.line, task.lead, context, 0.8)
      if (report) reports.push({ ...report, deadline: report.deadline ?? task.deadline })
    }
  }
  for (const node of nodes) {
    for (const task of fromLines.get(node) ?? []) {
      tasks.push(task)
      const line = node.title ? (node.rest ?? node.line) : node.line
      const report = line && readReport(line, task.lead, context, 0.85)
      if (report) reports.push(report)
    }
    if (node.table && givesWork(node.table, year) && kindsAbove(node)[0] !== 'programme')
      addTable(node.table, node.path || null)
  }
  for (const entry of after)
    if (entry.type === 'table' && givesWork(entry.table, year)) addTable(entry.table, null)
  return { tasks, reports }
}

/** Whether a table may give work: neither a programme nor a calendar of events. */
function givesWork(grid: Grid, year: number | undefined): boolean {
  return !isProgramme(grid) && readEventTable(grid, year) === undefined
}

function writeTasks({ plan, places }: BodyReading, read: { tasks: TaskRead[]; reports: ReportRead[] }): void {
  plan.tasks = read.tasks.map((task, at) => {
    const here = `/tasks/${at}`
    if (task.deadline) {
      places.put(`${here}/deadline`, task.deadline.words, 0.9)
      if (task.deadline.rule.day) places.put(`${here}/due`, task.deadline.words, 0.9)
    }
    return {
      text: places.put(`${here}/text`, task.text, task.sure),
      lead: places.putAll(`${here}/lead`, task.lead, task.sure),
      with: places.putAll(`${here}/with`, task.with, 0.9),
      due: dueOf(task.deadline?.rule ?? null),
      deadline: task.deadline?.rule ?? null,
      product: places.putOptional(`${here}/product`, task.product, 0.95),
      condition: places.putOptional(`${here}/condition`, task.condition, 0.7),
      section: task.section,
    }
  })
  plan.reports = read.reports.map((report, at) => {
    const here = `/reports/${at}`
    if (report.deadline) places.put(`${here}/deadline`, report.deadline.words, 0.9)
    return {
      text: places.put(`${here}/text`, report.text, report.sure),
      from: places.putAll(`${here}/from`, report.from, report.sure),
      to: places.putAll(`${here}/to`, report.to, 0.8),
      due: dueOf(report.deadline?.rule ?? null),
      deadline: report.deadline?.rule ?? null,
    }
  })
}
