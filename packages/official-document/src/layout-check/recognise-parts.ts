import type { LayoutProfile, PartId } from '../profiles/layout-profile.ts'
import type { ReadBlock, ReadParagraph, ReadTable } from './read-layout.ts'

/** The parts of a document as found by what they say and where they stand, not by the names of styles. */
export interface RecognisedDocument {
  readonly parts: readonly { readonly part: PartId; readonly paragraph: ReadParagraph }[]
  /** The rule after the last line of the title: found, or undefined. */
  readonly titleRule: { readonly title: ReadParagraph; readonly rule: ReadParagraph | undefined } | undefined
  /** Running text: what stands between the subject and the signature. */
  readonly body: readonly ReadParagraph[]
  readonly tables: readonly ReadTable[]
}

type Found = { part: PartId; paragraph: ReadParagraph }

const isBlank = (paragraph: ReadParagraph): boolean => !paragraph.text.trim()
const isUpper = (text: string): boolean => text === text.toLocaleUpperCase('vi') && /\p{Lu}/u.test(text)
const cellsOf = (table: ReadTable): ReadParagraph[] => table.rows.flatMap((row) => row.cells.flat(2))

/** Finds the parts of a document that has its head and its signature in tables, as Word files of offices do. */
export function recogniseParts(blocks: readonly ReadBlock[], profile: LayoutProfile): RecognisedDocument {
  const headIndex = blocks.findIndex((block) => block.kind === 'table' && !block.table.hasBorders)
  const firstText = blocks.findIndex((block) => block.kind === 'paragraph' && !isBlank(block.paragraph))
  const hasHead = headIndex >= 0 && (firstText < 0 || headIndex < firstText)
  const headBlock = hasHead ? blocks[headIndex] : undefined
  const head = headBlock?.kind === 'table' ? recogniseHead(headBlock.table, profile) : undefined

  const rest = blocks.slice(hasHead ? headIndex + 1 : 0)
  const endIndex = rest.findIndex((block) => block.kind === 'table' && isSignature(block.table))
  const middle = endIndex < 0 ? rest : rest.slice(0, endIndex)
  const ending = endIndex < 0 ? [] : rest.slice(endIndex)
  const title = recogniseTitle(middle)
  return {
    parts: [
      ...(head?.parts ?? []),
      ...title.parts,
      ...ending.flatMap((block) => (block.kind === 'table' ? recogniseSignature(block.table) : [])),
    ],
    titleRule: head?.titleRule,
    body: title.body,
    tables: rest.flatMap((block) => (block.kind === 'table' && block.table.hasBorders ? [block.table] : [])),
  }
}

function recogniseHead(table: ReadTable, profile: LayoutProfile) {
  const left = table.rows.flatMap((row) => row.cells[0] ?? [])
  const right = table.rows.flatMap((row) => row.cells.slice(1).flat())
  const parts: Found[] = []
  const upperLines: ReadParagraph[] = []
  let numberSeen = false
  for (const paragraph of left.filter((each) => !isBlank(each))) {
    const text = paragraph.text.trim()
    if (/^Số[\s:]/u.test(text)) {
      parts.push({ part: 'number', paragraph })
      numberSeen = true
    } else if (/^\*+$/.test(text)) parts.push({ part: 'issuerMark', paragraph })
    else if (/^Dự thảo/u.test(text)) parts.push({ part: 'draft', paragraph })
    else if (/^(?:KHẨN|THƯỢNG KHẨN|HO[ẢA][ỎO]? ?TỐC|HỎA TỐC)/iu.test(text))
      parts.push({ part: 'urgency', paragraph })
    else if (numberSeen) parts.push({ part: 'letterSubject', paragraph })
    else upperLines.push(paragraph)
  }
  // Names before the first bold one are the superior's; without any bold, the last line is the issuer.
  const firstBold = upperLines.findIndex((paragraph) => paragraph.runs.some((run) => run.bold))
  const issuerFrom = firstBold >= 0 ? firstBold : upperLines.length - 1
  upperLines.forEach((paragraph, index) => {
    parts.push({ part: index < issuerFrom ? 'superior' : 'issuer', paragraph })
  })

  const { titleLines } = profile.head.value
  const key = (text: string): string =>
    text.replace(/\s+/gu, ' ').trim().toLocaleUpperCase('vi').normalize('NFC')
  let titleRule: RecognisedDocument['titleRule']
  right.forEach((paragraph, index) => {
    const line = titleLines.find(({ text }) => key(text) === key(paragraph.text))
    if (line) {
      parts.push({ part: line.part, paragraph })
      if (line === titleLines.at(-1)) {
        const next = right[index + 1]
        const rule = paragraph.hasRule ? paragraph : next?.hasRule && isBlank(next) ? next : undefined
        titleRule = { title: paragraph, rule }
      }
    } else if (/ngày.*tháng.*năm/isu.test(paragraph.text)) parts.push({ part: 'placeAndDate', paragraph })
  })
  return { parts, titleRule }
}

/** Kind, subject and mark come first; then addressees; what is left is running text. */
function recogniseTitle(blocks: readonly ReadBlock[]): { parts: Found[]; body: ReadParagraph[] } {
  const paragraphs = blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.paragraph] : []))
  const lines = paragraphs.filter((paragraph) => !isBlank(paragraph))
  const parts: Found[] = []
  let at = 0
  const kind = lines[0]
  if (kind && isUpper(kind.text) && kind.text.trim().length < 60) {
    parts.push({ part: 'kind', paragraph: kind })
    at = 1
    for (let line = lines[at]; line; line = lines[++at]) {
      const text = line.text.trim()
      if (/^-{3,}$/.test(text)) {
        parts.push({ part: 'subjectMark', paragraph: line })
        at += 1
        break
      }
      if (line.align !== 'centre') break
      parts.push({ part: 'subject', paragraph: line })
    }
  }
  const body: ReadParagraph[] = []
  let inAddressees = false
  for (const line of lines.slice(at)) {
    if (/^\s*Kính (?:gửi|trình)/u.test(line.text)) inAddressees = true
    else if (inAddressees && !/^\s*-/.test(line.text)) inAddressees = false
    if (!inAddressees) body.push(line)
  }
  return { parts, body }
}

const isSignature = (table: ReadTable): boolean =>
  !table.hasBorders && cellsOf(table).some((paragraph) => !isBlank(paragraph))

/** `BÍ THƯ`, `PHÓ CHỦ TỊCH`: the last line where no name stands yet. A name may be in capitals, too. */
const isPost = (text: string): boolean =>
  isUpper(text.trim()) &&
  /^(?:BÍ THƯ|PHÓ|CHỦ TỊCH|QUYỀN|Q\.|TRƯỞNG|CHÁNH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|HIỆU TRƯỞNG|VIỆN TRƯỞNG|CỤC TRƯỞNG|VỤ TRƯỞNG|CHI CỤC TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TRƯỞNG|THỦ TƯỚNG|ỦY VIÊN|UỶ VIÊN|CHỦ NHIỆM|TỔ TRƯỞNG|ĐỘI TRƯỞNG|CHỈ HUY|THƯỜNG TRỰC|KT\.|K\/T|TL\.|T\/L)(?![\p{L}])/u.test(
    text.trim(),
  )

function recogniseSignature(table: ReadTable): Found[] {
  return table.rows.flatMap((row) => row.cells.flatMap((cell) => recogniseSignatureCell(cell)))
}

function recogniseSignatureCell(cell: readonly ReadParagraph[]): Found[] {
  const lines = cell.filter((paragraph) => !isBlank(paragraph))
  const [first] = lines
  if (!first) return []
  if (/^Nơi nhận/u.test(first.text.trim())) {
    return [
      { part: 'recipientsLabel', paragraph: first },
      ...lines
        .slice(1)
        .filter((line) => /^\s*-/.test(line.text))
        .map((paragraph) => ({ part: 'recipient' as const, paragraph })),
    ]
  }
  const signed = /^(?:T\/?M|TM\.|K\/?T|KT\.|T\/?L|TL\.|TUQ)/u
  const hasAuthority = signed.test(first.text.trim())
  return lines.flatMap((paragraph, index): Found[] => {
    if (index === lines.length - 1 && index > 0 && !isPost(paragraph.text))
      return [{ part: 'signatory', paragraph }]
    if (hasAuthority) return [{ part: index === 0 ? 'authority' : 'position', paragraph }]
    // `THƯ KÝ`, `CHỦ TRÌ` stand for both; what they should look like isn't settled.
    return []
  })
}
