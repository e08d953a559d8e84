import type { PartId } from '../profiles/layout-profile.ts'

/** Where a document doesn't follow its profile. Data only; the words are in `layout-words.ts`. */
export interface LayoutFinding {
  readonly rule: LayoutRuleId
  /** The part it is about, where it is about one. */
  readonly part?: PartId
  /** What the profile asks and what stands in the file, as a person writes them: `14–15 pt`, `13 pt`. */
  readonly expected: string
  readonly found: string
  /** The beginning of the text it is about; empty where it is about the page. */
  readonly at: string
  /** In how many places; `at` is the first. */
  readonly count: number
  /** The rule's source, and whether that was seen in the original. */
  readonly source: string
  readonly confirmed: boolean
}

/**
 * A finding as the checks make it, one a place.
 */
export type SingleFinding = Omit<LayoutFinding, 'count'>

/** Joins findings of the same fault (rule, part, what was asked and found): a paper has it once, in many places. */
export function joinFindings(singles: readonly SingleFinding[]): LayoutFinding[] {
  const joined = new Map<string, LayoutFinding>()
  for (const single of singles) {
    const key = JSON.stringify([single.rule, single.part, single.expected, single.found])
    const known = joined.get(key)
    joined.set(key, known ? { ...known, count: known.count + 1 } : { ...single, count: 1 })
  }
  return [...joined.values()]
}

export type LayoutRuleId =
  | 'page-size'
  | 'margins'
  | 'mirrored-margins'
  | 'page-number'
  | 'page-number-on-first-page'
  | 'page-number-place'
  | 'font'
  | 'missing-part'
  | 'size'
  | 'bold'
  | 'italic'
  | 'underline'
  | 'upper-case'
  | 'alignment'
  | 'rule-length'
  | 'number-form'
  | 'date-form'
  | 'first-line'
  | 'paragraph-gap'
  | 'line-spacing'
  | 'recipient-marks'
  | 'table-width'
  | 'table-header'
