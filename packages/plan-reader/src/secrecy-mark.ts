import { fold } from '@trienkhai/vietnamese/fold.ts'
import type { Block, SourceDocument } from './source-document.ts'

export type Secrecy = 'mật' | 'tối mật' | 'tuyệt mật'

// The stamp stands alone on its line, or behind a label: "TỐI MẬT", "Độ mật: Mật", "(TUYỆT MẬT)".
const stamp = /^[\s([{*_•:.-]*(?:do mat\s*[:：]?\s*)?(tuyet mat|toi mat|mat)[\s)\]}*_.:!-]*$/u
const levels: Record<string, Secrecy> = { mat: 'mật', 'toi mat': 'tối mật', 'tuyet mat': 'tuyệt mật' }
// A stamp stands at the head of a page or on the cover; further down a line "Mật" is part of the matter.
const headLines = 40

/**
 * The mark of secrecy that a document bears, if any (Luật Bảo vệ bí mật nhà nước 117/2025/QH15: nothing classified
 * may be kept on a networked machine). It looks at the first lines of the body and at every header, footer and text
 * box, since stamps are drawn there; letters in capitals, or a "Độ mật:" label before them, so that a word of a
 * sentence is no stamp. Marks are compared without accents: OCR loses them first.
 */
export function findSecrecyMark(source: SourceDocument): Secrecy | undefined {
  const linesOfHead: string[] = []
  const elsewhere: string[] = []
  for (const block of source.blocks)
    for (const { text, aside } of paragraphsOf(source, block)) {
      if (aside) elsewhere.push(text)
      else if (linesOfHead.length < headLines) linesOfHead.push(text)
    }
  for (const line of [...linesOfHead, ...elsewhere].flatMap((text) => text.split(/\n|\t/))) {
    const level = stamp.exec(fold(line))?.[1]
    if (level && (isCapital(line) || /độ\s+mật/iu.test(line))) return levels[level]
  }
  return undefined
}

function* paragraphsOf(source: SourceDocument, block: Block): Generator<{ text: string; aside: boolean }> {
  if (block.type === 'paragraph')
    yield {
      text: source.text.slice(...block.span),
      aside: block.part !== undefined && block.part !== 'body' && block.part !== 'footnote',
    }
  else
    for (const row of block.rows)
      for (const cell of row) for (const paragraph of cell.paragraphs) yield* paragraphsOf(source, paragraph)
}

const isCapital = (line: string): boolean => line === line.toUpperCase() && line !== line.toLowerCase()
