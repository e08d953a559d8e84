import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { Plan } from '@trienkhai/plan-reader/plan.ts'
import { readPlan } from '@trienkhai/plan-reader/read-plan.ts'
import { readSource } from '@trienkhai/plan-reader/source/read-source.ts'
import { describeRefusal } from '@trienkhai/plan-reader/source/refusal.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { exitCodes, WrongUsage } from './command.ts'
import { printPlan } from './print-plan.ts'
import { readWords } from './read-words.ts'

/** Reads each file on its own: one that can't be read is told on standard error, and the rest go on. */
export async function run(args: string[], language: Language): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  })
  const words = readWords[language]
  if (positionals.length === 0) throw new WrongUsage(words.noFile)
  const many = positionals.length > 1
  let unread = 0
  for (const [index, file] of positionals.entries()) {
    if (many) progress(words.reading(index + 1, positionals.length, file))
    const reading = await readOne(file, language)
    clearProgress()
    if (!reading.ok) {
      unread += 1
      process.stderr.write(`${file}: ${reading.why}\n`)
    } else if (values.json) {
      process.stdout.write(`${JSON.stringify(reading.plan)}\n`)
    } else {
      if (many) process.stdout.write(`${index > 0 ? '\n' : ''}── ${file}\n\n`)
      process.stdout.write(printPlan(reading.plan, language))
    }
  }
  if (many) process.stderr.write(`${words.summary(positionals.length - unread, unread)}\n`)
  return unread > 0 ? exitCodes.failed : exitCodes.done
}

async function readOne(
  file: string,
  language: Language,
): Promise<{ ok: true; plan: Plan } | { ok: false; why: string }> {
  let bytes: Uint8Array
  try {
    bytes = file === '-' ? await buffer(process.stdin) : await readFile(file)
  } catch (error) {
    return { ok: false, why: readWords[language].noSuchFile(codeOf(error)) }
  }
  const source = await readSource(bytes, basename(file), {
    onProgress: ({ page, pages }) => progress(readWords[language].page(basename(file), page, pages)),
  })
  if (!source.ok) return { ok: false, why: describeRefusal(source, language) }
  return { ok: true, plan: readPlan(source.source) }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** A line that is written over by the next, where a person looks on. */
function progress(line: string): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\u001b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`)
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K')
}
