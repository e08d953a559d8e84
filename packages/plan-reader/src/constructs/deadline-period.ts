import { type CivilDate, lastDayOfMonth, lastDayOfQuarter } from '@trienkhai/vietnamese/civil-date.ts'
import { fromRoman } from '@trienkhai/vietnamese/numbers.ts'
import type { DeadlineRule } from '../plan.ts'

/** What the words of a deadline leave out: the year that the plan is for. */
export interface DeadlineContext {
  year: number | undefined
}

/** A rule found in a key, and where. */
export interface Candidate {
  rule: DeadlineRule
  start: number
  end: number
}

/** A rule that says nothing yet, to be filled. */
export function unclear(words: string): DeadlineRule {
  return {
    words,
    kind: 'unclear',
    day: null,
    before: false,
    every: null,
    onDay: null,
    onWeekday: null,
    hour: null,
    after: null,
  }
}

const yearAfter = '(?:\\s*(?:\\/|nam\\s*|-|\\.)\\s*((?:19|20)\\d\\d))?'
const period = new RegExp(
  [
    '\\b(?:(?:hoan thanh |xong |ket thuc |thuc hien |bat dau )?(?:trong|truoc|den het|het|den|cuoi|dau|giua|tu|vao)\\s+)?(?:ky sinh hoat |khoang |nua )?(?:dau |giua |cuoi |het )?(?:',
    `(?:cac )?quy\\s+([ivx]+|[1-4])(?:\\s*(?:,|va|-|–|den|\\+)\\s*(?:quy\\s+)?([ivx]+|[1-4])(?!\\d|\\/\\d{1,2}(?!\\d)))?${yearAfter}`,
    `|(?:cac )?thang\\s+(\\d{1,2})((?:\\s*(?:,|va|-|–|den)\\s*(?:het )?(?:thang\\s+)?\\d{1,2}(?!\\d|/\\d\\d?/)){0,11})${yearAfter}(?!/\\d)`,
    '|(?:6|06|sau) thang\\s+(dau|cuoi)\\s+nam(?:\\s*((?:19|20)\\d\\d))?',
    '|(?:cuoi |het |trong )nam(?:\\s+((?:19|20)\\d\\d))?(?! hoc)',
    '|nam\\s+((?:19|20)\\d\\d)(?!\\s*[-–]\\s*(?:19|20)\\d\\d)',
    '|(?:(?:giai doan|tu nam|trong (?:cac )?nam)\\s+)?(?:19|20)\\d\\d\\s*(?:[-–]|den(?: nam)?)\\s*((?:19|20)\\d\\d))',
  ].join(''),
  'g',
)
const bareYearCell = /^\s*((?:19|20)\d\d)[\s.;]*$/

/** `trong quý I/2023`, `xong trong tháng 5/2026`, `cuối năm 2025`: due on the period's last day. */
export function findPeriod(key: string, context: DeadlineContext, whole: boolean): Candidate | undefined {
  // A table's column of time may say the year alone.
  const year = whole ? bareYearCell.exec(key)?.[1] : undefined
  if (year)
    return {
      rule: { ...unclear(''), kind: 'period', day: lastDayOfMonth(Number(year), 12) },
      start: 0,
      end: key.length,
    }
  let best: Candidate | undefined
  for (const match of key.matchAll(period)) {
    const [words] = match
    // "Từ tháng 10/2026" says when work begins, and no end.
    if (/^tu\s/.test(words) && !/den|[-–]/.test(words)) continue
    if (!whole && !isLedPeriod(key, match)) continue
    const day = lastDayOf(match, context)
    if (day === undefined) continue
    if (best?.rule.day && day && best.rule.day > day) continue
    best = {
      rule: { ...unclear(''), kind: 'period', day, before: /^(?:hoan thanh |xong )?truoc/.test(words) },
      start: match.index,
      end: match.index + words.length,
    }
  }
  return best
}

/** Whether a period in running text is when something is due, not what it is about ("Chương trình năm 2026"). */
function isLedPeriod(key: string, match: RegExpMatchArray): boolean {
  const [words] = match
  const led = /^(?:hoan thanh |xong |ket thuc |thuc hien )?(?:trong|truoc|den het|het|cuoi|den|vao)\s/.test(
    words,
  )
  if (!led) return false
  const bare = match[1] === undefined && match[4] === undefined && match[7] === undefined
  if (!bare) return true
  if (match[11] !== undefined) return false
  if (match[10] === undefined && match[9] === undefined) return false
  const before = key.slice(Math.max(0, (match.index ?? 0) - 60), match.index)
  return (
    /^(?:hoan thanh|xong|truoc|den het|het|cuoi|vao|ket thuc)/.test(words) ||
    /(?:hoan thanh|xong|cham nhat|so ket|tong ket)[^.;]*$/.test(before)
  )
}

/** The last day of the period matched; null where no year is known, undefined where it is no period. */
function lastDayOf(match: RegExpMatchArray, context: DeadlineContext): CivilDate | null | undefined {
  const [
    ,
    quarterA,
    quarterB,
    quarterYear,
    monthA,
    monthsB,
    monthYear,
    half,
    halfYear,
    endYear,
    bareYear,
    spanYear,
  ] = match
  if (quarterA) {
    const quarter = numberOf(quarterB) ?? numberOf(quarterA)
    const year = Number(quarterYear) || context.year
    if (!quarter || quarter > 4) return undefined
    return year ? lastDayOfQuarter(year, quarter) : null
  }
  if (monthA) {
    const month = Number(/(\d{1,2})\s*$/.exec(monthsB ?? '')?.[1] ?? monthA)
    const year = Number(monthYear) || context.year
    if (month < 1 || month > 12) return undefined
    return year ? lastDayOfMonth(year, month) : null
  }
  if (half) {
    const year = Number(halfYear) || context.year
    return year ? lastDayOfMonth(year, half === 'dau' ? 6 : 12) : null
  }
  const year = Number(spanYear ?? endYear ?? bareYear) || context.year
  return year ? lastDayOfMonth(year, 12) : null
}

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : (fromRoman(text) ?? (Number(text) || undefined))
