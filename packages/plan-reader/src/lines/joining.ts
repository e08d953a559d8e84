import { readMarker } from '../outline/marker.ts'
import { isCapitals, joinLines, type Line } from './line.ts'

const ended = /[.;:!?]["”’)]?$|\.\/\.?$|[,;]$/u
const longestSentence = 8000
const startsLower = /^["“(]?\p{Ll}/u
// No line of an official text ends with such a word: "trước ngày" waits for its day, "phối hợp với" for a body.
const waiting =
  /\s(?:ngày|tháng|năm|quý|số|lúc|từ|đến|của|với|và|về|cho|các|tại|trong|theo|do|để|trước|sau)$/u

const awaitsNumber = /\p{L}\s(?:số|ngày|tháng|năm|quý|khoản|điều|mục|lần thứ)$/iu

/**
 * Joins a sentence that was broken over lines: hard-wrapped text, a page's end amid a sentence. A line goes on
 * when it begins in lower case after an unfinished line, or when the text is wrapped to a width and the line
 * before was full.
 */
export function joinBroken(lines: readonly Line[]): Line[] {
  const width = wrapWidth(lines)
  const joined: Line[] = []
  let lastLength = 0
  let parts: Line[] = []
  let length = 0
  const flush = () => {
    if (parts.length > 0) joined.push(joinAll(parts))
    parts = []
    length = 0
  }
  for (const line of lines) {
    const before = parts.at(-1)
    if (before && length < longestSentence && goesOn(before, lastLength, length, line, width))
      parts.push(line)
    else {
      flush()
      parts = [line]
    }
    lastLength = line.text.length
    length += lastLength
  }
  flush()
  return joined
}

function joinAll(parts: readonly Line[]): Line {
  const [first] = parts
  if (parts.length === 1 && first) return first
  return parts.reduce(joinLines)
}

function goesOn(before: Line, length: number, whole: number, line: Line, width: number): boolean {
  if (before.column !== line.column || line.heading) return false
  // "Kế hoạch số ⏎ 35/KH-UBND": what looks like a mark is the number that the line before waits for.
  if (!line.gap && awaitsNumber.test(before.text) && /^(?:\d|[IVX]+\/\d)/u.test(line.text)) return true
  if (readMarker(line)) return false
  if (/^(?:noi nhan|kinh gui|can cu|thuc hien|xet )/.test(line.key)) return false
  const unfinished = !ended.test(before.text)
  if (startsLower.test(line.text)) {
    if (isCapitals(before.text)) return false
    // In text wrapped to a width, a full line ended by a semicolon only happens to end there.
    if (!line.gap && width > 0 && length >= width * 0.75 && /;$/.test(before.text)) return true
    if (!line.gap) return (length >= 25 || whole >= 60) && !/[.;:!?]$/u.test(before.text)
    return unfinished && whole >= 60 && !isCapitals(before.text)
  }
  if (whole >= 40 && waiting.test(before.text) && !isCapitals(before.text) && !isCapitals(line.text))
    return true
  if (line.gap || width === 0) return false
  if (isCapitals(line.text) || isCapitals(before.text)) return false
  return length >= width * 0.75 && (unfinished || /,$/.test(before.text))
}

/** The width that a text was wrapped to; 0 where its lines are whole paragraphs. */
function wrapWidth(lines: readonly Line[]): number {
  if (lines.length < 12) return 0
  const lengths = lines.map((line) => line.text.length).sort((a, b) => a - b)
  const longest = lengths.at(-1) ?? 0
  const high = lengths[Math.floor(lengths.length * 0.9)] ?? 0
  return longest <= 140 && high >= 50 ? high : 0
}
