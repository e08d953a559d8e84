import pino from 'pino'
import { printPretty } from './log-pretty.ts'

/**
 * All that a line of the log may hold, beside time, level and event. Nothing here names or describes a person: ids of
 * rows say enough to whoever may look in the database, and nothing to anybody else. To log something new, put it here.
 */
export interface LogFields {
  requestId?: string
  method?: string
  /** The route's pattern (`/plans/[id]`), never the address: that may hold what a person searched for. */
  route?: string
  status?: number
  milliseconds?: number
  job?: string
  jobId?: string
  attempt?: number
  count?: number
  bytes?: number
  file?: string
  planId?: string
  documentId?: string
  signal?: string
  version?: string
  /** Described by `describeError`: never its words, where they may quote data. */
  err?: unknown
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

type LogEvent = (fields: LogFields, event: string) => void

export interface Log {
  debug: LogEvent
  info: LogEvent
  warn: LogEvent
  error: LogEvent
}

const allowed: ReadonlySet<string> = new Set<keyof LogFields>([
  'requestId',
  'method',
  'route',
  'status',
  'milliseconds',
  'job',
  'jobId',
  'attempt',
  'count',
  'bytes',
  'file',
  'planId',
  'documentId',
  'signal',
  'version',
  'err',
])

/** A log that writes lines of JSON, or lines for people where a terminal is at the other end. */
export function openLog(level: LogLevel, destination: pino.DestinationStream = standardError()): Log {
  const lines = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
  const writeAt = (at: LogLevel) => (fields: LogFields, event: string) =>
    lines[at](keepAllowed(fields), event)
  return { debug: writeAt('debug'), info: writeAt('info'), warn: writeAt('warn'), error: writeAt('error') }
}

function standardError(): pino.DestinationStream {
  if (process.stderr.isTTY) return { write: (line) => void process.stderr.write(printPretty(line)) }
  // Written at once: what is said just before a crash is what one wants to read.
  return pino.destination({ fd: 2, sync: true })
}

/** The types already forbid other fields; an object from elsewhere may still carry them. */
function keepAllowed(fields: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (allowed.has(name)) kept[name] = name === 'err' ? describeError(value) : value
  }
  return kept
}

/**
 * An error as it may stand in the log. The words of the database's and of parsers' errors quote the data they stumbled
 * over, so of those only the code, the table and the constraint are kept; of all, where in the program it happened.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const described: Record<string, unknown> = { name: error.name }
  for (const detail of ['code', 'table', 'constraint', 'column'] as const) {
    const value = detail in error ? Reflect.get(error, detail) : undefined
    if (typeof value === 'string') described[detail] = value
  }
  const quotesData = 'severity' in error || error instanceof SyntaxError || error.name === 'ZodError'
  if (!quotesData) described['message'] = error.message.slice(0, 500)
  described['at'] = framesOf(error)
  if (error.cause !== undefined) described['cause'] = describeError(error.cause)
  return described
}

function framesOf(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return lines.slice(0, 12).map((line) => line.trim().slice(3))
}

/** The log of this process, at the level that LOG_LEVEL names. */
export const log: Log = openLog(levelFromEnvironment())

function levelFromEnvironment(): LogLevel {
  const named = process.env['LOG_LEVEL']
  return named === 'debug' || named === 'warn' || named === 'error' ? named : 'info'
}
