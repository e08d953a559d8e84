import type { Language } from '@trienkhai/vietnamese/language.ts'
import { formatNumber } from '@trienkhai/vietnamese/numbers.ts'
import { showDate, showMoment } from '#features/shell/format.ts'
import { recordEntries } from '#server/access/record.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import { idsIn, listDifferences, type Wording, wordDifferences } from '../differences.ts'
import { nameField, nameValue } from '../field-words.ts'
import type { Names, RecordEntryRow, RecordLine } from '../schema.ts'
import { recordWords } from '../words.ts'
import { opensAt, readNames } from './names.ts'

export function wordingIn(language: Language): Wording {
  const words = recordWords[language]
  return {
    field: (name) => nameField(name, language),
    value: (field, value) => nameValue(field, value, language),
    day: showDate,
    moment: showMoment,
    number: formatNumber,
    yes: words.yes,
    no: words.no,
    none: words.none,
    unnamed: words.unnamed,
  }
}

/** Entries as they are told: ids as names, fields in words, as far as the reader may see what they stand for. */
export async function tellEntries(
  reader: Reader,
  scope: Scope,
  rows: readonly RecordEntryRow[],
  { language, mostChanges }: { language: Language; mostChanges: number },
): Promise<RecordLine[]> {
  const ids = rows.flatMap(({ accountId, officeId, subjectId, before, after }) => [
    ...[accountId, officeId, subjectId].filter((id) => id !== null),
    ...idsIn(before, after),
  ])
  const names = await readNames(reader, ids)
  const wording = wordingIn(language)
  return rows.map((row) => tellEntry(row, names, wording, maySeeContent(scope, row) ? mostChanges : 0))
}

/** An entry that was found was found as one's own office's, or else by administering. */
function maySeeContent(scope: Scope, { officeId, subjectKind, inCare }: RecordEntryRow): boolean {
  const administered = officeId === null || !scope.offices.includes(officeId)
  return recordEntries.viewContent(scope, { officeId, subjectKind, inCare, administered, isLook: false })
}

function tellEntry(row: RecordEntryRow, names: Names, wording: Wording, mostChanges: number): RecordLine {
  const { before, after, inCare: _inCare, ...rest } = row
  const changes = wordDifferences(listDifferences(before, after), names, wording)
  const nameOf = (id: string | null): string | null => (id === null ? null : (names[id]?.name ?? null))
  return {
    ...rest,
    who: nameOf(row.accountId),
    office: nameOf(row.officeId),
    subject: nameOf(row.subjectId),
    opens: opensAt(row.subjectKind, row.subjectId, names),
    changes: changes.slice(0, mostChanges),
    more: Math.max(0, changes.length - mostChanges),
    isHidden: mostChanges === 0 && changes.length > 0,
  }
}
