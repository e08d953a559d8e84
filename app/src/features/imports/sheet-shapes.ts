import type { OutColumn, OutSheet } from '@trienkhai/spreadsheet/out-sheet.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { choicesOf, sheetColumns } from './columns.ts'
import type { ImportKind } from './schema.ts'
import { sheetNames } from './sheet-names.ts'
import { importWords } from './words.ts'

/** What may be chosen in columns that depend on the office: titles of posts; and whether the list holds what has ended. */
export interface KnownChoices {
  readonly titles?: readonly string[]
  readonly history?: boolean
}

/** The columns of a kind as our own sheets have them. */
export function outColumns(kind: ImportKind, language: Language, known: KnownChoices = {}): OutColumn[] {
  return sheetColumns(kind, known.history).map(({ key, title, width, required = false, note, type }) => {
    const choices =
      type.is === 'choice'
        ? choicesOf(type.of).map((choice) => choice[language])
        : key === 'title'
          ? known.titles
          : undefined
    return {
      title: title[language],
      width,
      required,
      ...(note ? { note: note[language] } : {}),
      ...(choices?.length ? { choices } : {}),
      ...(type.is === 'date' ? { type: 'date' as const } : {}),
    }
  })
}

export const sheetName = (kind: ImportKind, language: Language): string =>
  sheetNames[kind][language === 'vi' ? 0 : 1]

/** An empty sheet of a kind to be filled in, with an example that an import passes over. */
export function templateSheet(kind: ImportKind, language: Language, known: KnownChoices): OutSheet {
  const words = importWords[language]
  const example = sheetColumns(kind).map(({ key, example: text, type }) => {
    if (key === 'id') return { text: words.exampleCode, look: 'example' as const }
    if (text === undefined) return undefined
    const choice = type.is === 'choice' ? choicesOf(type.of).find(({ vi }) => vi === text) : undefined
    return { text: choice ? choice[language] : text, look: 'example' as const }
  })
  return {
    name: sheetName(kind, language),
    remarks: words.templateRemarks.split('\n'),
    columns: outColumns(kind, language, known),
    rows: [[example]],
  }
}
