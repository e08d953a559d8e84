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

/**
 * Divides the head: the right column is as wide as the title and the place-and-date line need, the left has
 * the rest, unless its own lines need more and the right can spare it. Lines that fit nowhere wrap.
 */
export function measureHead(document: OfficialDocument, typesetting: Typesetting): HeadGeometry {
  const width = textWidthMm(typesetting)
  const { titleLines, issuerMark } = typesetting.profile.head.value
  const titles = titleLines.map(({ text, part }) => partWidthMm(text, part, typesetting))
  const titleNeed = Math.max(...titles) + airMm
  const dateNeed = partWidthMm(placeAndDateLine(document), 'placeAndDate', typesetting) + airMm
  const names = [
    ...(document.superior ?? []).map((line) => partWidthMm(line, 'superior', typesetting)),
    ...document.issuer.map((line) => partWidthMm(line, 'issuer', typesetting)),
    partWidthMm(numberLine(document, typesetting), 'number', typesetting),
  ]
  const leftNeed = Math.max(...names) + airMm
  const rightNeed = Math.max(titleNeed, dateNeed)
  // Custom gives the left about two fifths; it yields to a long date, and the right to long names.
  const widest = width - rightNeed
  const customary = width * 0.43
  const wanted = Math.min(Math.max(customary, leftNeed), widest)
  // Where both cannot have their need, the title must not wrap; the date may, before its day.
  const leftMm = Math.max(wanted, Math.min(leftNeed, width - titleNeed), width * 0.3)
  return {
    leftMm,
    rightMm: width - leftMm,
    titleRuleMm: titles.at(-1) ?? 0,
    issuerRuleMm:
      issuerMark === '*'
        ? null
        : issuerMark.ruleShare * partWidthMm(document.issuer.at(-1) ?? '', 'issuer', typesetting),
  }
}
