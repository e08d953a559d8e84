import { numberLine, partLine, placeAndDateLine } from './document-lines.ts'
import type { OfficialDocument } from './document-model.ts'
import type { PartId } from './profiles/layout-profile.ts'
import { type Face, measureText } from './text-width.ts'
import { type Typesetting, textWidthMm } from './typesetting.ts'

/** How the head divides the width of the text, and how long its rules are; lengths in millimetres. */
export interface HeadGeometry {
  readonly leftMm: number
  readonly rightMm: number
  /** The rule under the last line of the title: as long as that line. */
  readonly titleRuleMm: number
  /** The rule under the issuer, where the profile has one. */
  readonly issuerRuleMm: number | null
}

const mmPerPoint = 25.4 / 72
// Air at the sides of a column, so that a reader whose letters are a hair wider doesn't wrap the line.
const airMm = 2

/** The width of a part's line in millimetres, as it is printed. */
export function partWidthMm(text: string, part: PartId, typesetting: Typesetting): number {
  const { bold, italic } = typesetting.profile.parts[part]
  const face: Face = bold ? (italic ? 'boldItalic' : 'bold') : italic ? 'italic' : 'regular'
  return measureText(partLine(text, part, typesetting), typesetting.sizePt(part), face) * mmPerPoint
}

const headParts: ReadonlySet<PartId> = new Set<PartId>([
  'nation',
  'motto',
  'superior',
  'issuer',
  'number',
  'placeAndDate',
])

/**
 * Where the two columns of the head don't fit side by side and the profile allows smaller type there (the
 * State's head at 12 instead of 13), takes the smaller for the whole head.
 */
export function fitHead(document: OfficialDocument, typesetting: Typesetting): Typesetting {
  const { leftNeedMm, titleNeedMm } = headNeeds(document, typesetting)
  if (leftNeedMm + titleNeedMm <= textWidthMm(typesetting)) return typesetting
  const { parts } = typesetting.profile
  return {
    ...typesetting,
    sizePt: (part) => (headParts.has(part) ? parts[part].sizePt.min : typesetting.sizePt(part)),
  }
}

function headNeeds(document: OfficialDocument, typesetting: Typesetting) {
  const titles = typesetting.profile.head.value.titleLines.map(({ text, part }) =>
    partWidthMm(text, part, typesetting),
  )
  const names = [
    ...(document.superior ?? []).map((line) => partWidthMm(line, 'superior', typesetting)),
    ...document.issuer.map((line) => partWidthMm(line, 'issuer', typesetting)),
    partWidthMm(numberLine(document, typesetting), 'number', typesetting),
  ]
  return {
    titleRuleMm: titles.at(-1) ?? 0,
    titleNeedMm: Math.max(...titles) + airMm,
    dateNeedMm: partWidthMm(placeAndDateLine(document), 'placeAndDate', typesetting) + airMm,
    leftNeedMm: Math.max(...names) + airMm,
  }
}

/**
 * Divides the head: the right column is as wide as the title and the place-and-date line need, the left has
 * the rest, unless its own lines need more and the right can spare it. Lines that fit nowhere wrap.
 */
export function measureHead(document: OfficialDocument, typesetting: Typesetting): HeadGeometry {
  const width = textWidthMm(typesetting)
  const { issuerMark } = typesetting.profile.head.value
  const { titleRuleMm, titleNeedMm, dateNeedMm, leftNeedMm } = headNeeds(document, typesetting)
  const rightNeed = Math.max(titleNeedMm, dateNeedMm)
  // Custom gives the left about two fifths, more where names are long and the date leaves it. A date keeps to
  // one line at the cost of names that wrap, unless they would be left a strip: then the date wraps.
  const besideDate = width - rightNeed
  const room = besideDate >= Math.min(leftNeedMm, width * 0.36) ? besideDate : width - titleNeedMm
  const leftMm = Math.min(Math.max(width * 0.43, leftNeedMm), room)
  return {
    leftMm,
    rightMm: width - leftMm,
    titleRuleMm,
    issuerRuleMm:
      issuerMark === '*'
        ? null
        : issuerMark.ruleShare * partWidthMm(document.issuer.at(-1) ?? '', 'issuer', typesetting),
  }
}
