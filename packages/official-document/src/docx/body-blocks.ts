import { type FileChild, PageBreak, Paragraph, TextRun } from 'docx'
import { basisLines, numberBlocks, partLine } from '../document-lines.ts'
import type { Block, Clause, Heading, Run, Text } from '../document-model.ts'
import { holdNumbers } from '../printable-text.ts'
import type { PartId } from '../profiles/layout-profile.ts'
import type { Typesetting } from '../typesetting.ts'
import { dataTable, gapAfterTable } from './data-table.ts'
import { alignments, styleOf } from './paragraph-styles.ts'
import { isBlank, linesOfRuns, plainText, textRuns } from './text-runs.ts'

interface Surroundings {
  readonly typesetting: Typesetting
  readonly widthTwips: number
  /** Holds the last block to what follows it: the signature block never stands alone on a page. */
  readonly keepLast: boolean
}

/** The blocks of a body or an annex as paragraphs and tables, headings numbered. */
export function bodyBlocks(blocks: readonly Block[], surroundings: Surroundings): FileChild[] {
  const numbers = numberBlocks(blocks, surroundings.typesetting.headingNumbers)
  return blocks.flatMap((block, index) => {
    const isLast = index === blocks.length - 1
    const next = blocks[index + 1]
    return blockParts(block, numbers[index], surroundings, {
      keepNext: (isLast && surroundings.keepLast) || next?.kind === 'table',
      isLast,
    })
  })
}

interface Place {
  readonly keepNext: boolean
  readonly isLast: boolean
}

function blockParts(
  block: Block,
  number: string | undefined,
  { typesetting, widthTwips, keepLast }: Surroundings,
  { keepNext, isLast }: Place,
): FileChild[] {
  switch (block.kind) {
    case 'paragraph': {
      const align = block.align ?? typesetting.profile.parts.body.align
      const indented = block.indent ?? align === 'justify'
      return runningParagraphs(block.text, 'body', {
        keepNext: keepNext || (block.keepWithNext ?? introducesList(block.text)),
        ...(block.align ? { align: block.align } : {}),
        indented: indented && align !== 'centre' && align !== 'right',
      })
    }
    case 'bullet':
      return runningParagraphs(withLead(`${block.mark} `, block.text), 'body', { keepNext, indented: true })
    case 'bases':
      return basisLines(block.items, typesetting.lastBasisMark).map(
        (line) => new Paragraph({ style: styleOf('basis'), keepNext, children: textRuns([{ text: line }]) }),
      )
    case 'division':
      return [
        partParagraph(block.label, 'divisionLabel', typesetting),
        ...(block.title ? [partParagraph(block.title, 'divisionTitle', typesetting)] : []),
      ]
    case 'heading':
      return runningParagraphs(withLead(lead(number), block.text), headingPart(block), {
        keepNext: true,
        indented: true,
      })
    case 'clause':
      return runningParagraphs(withLead(lead(number), block.text), 'body', {
        keepNext: keepNext || introducesList(block.text),
        indented: true,
      })
    case 'table':
      return [
        dataTable(block, widthTwips, {
          sizePt: typesetting.sizePt('tableCell'),
          keepLastRow: isLast && keepLast,
        }),
        ...(isLast && !keepLast ? [] : [gapAfterTable(isLast && keepLast)]),
      ]
    case 'page-break':
      return isLast ? [] : [new Paragraph({ style: 'headRule', children: [new PageBreak()] })]
  }
}

const headingPart = ({ level }: Heading | Clause): PartId => `heading${level}`

const lead = (number: string | undefined): string => (number ? `${number} ` : '')

function withLead(text: string, rest: Text): Text {
  return typeof rest === 'string' ? text + rest : [{ text }, ...rest]
}

/** A sentence that ends with a colon belongs to the list under it. */
const introducesList = (text: Text): boolean => plainText(text).trimEnd().endsWith(':')

function partParagraph(text: string, part: PartId, typesetting: Typesetting): Paragraph {
  return new Paragraph({
    style: styleOf(part),
    children: [new TextRun(holdNumbers(partLine(text, part, typesetting)))],
  })
}

function runningParagraphs(
  text: Text,
  part: PartId,
  layout: { keepNext: boolean; indented: boolean; align?: keyof typeof alignments },
): Paragraph[] {
  const lines: Run[][] = linesOfRuns(text).filter((line) => !isBlank(line))
  return lines.map(
    (line, index) =>
      new Paragraph({
        style: styleOf(part),
        ...(layout.align ? { alignment: alignments[layout.align] } : {}),
        ...(layout.indented ? {} : { indent: { firstLine: 0 } }),
        ...(layout.keepNext && index === lines.length - 1 ? { keepNext: true } : {}),
        children: textRuns(line),
      }),
  )
}
