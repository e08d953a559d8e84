import { BorderStyle, Paragraph, type Table, TabStopType, TextRun } from 'docx'
import { addresseeLines, numberLine, partLine, placeAndDateLine } from '../document-lines.ts'
import type { Addressees, OfficialDocument } from '../document-model.ts'
import { measureHead, partWidthMm } from '../head-geometry.ts'
import { holdNumbers, printableLine, printableLines } from '../printable-text.ts'
import type { PartId } from '../profiles/layout-profile.ts'
import { type Typesetting, textWidthMm } from '../typesetting.ts'
import { centredRule, layoutTable } from './layout-table.ts'
import { mmToTwips, pointsToTwips } from './measures.ts'
import { styleOf } from './paragraph-styles.ts'

const lineOf = (text: string, part: PartId, typesetting: Typesetting): Paragraph =>
  new Paragraph({ style: styleOf(part), children: [new TextRun(partLine(text, part, typesetting))] })

/** The two columns at the top of page 1: names and number at the left, title and date at the right. */
export function documentHead(document: OfficialDocument, typesetting: Typesetting): Table {
  const { profile } = typesetting
  const geometry = measureHead(document, typesetting)
  const left = mmToTwips(geometry.leftMm)
  const right = mmToTwips(textWidthMm(typesetting)) - left
  const { titleLines, issuerMark } = profile.head.value

  const names = [
    ...(document.superior ?? []).map((line) => lineOf(line, 'superior', typesetting)),
    ...document.issuer.map((line) => lineOf(line, 'issuer', typesetting)),
    issuerMark === '*'
      ? new Paragraph({ style: styleOf('issuerMark'), children: [new TextRun('*')] })
      : centredRule(geometry.issuerRuleMm ?? 0, left),
  ]
  const title = [
    ...titleLines.map(({ text, part }) => lineOf(text, part, typesetting)),
    centredRule(geometry.titleRuleMm, right),
  ]
  const numberAndMarks = [
    new Paragraph({
      style: styleOf('number'),
      ...(issuerMark === '*' ? {} : { spacing: { before: pointsToTwips(6) } }),
      children: [new TextRun(numberLine(document, typesetting))],
    }),
    ...(document.kind === null ? letterSubject(document.subject) : []),
    ...(document.urgency ? [urgencyLine(document.urgency, typesetting)] : []),
    ...(document.draftRound === undefined
      ? []
      : [lineOf(`Dự thảo lần ${document.draftRound}`, 'draft', typesetting)]),
  ]
  const date = new Paragraph({
    style: styleOf('placeAndDate'),
    ...(issuerMark === '*' ? {} : { spacing: { before: pointsToTwips(6) } }),
    children: [new TextRun(placeAndDateLine(document))],
  })
  return layoutTable(
    [left, right],
    [
      [names, title],
      [numberAndMarks, [date]],
    ],
  )
}

function letterSubject(subject: string): Paragraph[] {
  return printableLines(subject).map(
    (line) =>
      new Paragraph({ style: styleOf('letterSubject'), children: [new TextRun(holdNumbers(line.trim()))] }),
  )
}

function urgencyLine(urgency: string, typesetting: Typesetting): Paragraph {
  return new Paragraph({
    style: styleOf('urgency'),
    children: [
      new TextRun({
        text: partLine(urgency, 'urgency', typesetting),
        ...(typesetting.profile.urgency.value.framed
          ? { border: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } }
          : {}),
      }),
    ],
  })
}

/** Kind, subject and the mark under it; nothing for a công văn, whose subject stands in the head. */
export function kindAndSubject(document: OfficialDocument, typesetting: Typesetting): Paragraph[] {
  if (document.kind === null) return []
  const { value: mark } = typesetting.profile.subjectMark
  const subjectLines = printableLines(document.subject).map((line) => line.trim())
  const width = textWidthMm(typesetting)
  const longest = Math.max(...subjectLines.map((line) => partWidthMm(line, 'subject', typesetting)))
  return [
    lineOf(document.kind, 'kind', typesetting),
    ...subjectLines.map(
      (line) =>
        new Paragraph({
          style: styleOf('subject'),
          keepNext: true,
          children: [new TextRun(holdNumbers(line))],
        }),
    ),
    ...(mark === '-----'
      ? [new Paragraph({ style: styleOf('subjectMark'), children: [new TextRun('-----')] })]
      : [
          centredRule(mark.ruleShare * Math.min(longest, width), mmToTwips(width)),
          new Paragraph({ style: styleOf('subjectMark') }),
        ]),
  ]
}

/**
 * `Kính gửi: Ban Tuyên giáo …` on one centred line; several addressees stand under each other as a list beside
 * the label.
 */
export function addresseeParagraphs(addressees: Addressees, typesetting: Typesetting): Paragraph[] {
  const label = `${printableLine(addressees.label ?? typesetting.profile.addressees.value.label)}:`
  const { italic } = typesetting.profile.parts.addresseeLabel
  const names = addresseeLines(addressees.names, typesetting.separator)
  const before = pointsToTwips(18)
  const after = pointsToTwips(12)
  const labelRun = new TextRun({ text: label, italics: italic })
  const [only] = names
  if (only !== undefined && names.length === 1) {
    return [
      new Paragraph({
        style: styleOf('addressee'),
        alignment: 'center',
        spacing: { before, after },
        children: [labelRun, new TextRun(` ${only.slice(0, -1)}`)],
      }),
    ]
  }
  // The list begins a little left of the middle, after custom; names hang beside the label.
  const start = mmToTwips(textWidthMm(typesetting) * 0.2)
  const beside = start + mmToTwips(partWidthMm(label, 'addresseeLabel', typesetting) + 2)
  const hyphen = mmToTwips(partWidthMm('- ', 'addressee', typesetting))
  return names.map(
    (name, index) =>
      new Paragraph({
        style: styleOf('addressee'),
        indent: { left: beside + hyphen, hanging: index === 0 ? beside + hyphen - start : hyphen },
        ...(index === 0 ? { tabStops: [{ type: TabStopType.LEFT, position: beside }] } : {}),
        spacing: {
          ...(index === 0 ? { before } : {}),
          ...(index === names.length - 1 ? { after } : {}),
        },
        children: [...(index === 0 ? [labelRun, new TextRun('\t')] : []), new TextRun(`- ${name}`)],
      }),
  )
}
