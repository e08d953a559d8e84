import type { HouseOptions, OfficialDocument } from './document-model.ts'
import { findHouseProblems, getProfile } from './layout-profiles.ts'
import type { LayoutProfile, LineRule, PartId } from './profiles/layout-profile.ts'

/** A profile with the office's options settled: one value for everything, ready to set type with. */
export interface Typesetting {
  readonly profile: LayoutProfile
  readonly margins: {
    readonly topMm: number
    readonly bottomMm: number
    readonly innerMm: number
    readonly outerMm: number
  }
  readonly firstLineMm: number
  readonly gapPt: number
  readonly line: { readonly kind: LineRule['kind']; readonly value: number }
  readonly headingNumbers: 'dash' | 'dot'
  readonly separator: ',' | ';'
  readonly lastBasisMark: ';' | ',' | '.'
  readonly signatureLines: number
  readonly annexPageNumbers: 'continue' | 'restart'
  /** The size of a part in points. */
  readonly sizePt: (part: PartId) => number
}

const bodyParts: ReadonlySet<PartId> = new Set<PartId>([
  'body',
  'basis',
  'divisionLabel',
  'divisionTitle',
  'heading1',
  'heading2',
  'heading3',
  'heading4',
])

/**
 * Settles a document's profile and its office's options. Options outside the profile's ranges are a mistake of
 * the caller (RangeError): offices' settings are checked with `findHouseProblems` when they are entered.
 */
export function settleTypesetting(document: Pick<OfficialDocument, 'profile' | 'house'>): Typesetting {
  const profile = getProfile(document.profile)
  const house = document.house ?? {}
  const [problem] = findHouseProblems(profile, house)
  if (problem) {
    throw new RangeError(
      `${problem.option} ${problem.given} is not within ${problem.min}–${problem.max ?? '…'} of ${profile.id}`,
    )
  }
  const { margins, paragraph } = profile
  return {
    profile,
    margins: {
      topMm: margins.value.topMm.preferred,
      bottomMm: margins.value.bottomMm.preferred,
      innerMm: margins.value.innerMm.preferred,
      outerMm: margins.value.outerMm.preferred,
    },
    firstLineMm: paragraph.value.firstLineMm.preferred,
    gapPt: house.paragraphGapPt ?? paragraph.value.gapPt.preferred,
    line: { kind: paragraph.value.line.kind, value: house.line ?? paragraph.value.line.preferred },
    headingNumbers: house.headingNumbers ?? profile.headings.value.numbers,
    separator: house.recipientSeparator ?? profile.recipients.value.separator,
    lastBasisMark: house.lastBasisMark ?? profile.bases.value.last,
    signatureLines: house.signatureLines ?? profile.signature.value.lines.preferred,
    annexPageNumbers: house.annexPageNumbers ?? profile.annexes.value.pageNumbers,
    sizePt: (part) => sizeOf(part, profile, house),
  }
}

function sizeOf(part: PartId, profile: LayoutProfile, house: HouseOptions): number {
  const chosen =
    part === 'kind'
      ? house.kindSizePt
      : part === 'subject' || part === 'subjectMark'
        ? house.subjectSizePt
        : part === 'tableCell' || part === 'tableHeader'
          ? house.tableSizePt
          : bodyParts.has(part)
            ? house.bodySizePt
            : undefined
  return chosen ?? profile.parts[part].sizePt.preferred
}

/** The width of the text of a page, in millimetres. */
export function textWidthMm(
  { profile, margins }: Typesetting,
  orientation: 'portrait' | 'landscape' = 'portrait',
): number {
  const { widthMm, heightMm } = profile.page.value
  return (orientation === 'portrait' ? widthMm : heightMm) - margins.innerMm - margins.outerMm
}
