import { isCapitals, joinWords, type Line, type Words, wordsOf } from '../lines/line.ts'
import { readMarker } from '../outline/marker.ts'

// Longer names first: a programme of action is not just a programme.
const kinds = [
  'kế hoạch liên tịch',
  'kế hoạch phối hợp',
  'kế hoạch hành động',
  'kế hoạch',
  'chương trình hành động',
  'chương trình phối hợp',
  'chương trình công tác',
  'chương trình',
  'nghị quyết liên tịch',
  'nghị quyết',
  'nghị định',
  'chỉ thị',
  'kết luận',
  'quyết định',
  'quy chế',
  'quy định',
  'công điện',
  'công văn',
  'báo cáo',
  'hướng dẫn',
  'thông tri',
  'thông tư',
  'thông báo',
  'thông cáo',
  'tờ trình',
  'biên bản',
  'đề án',
  'đề cương',
  'phương án',
  'dự án',
  'giấy mời',
  'phiếu gửi',
  'thể lệ',
  'điều lệ',
  'lời kêu gọi',
  'thư ngỏ',
  'lịch công tác',
  'giấy triệu tập',
] as const

const keys = kinds.map((kind) => ({ kind, key: keyOf(kind) }))

function keyOf(kind: string): string {
  return kind.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd')
}

export interface KindLine {
  kind: string
  words: Words
  /** What follows the kind on its own line: the start of the subject. */
  rest: Words | undefined
}

/**
 * The line that names the type of document: `KẾ HOẠCH` alone, or `KẾ HOẠCH TUYÊN TRUYỀN…` with the subject
 * behind it. A scanner's slips of one letter (`KÉẺ HOẠCH`) and letter spacing (`K Ế  H O Ạ C H`) are seen
 * through.
 */
export function readKindLine(line: Line): KindLine | undefined {
  if (line.text.length > 400 || readMarker(line)) return undefined
  const text = line.text.replace(/[\s:*.]+$/u, '')
  const key = line.key.slice(0, text.length)
  for (const { kind, key: name } of keys) {
    if (key === name) return alone(line, text, kind)
    // "KẾ HOẠCHTỔ CHỨC …": a copy that lost the space between the kind and its subject.
    if (
      name.length > 7 &&
      key.startsWith(name) &&
      isCapitals(text) &&
      /^\p{Lu}{2}/u.test(text.slice(name.length))
    )
      return { kind, words: wordsOf(line, 0, name.length), rest: wordsOf(line, name.length) }
    if (!key.startsWith(`${name} `)) continue
    const own = text.slice(0, name.length)
    if (!isCapitals(own)) return undefined
    const after = text.charAt(name.length)
    if (after !== ' ' && after !== ':') return undefined
    return {
      kind,
      words: wordsOf(line, 0, name.length),
      rest: wordsOf(line, name.length),
    }
  }
  if (!isCapitals(text) || text.length > 30) return undefined
  const squeezed = key.replace(/\s+/gu, '')
  for (const { kind, key: name } of keys) {
    const target = name.replaceAll(' ', '')
    if (target.length >= 6 && withinOneLetter(squeezed, target))
      return { kind, words: wordsOf(line), rest: undefined }
  }
  return undefined
}

function alone(line: Line, text: string, kind: string): KindLine | undefined {
  if (!isCapitals(text) && !/^\p{Lu}/u.test(text)) return undefined
  return { kind, words: wordsOf(line, 0, text.length), rest: undefined }
}

/** Whether two keys are equal but for one letter more, less or other. */
function withinOneLetter(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at++
  if (at === a.length && at === b.length) return true
  const restA = a.slice(at)
  const restB = b.slice(at)
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)
}

/** `V/v tăng cường …`: the subject of an official letter, under its number. */
export function readLetterSubject(line: Line): Words | undefined {
  const match = /^(?:v\/v|ve viec)\s*[:.]?\s*/.exec(line.key)
  return match ? wordsOf(line) : undefined
}

const authorityLine =
  /^(?:(?:pho |quyen )?(?:chu tich|giam doc|hieu truong|thu tuong|bo truong|tong giam doc|truong ban|vien truong|chanh an|bi thu)|uy ban nhan dan|hoi dong nhan dan|ban thuong vu|ban chap hanh|ban giam hieu|ubnd)\b/

/** The subject: the lines between the kind and the text, without rules, brackets and the enacting body's name. */
export function readSubject(kindLine: KindLine | undefined, lines: readonly Line[]): Words | undefined {
  const parts: Words[] = []
  if (kindLine?.rest && !/^của\s/iu.test(kindLine.rest.text)) parts.push(cutBracket(kindLine.rest))
  for (const line of lines) {
    if (/^[(“"[]?\s*(?:ban hanh kem theo|kem theo|dinh kem)/.test(line.key)) break
    const text = line.text.replace(/[-–_*=]{3,}/gu, '').trim()
    if (pageHour.test(text)) continue
    if (text === '') {
      if (parts.length > 0) break
      continue
    }
    if (parts.length === 0 && isCapitals(text) && /^cua /.test(line.key)) continue
    if (parts.length > 0 && isCapitals(text) && authorityLine.test(line.key)) break
    if (parts.length > 0 && line.gap && isCapitals(text) && !parts.every((part) => isCapitals(part.text)))
      break
    const rule = /[-–_*=]{3,}/u.exec(line.text)
    parts.push(cutBracket(rule && rule.index > 0 ? wordsOf(line, 0, rule.index) : wordsOf(line)))
    if (rule || parts.length > 12) break
  }
  return parts.length > 0 ? joinWords(parts) : undefined
}

// When a web page was put up: "11:34:49 17/11/2011", "(19/03/2019 8:37)".
const day = '\\d{1,2}/\\d{1,2}/\\d{4}'
const hour = '\\d{1,2}:\\d{2}(?::\\d{2})?'
const stamp = `(?:${hour}[\\s,-]*${day}|${day}[\\s,-]*${hour})`
const pageHour = new RegExp(`^(?:ngày\\s)?\\(?${stamp}\\)?$`, 'iu')
const bracket = new RegExp(`\\((?:(?:ban hành\\s)?kèm theo|${stamp}\\)\\s*$)`, 'iu')

function cutBracket(words: Words): Words {
  const at = words.text.search(bracket)
  return at > 0 ? { text: words.text.slice(0, at).trim(), spans: words.spans } : words
}

/** Kinds that give work over time, and so hold a plan. */
export function isPlanKind(kind: string | null): boolean {
  return kind !== null && /^(?:kế hoạch|chương trình|phương án)/u.test(kind)
}
