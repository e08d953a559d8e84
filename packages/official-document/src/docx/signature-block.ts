import { type FileChild, Paragraph, type ParagraphChild, TextRun } from 'docx'
import { partLine, recipientLines } from '../document-lines.ts'
import type { OfficialDocument, Signature } from '../document-model.ts'
import type { PartId } from '../profiles/layout-profile.ts'
import { type Typesetting, textWidthMm } from '../typesetting.ts'
import { layoutTable } from './layout-table.ts'
import { mmToTwips, pointsToTwips } from './measures.ts'
import { styleOf } from './paragraph-styles.ts'

// Air between the text and the block; in single lines of 14 pt the hand's room is 4 × 16.1 pt.
const blockAirPt = 12
const linePt = 16.1

/** Recipients at the left, signature at the right; two signatures stand side by side over the recipients. */
export function signatureBlock(document: OfficialDocument, typesetting: Typesetting): FileChild[] {
  const width = mmToTwips(textWidthMm(typesetting))
  const recipients = recipientColumn(document, typesetting)
  const [first, second] = document.signatures
  if (!first && recipients.length === 0) return []
  const left = Math.round(width * 0.45)
  if (first && second) {
    const half = Math.round(width / 2)
    const signatures = layoutTable(
      [half, width - half],
      [[signatureColumn(first, typesetting), signatureColumn(second, typesetting)]],
    )
    if (recipients.length === 0) return [signatures]
    return [
      signatures,
      // Two tables that touch become one in Word; a paragraph keeps them apart.
      new Paragraph({ style: 'headRule' }),
      layoutTable([left, width - left], [[recipients, []]]),
    ]
  }
  return [layoutTable([left, width - left], [[recipients, first ? signatureColumn(first, typesetting) : []]])]
}

function signatureColumn(signature: Signature, typesetting: Typesetting): Paragraph[] {
  const lines: { text: string; part: PartId }[] = [
    ...(signature.authority ? [{ text: signature.authority, part: 'authority' as const }] : []),
    ...signature.position.map((text) => ({ text, part: 'position' as const })),
  ]
  return [
    ...lines.map(({ text, part }, index) =>
      partParagraph(text, part, typesetting, index === 0 ? pointsToTwips(blockAirPt) : 0),
    ),
    partParagraph(
      signature.name,
      'signatory',
      typesetting,
      pointsToTwips(typesetting.signatureLines * linePt),
    ),
  ]
}

function recipientColumn(document: OfficialDocument, typesetting: Typesetting): Paragraph[] {
  const lines = recipientLines(document.recipients ?? [], typesetting.separator)
  const { underline } = typesetting.profile.parts.recipientsLabel
  const label = typesetting.profile.recipients.value.label
  // The rule under "Nơi nhận" doesn't reach under its colon.
  const labelRuns: ParagraphChild[] = [
    new TextRun(label),
    underline ? new TextRun({ text: ':', underline: { type: 'none' } }) : new TextRun(':'),
  ]
  return [
    ...(lines.length > 0
      ? [
          new Paragraph({
            style: styleOf('recipientsLabel'),
            spacing: { before: pointsToTwips(blockAirPt) },
            children: labelRuns,
          }),
        ]
      : []),
    ...lines.map((line) => new Paragraph({ style: styleOf('recipient'), children: [new TextRun(line)] })),
    ...(document.typistMark
      ? [partParagraph(document.typistMark, 'typistMark', typesetting, pointsToTwips(6))]
      : []),
  ]
}

function partParagraph(text: string, part: PartId, typesetting: Typesetting, before: number): Paragraph {
  return new Paragraph({
    style: styleOf(part),
    ...(before > 0 ? { spacing: { before } } : {}),
    children: [new TextRun(partLine(text, part, typesetting))],
  })
}
