/**
 * Text as it may stand in a document: whatever people or files put into a field, made fit for XML and paper
 * without respelling a letter of it.
 */

// What XML 1.0 has no room for: control characters but tab and line breaks, lone surrogates, U+FFFE, U+FFFF.
const unfitForXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu
const lineBreak = /\r\n?|[\n\u2028\u2029\v\f]/u

/**
 * Composed (NFC), without characters that XML forbids. Tone placement and letters are kept: `ủy` stays `ủy`
 * and `uỷ` stays `uỷ`.
 */
export function printableText(text: string): string {
  return text.replace(unfitForXml, '').normalize('NFC')
}

/** {@link printableText} on one line: breaks and tabs become single spaces, ends are trimmed. */
export function printableLine(text: string): string {
  return printableText(text.replace(/[\v\f\u2028\u2029]/g, '\n'))
    .replace(/[\t\r\n]+ */g, ' ')
    .trim()
}

/** The printable lines of a text that may hold line breaks; an empty text is one empty line. */
export function printableLines(text: string): string[] {
  return text.split(lineBreak).map((line) => printableText(line).replace(/\t/g, ' '))
}

const nonBreakingSpace = '\u00A0'
const wordBeforeNumber =
  /(?<![\p{L}\d])(số|ngày|tháng|năm|quý|tuần|khoá|khóa|điều|khoản|mục|phần|chương|lần) (?=\d|[IVXLC]+(?![\p{L}\d]))/giu

/**
 * Puts non-breaking spaces where a line must not end: between `số`, `ngày`, `tháng`, `năm`, `quý`, `điều` …
 * and their number.
 */
export function holdNumbers(text: string): string {
  return text.replace(wordBeforeNumber, (_, word: string) => word + nonBreakingSpace)
}

/** Upper case as Vietnamese writes it: `Đảng ủy` → `ĐẢNG ỦY`. */
export function upperCase(text: string): string {
  return text.toLocaleUpperCase('vi')
}
