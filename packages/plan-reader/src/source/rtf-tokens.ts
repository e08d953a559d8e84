/** Hears an RTF file piece by piece. */
export interface RtfListener {
  openGroup(): void
  closeGroup(): void
  /** A control word (`par`) or symbol (`~`), and its figure where it has one. */
  control(word: string, parameter: number | undefined): void
  /** A byte of text: a plain one, or one written `\'hh`. */
  byte(value: number): void
}

const openBrace = 0x7b
const closeBrace = 0x7d
const backslash = 0x5c
const quote = 0x27
const space = 0x20
const minus = 0x2d
const longestWord = 32

/**
 * Cuts RTF (version 1.9.1) into groups, control words and text, in one pass over the bytes. Binary data is passed
 * over by the length it claims, at most to the end. Returns how many groups were left open.
 */
export function readRtfTokens(bytes: Uint8Array, listener: RtfListener): number {
  let depth = 0
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0
    at += 1
    if (byte === openBrace) {
      depth += 1
      listener.openGroup()
    } else if (byte === closeBrace) {
      depth -= 1
      listener.closeGroup()
      // What stands behind the document's own group is not the document's.
      if (depth <= 0) return 0
    } else if (byte === backslash) at = readControl(bytes, at, listener)
    else if (byte !== 0x0d && byte !== 0x0a && byte !== 0) listener.byte(byte)
  }
  return depth
}

/** Reads what stands behind a backslash; returns where it ends. */
function readControl(bytes: Uint8Array, from: number, listener: RtfListener): number {
  let at = from
  const first = bytes[at] ?? 0
  if (first === quote) {
    const digits = (isHex(bytes[at + 1]) ? 1 : 0) + (isHex(bytes[at + 1]) && isHex(bytes[at + 2]) ? 1 : 0)
    if (digits > 0)
      listener.byte(Number.parseInt(String.fromCharCode(...bytes.subarray(at + 1, at + 1 + digits)), 16))
    return at + 1 + digits
  }
  if (!isLetter(first)) {
    listener.control(first === 0x0a || first === 0x0d ? 'par' : String.fromCharCode(first), undefined)
    return at + 1
  }
  while (at - from < longestWord && isLetter(bytes[at] ?? 0)) at += 1
  const word = String.fromCharCode(...bytes.subarray(from, at))
  const isNegative = bytes[at] === minus
  let digitsAt = isNegative ? at + 1 : at
  let parameter: number | undefined
  while (isDigit(bytes[digitsAt] ?? 0)) {
    parameter = Math.min((parameter ?? 0) * 10 + (bytes[digitsAt] ?? 0) - 0x30, 0x7fffffff)
    digitsAt += 1
  }
  if (parameter !== undefined) at = digitsAt
  if (bytes[at] === space) at += 1
  if (word === 'bin') return Math.min(at + (isNegative ? 0 : (parameter ?? 0)), bytes.length)
  listener.control(word, parameter !== undefined && isNegative ? -parameter : parameter)
  return at
}

const isLetter = (byte: number) => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a)
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39
const isHex = (byte: number | undefined) =>
  byte !== undefined && (isDigit(byte) || (byte >= 0x61 && byte <= 0x66) || (byte >= 0x41 && byte <= 0x46))
