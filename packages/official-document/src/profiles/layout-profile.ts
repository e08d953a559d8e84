import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { ProfileId } from '../document-model.ts'

/**
 * Layout rules as data. Each rule carries where it comes from, and whether that was seen in the original
 * (`confirmed: false` = taken from second hand or from custom: to be shown as such, never enforced).
 * Sizes of type in points, lengths in millimetres where the name says Mm.
 */
export interface LayoutProfile {
  readonly id: ProfileId
  readonly system: 'party' | 'state'
  /** As it is cited: `Hướng dẫn 36-HD/VPTW`. */
  readonly name: string
  readonly validFrom: CivilDate
  /** The last day; null while it stands. */
  readonly validTo: CivilDate | null
  readonly confirmed: boolean
  readonly page: Rule<{ readonly widthMm: number; readonly heightMm: number }>
  readonly margins: Rule<{
    readonly topMm: Range
    readonly bottomMm: Range
    /** The binding side: left on the front, right on a back page. */
    readonly innerMm: Range
    readonly outerMm: Range
    readonly mirrored: boolean
  }>
  readonly font: Rule<{ readonly family: string; readonly substitutes: readonly string[] }>
  readonly pageNumber: Rule<{
    readonly sizePt: Range
    readonly fromTopMm: number
    readonly onFirstPage: boolean
  }>
  readonly paragraph: Rule<{
    readonly firstLineMm: Range
    readonly gapPt: Range
    readonly line: LineRule
  }>
  readonly head: Rule<{
    /** The lines at the top right; the rule under the last one is as long as its text. */
    readonly titleLines: readonly { readonly text: string; readonly part: PartId }[]
    /** Under the issuer: `*`, or a rule of this share of the issuer's line. */
    readonly issuerMark: '*' | { readonly ruleShare: number }
  }>
  readonly number: Rule<{ readonly prefix: string; readonly joiner: '-' | '/' }>
  /** Under the subject: five hyphens, or a rule of this share of the subject's line. */
  readonly subjectMark: Rule<'-----' | { readonly ruleShare: number }>
  readonly urgency: Rule<{ readonly framed: boolean }>
  readonly addressees: Rule<{ readonly label: string }>
  readonly bases: Rule<{ readonly between: ';'; readonly last: ';' | ',' | '.' }>
  readonly recipients: Rule<{ readonly label: string; readonly separator: ',' | ';' }>
  readonly headings: Rule<{ readonly numbers: 'dash' | 'dot' }>
  readonly signature: Rule<{ readonly lines: Range }>
  readonly tables: Rule<{ readonly sizePt: Range }>
  readonly annexes: Rule<{ readonly pageNumbers: 'continue' | 'restart' }>
  readonly parts: Readonly<Record<PartId, PartRule>>
}

/** Something allowed from `min` to `max` (null: no upper end); `preferred` is what is used without a choice. */
export interface Range {
  readonly min: number
  readonly max: number | null
  readonly preferred: number
}

export interface Rule<Value> {
  readonly value: Value
  readonly source: string
  readonly confirmed: boolean
}

/** In points (`at-least`, `exactly`) or in single lines (`lines`). */
export interface LineRule extends Range {
  readonly kind: 'at-least' | 'exactly' | 'lines'
}

/** How one part of a document is set. */
export interface PartRule {
  readonly sizePt: Range
  readonly bold: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly upperCase: boolean
  readonly align: 'left' | 'centre' | 'right' | 'justify'
  readonly source: string
  readonly confirmed: boolean
}

export type PartId =
  | 'nation'
  | 'motto'
  | 'partyTitle'
  | 'superior'
  | 'issuer'
  | 'issuerMark'
  | 'number'
  | 'letterSubject'
  | 'urgency'
  | 'draft'
  | 'placeAndDate'
  | 'kind'
  | 'subject'
  | 'subjectMark'
  | 'addresseeLabel'
  | 'addressee'
  | 'basis'
  | 'body'
  | 'divisionLabel'
  | 'divisionTitle'
  | 'heading1'
  | 'heading2'
  | 'heading3'
  | 'heading4'
  | 'tableHeader'
  | 'tableCell'
  | 'authority'
  | 'position'
  | 'signatory'
  | 'recipientsLabel'
  | 'recipient'
  | 'typistMark'
  | 'contactLine'
  | 'annexLabel'
  | 'annexTitle'
  | 'annexNote'

/** A range of one value. */
export function exactly(value: number): Range {
  return { min: value, max: value, preferred: value }
}

/** A range with what is preferred in it (the lower end where left out). */
export function between(min: number, max: number | null, preferred: number = min): Range {
  return { min, max, preferred }
}
