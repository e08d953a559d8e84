import type { OutRow, OutSheet } from '@trienkhai/spreadsheet/out-sheet.ts'
import { writeXlsx } from '@trienkhai/spreadsheet/xlsx/write-xlsx.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { nameField } from '#features/record/field-words.ts'
import type { Context } from '#server/context.ts'
import { record } from '#server/record.ts'
import { kindWords } from '../kinds.ts'
import type { HeldSection, LookLine } from '../schema.ts'
import { personalDataWords } from '../words.ts'
import { findSubject, listLooks, readAsProgram, readHeldAbout } from './held-about.ts'

export const ownFormats = ['json', 'xlsx'] as const
export type OwnFormat = (typeof ownFormats)[number]

/** Of a table a file holds so many rows; nobody has more about themselves. */
const mostRows = 100_000
const mostLooks = 10_000

export interface Own {
  sections: HeldSection[]
  looks: LookLine[]
}

/** What is held about the actor, and who looked at it. */
export function readOwn(context: Context, most: { rows: number; looks: number }): Promise<Own> {
  return readAsProgram(context, async (tx) => {
    const subject = await findSubject(tx, context.actor.accountId)
    const { language } = context
    return {
      sections: await readHeldAbout(tx, subject, { mostRows: most.rows, language }),
      looks: await listLooks(tx, subject, most.looks),
    }
  })
}

/** The same as a file, whole; that it was taken out goes on record. */
export async function exportOwn(context: Context, format: OwnFormat): Promise<AsyncIterable<Uint8Array>> {
  const own = await readOwn(context, { rows: mostRows, looks: mostLooks })
  await context.inTransaction((tx) =>
    record(tx, context, {
      operation: 'personal-data.export',
      subjectKind: 'account',
      subjectId: context.actor.accountId,
      ...(context.actor.grants[0] ? { officeId: context.actor.grants[0].organisationId } : {}),
      after: { format },
    }),
  )
  return format === 'json' ? jsonOf(own, context) : writeXlsx([sheetOf(own, context.language)])
}

async function* jsonOf({ sections, looks }: Own, { now, language }: Context): AsyncIterable<Uint8Array> {
  const words = kindWords[language]
  const held = sections.map(({ kind, table, total, rows }) => ({
    kind: words[kind].name,
    table,
    total,
    rows,
  }))
  yield Buffer.from(`${JSON.stringify({ readAt: now, held, looks }, null, 2)}\n`)
}

function sheetOf({ sections, looks }: Own, language: Language): OutSheet {
  const words = personalDataWords[language]
  const kinds = kindWords[language]
  const text = (value: string): { text: string } => ({ text: value })
  const rows = sections.flatMap(({ kind, table, total, rows }): OutRow[] =>
    total === null
      ? [[text(kinds[kind].name), text(table), undefined, undefined, text(words.sealed)]]
      : rows.flatMap((row, index) =>
          Object.entries(row)
            .filter(([, value]) => value !== '')
            .map(([column, value]) => [
              text(kinds[kind].name),
              text(table),
              { text: String(index + 1), type: 'number' as const },
              text(nameField(column, language)),
              text(value.slice(0, 30_000)),
            ]),
        ),
  )
  const seen = looks.map(
    ({ at, who, office }, index): OutRow => [
      text(kinds.looks.name),
      text('record_entry'),
      { text: String(index + 1), type: 'number' },
      text(at.toISOString()),
      text([who, office].filter(Boolean).join(' · ')),
    ],
  )
  return {
    name: words.sheet,
    columns: [
      { title: words.kind, width: 26 },
      { title: words.table, width: 20 },
      { title: words.number, width: 6, type: 'number' },
      { title: words.field, width: 22 },
      { title: words.value, width: 60 },
    ],
    rows: [[...rows, ...seen]],
  }
}
