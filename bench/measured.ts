import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { resolve } from 'node:path'

/** One line of a table of figures: what was measured, what came out, and what is aimed at. */
export interface Figure {
  what: string
  values: readonly string[]
}

/** Prints figures as a table of Markdown, as docs/measured.md keeps them. */
export function printTable(title: string, columns: readonly string[], figures: readonly Figure[]): void {
  const rows = [columns, ...figures.map(({ what, values }) => [what, ...values])]
  const widths = columns.map((_, at) => Math.max(3, ...rows.map((row) => (row[at] ?? '').length)))
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (at === 0 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width))).join(' | ')} |`
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  console.log(`\n${title}\n`)
  console.log(line(columns))
  console.log(rule)
  for (const row of rows.slice(1)) console.log(line(row))
}

/** Prints on what machine, when and with which versions the figures come about. */
export function printCircumstances(): void {
  const [first] = cpus()
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: resolve(import.meta.dirname, '..'),
  })
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  console.log(new Date().toISOString())
  console.log(
    `${cpus().length} cores, ${first?.model ?? 'unknown processor'}, ${gigabytes} GB, Linux ${release()}`,
  )
  console.log(`Node ${process.versions.node}, commit ${commit.toString().trim()}`)
  console.log(
    `load before: ${loadavg()
      .map((load) => load.toFixed(2))
      .join(' ')}`,
  )
}

/** The value under which this share of the values lies; `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const ordered = [...values].sort((a, b) => a - b)
  return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))] ?? Number.NaN
}

export const milliseconds = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK']).toString())

/**
 * CPU that a running process has used, user and system together, in milliseconds, to a hundredth of a second. Of the
 * children it counts those that have ended and were waited for, where asked.
 */
export function cpuOf(pid: number | 'self', options: { withChildren?: boolean } = {}): number {
  const fields = statOf(pid)
  const own = Number(fields[11]) + Number(fields[12])
  const children = Number(fields[13]) + Number(fields[14])
  return ((own + (options.withChildren ? children : 0)) / ticksPerSecond) * 1000
}

/** CPU of this process's ended children alone. */
export function cpuOfEndedChildren(): number {
  const fields = statOf('self')
  return ((Number(fields[13]) + Number(fields[14])) / ticksPerSecond) * 1000
}

/** What stands behind the program's name in `/proc/PID/stat`; the name itself may hold spaces and brackets. */
function statOf(pid: number | 'self'): string[] {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return line.slice(line.lastIndexOf(')') + 2).split(' ')
}
