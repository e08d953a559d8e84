import {
  convertLegacy,
  detectLegacyEncoding,
  hasUnknownLetters,
} from '@trienkhai/vietnamese/legacy-encodings.ts'
import type { SourceNote } from '../source-document.ts'
import { composeText } from './combining-marks.ts'
import { type Refusal, refuse } from './refusal.ts'

export interface DecodedText {
  ok: true
  text: string
  notes: SourceNote[]
}

/**
 * Bytes as text: Unicode by its byte order mark, by its pattern or because it is valid UTF-8; else Western text,
 * which is Windows-1258, or TCVN3 or VNI. `charset` is what the file says of itself (HTML); it is believed where
 * it is Unicode or nothing speaks against it. Bytes that are no text, or in unknown letters, are refused.
 */
export function decodeText(bytes: Uint8Array, charset?: string): DecodedText | Refusal {
  const unicode = decodeUnicode(bytes)
  const text = unicode ?? decodeWestern(bytes, charset)
  if (isBinary(text)) return refuse('unknown-format', { found: 'binary' })
  const settled = settleText(text.replace(controls, ''))
  return hasUnknownLetters(settled.text) ? refuse('unknown-letters') : { ok: true, ...settled }
}

/** Text in which legacy letters became Unicode: as a whole, or line by line where only some lines are legacy. */
export function settleText(text: string): { text: string; notes: SourceNote[] } {
  const whole = detectLegacyEncoding(text)
  if (whole) return { text: convertLegacy(text, whole), notes: [{ kind: `${whole}-converted` }] }
  const counts = new Map<SourceNote['kind'], number>()
  const lines = text.split('\n').map((line) => {
    const encoding = detectLegacyEncoding(line)
    if (!encoding) return line
    counts.set(`${encoding}-converted`, (counts.get(`${encoding}-converted`) ?? 0) + 1)
    return convertLegacy(line, encoding)
  })
  if (counts.size === 0) return { text, notes: [] }
  return { text: lines.join('\n'), notes: [...counts].map(([kind, count]) => ({ kind, count })) }
}

function decodeUnicode(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(bytes)
  const wide = findWideOrder(bytes)
  if (wide) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeDamagedUtf8(bytes)
  }
}

/** UTF-16 without its mark: every second byte of Latin letters, spaces and signs is zero. */
function findWideOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(bytes.length, 2000) & ~1
  if (length < 8) return undefined
  let even = 0
  let odd = 0
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1
    if (bytes[at + 1] === 0) odd += 1
  }
  const most = length / 2
  if (odd > most * 0.3 && even < most * 0.02) return 'utf-16le'
  return even > most * 0.3 && odd < most * 0.02 ? 'utf-16be' : undefined
}

/** UTF-8 that was cut or patched: a letter in a thousand may be lost, no more. */
function decodeDamagedUtf8(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes)
  const lost = text.match(/\ufffd/g)?.length ?? 0
  const marked = text.match(/[\u0100-\u1eff]/g)?.length ?? 0
  return lost * 1000 <= text.length + 1000 && lost * 10 <= marked ? text : undefined
}

function decodeWestern(bytes: Uint8Array, charset: string | undefined): string {
  const western = new TextDecoder('windows-1252').decode(bytes)
  if (detectLegacyEncoding(western)) return western
  // Windows-1258 writes most tones as marks after the letter, at codes that are other letters in Western text.
  const vietnamese = composeText(new TextDecoder('windows-1258').decode(bytes))
  const isVietnamese =
    /windows-1258|cp1258/i.test(charset ?? '') || (vietnamese.match(/[\u1ea0-\u1ef9]/g)?.length ?? 0) > 1
  return isVietnamese && !hasUnknownLetters(vietnamese) ? vietnamese : western
}

/** Control characters that stand for nothing on paper; tab, line feed, form feed and carriage return stay. */
const controls = /(?![\t\n\f\r])[\p{Cc}\ufeff]/gu
const neverTyped = /(?![\t\n\v\f\r\u0080-\u009f])\p{Cc}|[\ufffd\ufffe\uffff]/gu

/** More than one control character in two hundred is no text that somebody typed. */
function isBinary(text: string): boolean {
  const found = text.slice(0, 200_000).match(neverTyped)?.length ?? 0
  return found > 0 && found * 200 > Math.min(text.length, 200_000)
}
