import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findDocumentNumbers } from '@trienkhai/vietnamese/document-number.ts'
import { describe, expect, test } from 'vitest'
import { type Case, listOwnCases } from './case-files.ts'
import { matchKey } from './measure.ts'
import { readCaseSource } from './measure-cases.ts'

/** The document's words under one key; a phrase may be broken over lines or table cells. */
const keyOf = (words: string): string => matchKey(words.replaceAll(/[|\\]/g, ' '))

/** The words as they lie in the file; only where a format hides them, as its source reader gives them. */
async function readWords(one: Case): Promise<string> {
  return /\.(txt|md)$/.test(one.file)
    ? readFileSync(one.file, 'utf8').normalize('NFC')
    : (await readCaseSource(one)).text
}
const withoutSpaces = (words: string): string => matchKey(words).replaceAll(' ', '')

function listNotFound(source: string, phrases: (string | null)[]): string[] {
  return phrases.filter((phrase) => phrase !== null && !source.includes(matchKey(phrase))).map(String)
}

/** `2026-05-09` as it may be printed: 09/5/2026, 9/5/2026, 09/05/2026, ngày 09 tháng 5 năm 2026. */
function listPrintings(date: string): string[] {
  const [year = '', month = '', day = ''] = date.split('-')
  const days = [day, String(Number(day))]
  const months = [month, String(Number(month))]
  return days.flatMap((d) =>
    months.flatMap((m) => [
      `${d}/${m}/${year}`,
      `${d}-${m}-${year}`,
      `${d}.${m}.${year}`,
      `${d} thang ${m} nam ${year}`,
    ]),
  )
}

const cases = await Promise.all(listOwnCases().map(async (one) => ({ ...one, words: await readWords(one) })))

describe.each(cases)('$name', (one) => {
  const answer = one.readAnswer()
  const source = keyOf(one.words)

  test('tells why it is there', () => {
    expect(readFileSync(join(dirname(one.file), 'why.md'), 'utf8').trim().length).toBeGreaterThan(40)
  })

  test('finds the words of the head and the foot in the document', () => {
    const { authority, position, name } = answer.signatory
    // The lines of authority may have the recipients between them.
    const authorities = authority?.split(/ (?=K\/?T|T\/?L|TUQ)/) ?? []
    expect(
      listNotFound(source, [
        // A công văn prints no name of its kind.
        answer.kind === 'công văn' ? null : answer.kind,
        answer.place,
        ...authorities,
        position,
        name,
        ...answer.recipients.flatMap((r) => [r.name, r.note]),
      ]),
    ).toEqual([])
  })

  test('finds the number, and the date of the document and of each basis', () => {
    const numbers = [answer.number, ...answer.bases.map((basis) => basis.number), ...answer.citations]
    const squeezed = withoutSpaces(one.words)
    expect(numbers.filter((number) => number !== null && !squeezed.includes(withoutSpaces(number)))).toEqual(
      [],
    )
    const dates = [answer.date, ...answer.bases.map((basis) => basis.date)]
    const flat = source.replaceAll(/\s*\/\s*/g, '/')
    expect(
      dates.filter((date) => date !== null && !listPrintings(date).some((words) => flat.includes(words))),
    ).toEqual([])
  })

  test('lists every document number as a citation, once, its own left out', () => {
    const printed = new Set(findDocumentNumbers(one.words).map(({ number }) => number))
    if (answer.number !== null) printed.delete(answer.number)
    expect([...answer.citations].sort()).toEqual([...printed].sort())
  })

  test('has the title of each section in the document, none twice', () => {
    expect(
      listNotFound(
        source,
        answer.sections.map((section) => section.title),
      ),
    ).toEqual([])
    const paths = answer.sections.map(({ path, title }) => `${path} ${title}`)
    expect(new Set(paths).size).toBe(paths.length)
  })

  test('has each anchor in the document exactly once', () => {
    const wrong = answer.tasks
      .map((task) => ({ anchor: task.anchor, times: source.split(matchKey(task.anchor)).length - 1 }))
      .filter(({ times }) => times !== 1)
    expect(wrong).toEqual([])
    expect(listNotFound(source, answer.optionalTasks)).toEqual([])
  })

  test('names bodies, people and agenda as printed', () => {
    expect(
      listNotFound(source, [
        ...answer.tasks.flatMap((task) => [...task.lead, ...task.leadOr, ...task.with]),
        ...answer.reports.flatMap((report) => [...report.from, ...report.fromOr, ...report.to]),
        ...answer.events.flatMap((event) => [
          event.place,
          ...event.participants,
          ...event.programme.flatMap((line) => [line.title, line.by]),
        ]),
        ...answer.bases.map((basis) => basis.issuer),
      ]),
    ).toEqual([])
  })
})
