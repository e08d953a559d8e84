import { styleText } from 'node:util'
import type { Finding, Plan, PlanEvent } from '@trienkhai/plan-reader/plan.ts'
import { type CivilDate, formatDate, parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { printTable, wrap } from './print-table.ts'
import { readWords } from './read-words.ts'

const widest = 120

/** A plan as a person reads it in a terminal: head, lists, tables, findings. */
export function printPlan(plan: Plan, language: Language): string {
  const width = Math.min(process.stdout.columns ?? 100, widest)
  const words = readWords[language]
  const parts = [printHead(plan, language, width)]
  if (!plan.isPlan) parts.push(`${styleText('yellow', words.notAPlan)}\n`)
  parts.push(
    printList(
      words.bases,
      plan.bases.map((basis) => basis.text),
      width,
    ),
  )
  parts.push(
    printList(
      words.events,
      plan.events.map((event) => sayEvent(event)),
      width,
    ),
  )
  parts.push(
    printList(
      words.targets,
      plan.targets.map((target) => (target.year === null ? target.text : `${target.year}: ${target.text}`)),
      width,
    ),
  )
  parts.push(printTasks(plan, language, width), printReports(plan, language, width))
  const annexes = plan.annexes.map(({ name, title, present }) =>
    [name, title, present ? null : `(${words.annexMissing})`].filter((part) => part !== null).join(' '),
  )
  parts.push(printList(words.annexes, annexes, width))
  const recipients = plan.recipients.map(({ name, note }) => (note === null ? name : `${name} (${note})`))
  parts.push(printList(words.recipients, recipients, width))
  parts.push(printFindings(plan, language, width))
  return parts.filter((part) => part !== '').join('\n')
}

function printHead(plan: Plan, language: Language, width: number): string {
  const words = readWords[language]
  const title = [plan.kind, plan.subject ?? words.noSubject].filter((part) => part !== null).join(' ')
  const { authority, position, name } = plan.signatory
  const rows: [string, string | null][] = [
    [words.number, plan.number],
    [words.date, [plan.place, sayDay(plan.date)].filter(Boolean).join(', ')],
    [words.issuer, plan.issuer],
    [words.superior, plan.superior],
    [words.signatory, [authority, position, name].filter(Boolean).join(' · ')],
    [words.promulgatedBy, plan.promulgatedBy && sayPaper(plan.promulgatedBy)],
  ]
  const label = Math.max(...rows.map(([name]) => name.length)) + 2
  const lines = wrap(title, width).map((line) => styleText('bold', line))
  for (const [name, value] of rows) {
    if (!value) continue
    const [first = '', ...rest] = wrap(value, width - label)
    lines.push(
      `${styleText('dim', name.padEnd(label))}${first}`,
      ...rest.map((line) => ' '.repeat(label) + line),
    )
  }
  return `${lines.join('\n')}\n`
}

const sayPaper = (paper: NonNullable<Plan['promulgatedBy']>): string =>
  [paper.kind, paper.number, sayDay(paper.date), paper.issuer].filter(Boolean).join(', ')

const sayDay = (day: CivilDate | null): string => (day === null ? '' : formatDate(day))

/** `24/03/2023 13:30`, or the day alone. */
function sayMoment(moment: string): string {
  const day = parseIsoDate(moment.slice(0, 10))
  const hour = moment.slice(11, 16)
  return [day ? formatDate(day) : moment.slice(0, 10), hour].filter(Boolean).join(' ')
}

function sayEvent(event: PlanEvent): string {
  const when = [event.start, event.end].filter((moment) => moment !== null).map(sayMoment)
  return [when.join(' – '), event.title, event.place].filter(Boolean).join(' · ')
}

function printList(title: string, items: string[], width: number): string {
  if (items.length === 0) return ''
  const lines = [heading(title, items.length)]
  for (const item of items) {
    const [first = '', ...rest] = wrap(item, width - 4)
    lines.push(`  ${styleText('dim', '•')} ${first}`, ...rest.map((line) => `    ${line}`))
  }
  return `${lines.join('\n')}\n`
}

const heading = (title: string, count: number): string =>
  `${styleText(['bold', 'blue'], title)} ${styleText('dim', `(${count})`)}`

function printTasks({ tasks }: Plan, language: Language, width: number): string {
  if (tasks.length === 0) return ''
  const words = readWords[language]
  const columns = [
    { title: '#', share: 1 },
    { title: words.task, share: 10 },
    { title: words.lead, share: 5 },
    { title: words.with, share: 5 },
    { title: words.due, share: 4 },
  ]
  const rows = tasks.map((task, index) => [
    String(index + 1),
    task.text,
    task.lead.join('\n'),
    task.with.join('\n'),
    [task.deadline?.words, sayDay(task.due)].filter(Boolean).join('\n'),
  ])
  return `${heading(words.tasks, tasks.length)}\n${printTable(columns, rows, width)}`
}

function printReports({ reports }: Plan, language: Language, width: number): string {
  if (reports.length === 0) return ''
  const words = readWords[language]
  const columns = [
    { title: words.task, share: 8 },
    { title: words.from, share: 4 },
    { title: words.to, share: 4 },
    { title: words.due, share: 4 },
  ]
  const rows = reports.map((duty) => [
    duty.text,
    duty.from.join('\n'),
    duty.to.join('\n'),
    [duty.deadline?.words, sayDay(duty.due)].filter(Boolean).join('\n'),
  ])
  return `${heading(words.reports, reports.length)}\n${printTable(columns, rows, width)}`
}

const colours = { error: 'red', warning: 'yellow', info: 'cyan' } as const
const signs = { error: '✗', warning: '!', info: 'i' } as const

function printFindings(plan: Plan, language: Language, width: number): string {
  const words = readWords[language]
  const unsure = Object.values(plan.found).filter((found) => found.sure < 0.6).length
  const lines: string[] = []
  if (plan.findings.length === 0) lines.push(styleText('green', words.noFindings))
  else lines.push(heading(words.findings, plan.findings.length))
  for (const finding of plan.findings) lines.push(...printFinding(finding, language, width))
  if (unsure > 0) lines.push(styleText('dim', words.unsure(unsure)))
  return `${lines.join('\n')}\n`
}

function printFinding({ severity, title, message }: Finding, language: Language, width: number): string[] {
  const sign = styleText(colours[severity], signs[severity])
  const told = wrap(message[language], width - 4).map((line) => `    ${line}`)
  return [`  ${sign} ${styleText('bold', title[language])}`, ...told]
}
