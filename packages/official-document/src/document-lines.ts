import { formatLongDate } from '@trienkhai/vietnamese/civil-date.ts'
import { toRoman } from '@trienkhai/vietnamese/numbers.ts'
import type { BlankDate, Block, Level, OfficialDocument } from './document-model.ts'
import { printableLine, upperCase } from './printable-text.ts'
import type { PartId } from './profiles/layout-profile.ts'
import type { Typesetting } from './typesetting.ts'

/** The lines that every typesetter prints alike: numbers, dates, recipients, bases, numbers of headings. */

const nonBreakingSpace = '\u00A0'
const blankNumber = nonBreakingSpace.repeat(7)
const blankDay = nonBreakingSpace.repeat(5)

/** `Số 07-BC/ĐU`, `Số: 15/QĐ-UBND`; a number not yet given stays blank before its sign: `Số       -BC/ĐU`. */
export function numberLine(document: OfficialDocument, { profile }: Typesetting): string {
  const { prefix, joiner } = profile.number.value
  const given = document.number.value === null ? '' : printableLine(document.number.value)
  const value = /^\d$/.test(given) ? `0${given}` : given || blankNumber
  const label = prefix.trimEnd()
  const gap = given ? nonBreakingSpace : ''
  return `${label}${gap}${value}${joiner}${printableLine(document.number.sign)}`
}

/** `Tân Hòa, ngày 09 tháng 4 năm 2026`; what isn't known yet stays blank: `ngày     tháng 11 năm 2026`. */
export function placeAndDateLine(document: OfficialDocument): string {
  const date =
    typeof document.date === 'string' ? formatLongDate(document.date) : blankDateLine(document.date)
  // Held from `ngày` to the year: a long place wraps before the date, never inside it.
  return `${printableLine(document.place)}, ${date.replaceAll(' ', nonBreakingSpace)}`
}

function blankDateLine({ year, month }: BlankDate): string {
  const printedMonth = month === undefined ? blankDay : ` ${month < 3 ? `0${month}` : month} `
  return `ngày${blankDay}tháng${printedMonth}năm ${year}`
}

/** `- Thường trực Huyện ủy,` … the last ends with a full stop. Marks that were stored already aren't doubled. */
export function recipientLines(names: readonly string[], separator: ',' | ';'): string[] {
  return punctuated(names, separator, '.').map((line) => `- ${line}`)
}

/** Addressees as a list, ended like recipients but without hyphens. */
export function addresseeLines(names: readonly string[], separator: ',' | ';'): string[] {
  return punctuated(names, separator, '.')
}

/** Căn cứ with `;` between and the office's mark at the end. */
export function basisLines(items: readonly string[], last: ';' | ',' | '.'): string[] {
  return punctuated(items, ';', last)
}

function punctuated(items: readonly string[], separator: string, last: string): string[] {
  const plain = items.map((item) => printableLine(item).replace(/[\s,;.]+$/u, '')).filter(Boolean)
  return plain.map((item, index) => item + (index === plain.length - 1 ? last : separator))
}

/** The text in a part: on one line, in upper case where the part is. */
export function partLine(text: string, part: PartId, { profile }: Typesetting): string {
  const line = printableLine(text)
  return profile.parts[part].upperCase ? upperCase(line) : line
}

// a) … as Vietnamese counts: đ has its place, f, j, w and z have none.
const letters = 'abcdđeghiklmnopqrstuvxy'

/**
 * The number before each heading and clause of a body, in the order of its blocks; undefined for other blocks
 * and for headings without. A heading starts the count of the levels below it again.
 */
export function numberBlocks(blocks: readonly Block[], style: 'dash' | 'dot'): (string | undefined)[] {
  const counts: Counts = { 1: 0, 2: 0, 3: 0, 4: 0 }
  const mark = style === 'dash' ? '-' : '.'
  return blocks.map((block): string | undefined => {
    if (block.kind === 'division') restartBelow(counts, 0)
    if (block.kind !== 'heading' && block.kind !== 'clause') return undefined
    restartBelow(counts, block.level)
    if (block.kind === 'heading' && block.numbered === false) return undefined
    counts[block.level] += 1
    return printCount(counts, block.level, mark)
  })
}

type Counts = Record<Level, number>
const levels: readonly Level[] = [1, 2, 3, 4]

function restartBelow(counts: Counts, level: number): void {
  for (const below of levels) if (below > level) counts[below] = 0
}

function printCount(counts: Counts, level: Level, mark: string): string {
  switch (level) {
    case 1:
      return toRoman(counts[1]) + mark
    case 2:
      return `${counts[2]}${mark}`
    case 3:
      // Without a heading 1- above, 1.1 would have no first half.
      return counts[2] > 0 ? `${counts[2]}.${counts[3]}${mark}` : `${counts[3]}${mark}`
    case 4:
      return `${letters.charAt((counts[4] - 1) % letters.length)})`
  }
}

/** What the file is called inside: `Báo cáo kết quả …`; the subject alone for a công văn. */
export function documentTitle(document: OfficialDocument): string {
  const subject = printableLine(document.subject)
  return document.kind === null ? subject : `${printableLine(document.kind)} ${subject}`
}

/** The issuing office on one line, as the author of the file: never a person. */
export function documentOffice(document: OfficialDocument): string {
  return document.issuer.map(printableLine).join(' ')
}
