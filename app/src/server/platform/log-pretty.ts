import { styleText } from 'node:util'

const colours = { debug: 'gray', info: 'green', warn: 'yellow', error: 'red' } as const

/** A line of JSON from the log, as a person at a terminal wants it: the time of day, the event, the rest behind it. */
export function printPretty(line: string): string {
  const { level, time, event, err, ...rest }: Record<string, unknown> = JSON.parse(line)
  const colour = Object.entries(colours).find(([name]) => name === level)?.[1] ?? 'white'
  const clock = styleText('gray', String(time).slice(11, 19))
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${String(value)}`)
  const first = `${clock} ${styleText(colour, String(level).padEnd(5))} ${String(event)}`
  const told = err === undefined ? '' : `\n${JSON.stringify(err, null, 2)}`
  return `${first}${fields.length > 0 ? ` ${styleText('gray', fields.join(' '))}` : ''}${told}\n`
}
