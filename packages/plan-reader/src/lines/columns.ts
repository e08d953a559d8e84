import { type Line, sliceLine } from './line.ts'

const cue =
  /cong hoa xa hoi chu nghia|dang cong san viet nam|doc lap\s*-\s*tu do|^noi nhan\b|^so\s*:|,\s*ngay\b.*\bthang\b|^(?:t\/m|tm[./]|kt[./]|tl[./]|k\/t|t\/l|tuq\.)/

/**
 * Parts two columns that arrive on one line, set apart by tabs or many spaces, as print-outs and old Word
 * files have them: `UBND XÃ TÂN HÒA⇥CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`. Lines of the left column come
 * first. A blank left open (`ngày      tháng      năm 2026`) is no column.
 */
export function splitColumns(lines: readonly Line[]): Line[] {
  const out: Line[] = []
  let left: Line[] = []
  let right: Line[] = []
  const flush = () => {
    out.push(...left, ...right)
    left = []
    right = []
  }
  let foot = false
  for (const line of lines) {
    if (/^noi nhan\b/.test(line.key)) foot = true
    else if (foot && line.gap && !/^[-–—+•*]/u.test(line.text)) foot = false
    const gap = columnGap(line) ?? (foot ? wideGap(line) : undefined)
    if (gap === undefined && foot && left.length > 0 && /^(?:[-–—+•*]|\p{Ll})/u.test(line.text)) {
      // A recipient's name that goes on beside the signature.
      left.push(line)
      continue
    }
    if (gap === undefined) {
      flush()
      out.push(line)
      continue
    }
    left.push(sliceLine(line, 0, gap))
    right.push({ ...sliceLine(line, gap), column: 1 })
  }
  flush()
  return out
}

/** Where the right column begins in a line's text. */
function columnGap(line: Line): number | undefined {
  if (line.text.length > 240) return undefined
  const glued = gluedColumn(line)
  if (glued !== undefined) return glued
  if (line.pieces.length < 2) return undefined
  for (let index = 1; index < line.pieces.length; index++) {
    const piece = line.pieces[index]
    if (!piece) continue
    if (!piece.wide) continue
    const leftKey = line.key.slice(0, piece.at).trimEnd()
    const rightKey = line.key.slice(piece.at)
    if (
      /(?:^số ?:?|ngày|tháng|năm|\/)$/iu.test(line.text.slice(0, piece.at).trimEnd()) ||
      /^(?:[/-]|thang|nam\b)/.test(rightKey)
    )
      continue
    if (cue.test(leftKey) || cue.test(rightKey)) return piece.at
    const left = line.text.slice(0, piece.at).trim()
    const right = line.text.slice(piece.at)
    if (isHeadLine(left) && isHeadLine(right)) return piece.at
    if (isName(left) && isName(right)) return piece.at
    if (/^[-–—+•*] ?\p{L}/u.test(left) && right.length < 60 && /^\p{Lu}/u.test(right)) return piece.at
  }
  return undefined
}

/** Beside the recipients every wide gap parts them from the signature: `- Công báo.      (Đã ký)`. */
function wideGap(line: Line): number | undefined {
  const piece = line.pieces.slice(1).find((own) => own.wide)
  const right = piece && line.text.slice(piece.at)
  return right && right.length < 60 && (/^(?:\((?:ĐÃ|Đã|đã) |\p{Lu})/u.test(right) || isScrawl(right))
    ? piece.at
    : undefined
}

/** What a scanner makes of a signature: signs, and no word among them. */
const isScrawl = (text: string): boolean => !/\p{L}{3}|\d/u.test(text) && /[^\p{L}\s.,()-]/u.test(text)

/** Where a scanner set two columns a single space apart: the slogan after a body, a post after a recipient. */
function gluedColumn(line: Line): number | undefined {
  const slogan =
    /\s(?:ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG HÒA XÃ HỘI CHỦ NGHĨA|CỘNG HOÀ XÃ HỘI CHỦ NGHĨA|Độc lập\s*[-–]\s*Tự do)/u.exec(
      line.text,
    )
  if (slogan && slogan.index > 5 && isHeadLine(line.text.slice(0, slogan.index))) return slogan.index + 1
  const signed =
    /(?<=[,;:.)])\s(?:(?:T\/M|TM\.?|KT\.?|K\/T|TL\.?)\s\p{Lu}|PHÓ|BÍ THƯ|CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|TRƯỞNG)(?![\p{Ll}])[^\p{Ll}]*$/u.exec(
      line.text,
    )
  if (signed && /^(?:[-–—+•*]|nơi nhận)/iu.test(line.text)) return signed.index + 1
  const dated = /^\*\s+(?=\p{Lu}[\p{L}\s.]{1,40},\s*ngày)/u.exec(line.text)
  if (dated) return dated[0].length
  const numbered =
    /^[Ss][Ốố]\s*:?\s*[\d\s….]*[/-]\s?[\p{Lu}\d/&-]+\s+(?=\p{Lu}\p{Ll}[\p{L}\s.]{1,40},\s*ngày)/u.exec(
      line.text,
    )
  return numbered ? numbered[0].length : undefined
}

const isName = (text: string): boolean =>
  text.length < 40 && /^(?:\p{Lu}\p{L}*\s){1,4}\p{Lu}\p{L}*$/u.test(text)
const isHeadLine = (text: string): boolean => text.length >= 4 && !/[\p{Ll}]/u.test(text)
