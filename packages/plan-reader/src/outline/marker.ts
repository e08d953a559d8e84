import { fromRoman } from '@trienkhai/vietnamese/numbers.ts'
import type { Line } from '../lines/line.ts'

/** The mark that begins a heading or an item: `I.`, `2-`, `1.1.`, `a)`, `đ)`, `-`, `+`, `(1)`. */
export interface Marker {
  kind: MarkerKind
  /** Without its dot or bracket: `III`, `2`, `1.1`, `đ`. */
  label: string
  /** 1 for `I`, `1`, `a`; 0 for a bullet. */
  order: number
  /** Where the words begin, in the line. */
  end: number
  /** How deep it stands: smaller is higher. */
  rank: number
}

export type MarkerKind = 'part' | 'capital' | 'roman' | 'arabic' | 'decimal' | 'letter' | 'bracket' | 'bullet'

const forms: readonly (readonly [RegExp, MarkerKind])[] = [
  [/^(?:phan|chuong|muc)\s+(?:thu\s+)?([ivx]{1,5}|\d{1,2}|nhat|hai|ba|tu|nam)\s*[.:/-]?(?:\s+|$)/, 'part'],
  [/^([ivxl]{1,6})\s*(?:[.)/:]\s?-?|[-–]|\.\s*-)\s*/, 'roman'],
  [/^([a-hkm-uy])\s*[.-]\s+/, 'capital'],
  [/^(\d{1,2}(?:\.\d{1,2}){1,3})\s*[.)/:-]?\s*(?=[^\d\s%.,])/, 'decimal'],
  [/^(\d{1,2})\s*(?:[./]\s?-?|[-–])\s*(?=[^\d\s.,%)])|^(\d{1,2})\.\s+(?=\d)/, 'arabic'],
  [/^(\d{1,2})\)\s*(?=\S)/, 'bracket'],
  [/^\((\d{1,2}|[a-z])\)\s*/, 'bracket'],
  [/^([a-z]{1,2})\s*\)\s*/, 'letter'],
  [/^([a-z])(?:\.|\s?\/)\s+/, 'letter'],
  [/^([-–—+*•●▪■◦○→✓§])\s*(?=\S)/, 'bullet'],
]

const bulletRank: Record<string, number> = {
  '-': 10,
  '–': 10,
  '—': 10,
  '+': 11,
  '*': 9,
  '•': 12,
  '●': 12,
  '◦': 13,
  '○': 13,
}
const ordinals: Record<string, number> = { nhat: 1, hai: 2, ba: 3, tu: 4, nam: 5 }

// The order of letters in official numbering: a, b, c, d, đ, e, g, h, i, k, l …
const letterOrder = [
  'a',
  'b',
  'c',
  'd',
  'đ',
  'e',
  'g',
  'h',
  'i',
  'k',
  'l',
  'm',
  'n',
  'o',
  'p',
  'q',
  'r',
  's',
  't',
  'u',
  'v',
  'x',
  'y',
]

/** The marker at the start of a line, or undefined. */
export function readMarker(line: Pick<Line, 'text' | 'key'>): Marker | undefined {
  const head = line.key.length > 40 ? line.key.slice(0, 40) : line.key
  for (const [form, kind] of forms) {
    const match = form.exec(head)
    if (!match) continue
    const inner = match[1] ?? match[2] ?? ''
    const at = match[0].indexOf(inner)
    const marker = accept(kind, line.text.slice(at, at + inner.length), match[0].length, line.text)
    if (marker) return marker
  }
  return undefined
}

function accept(kind: MarkerKind, label: string, end: number, text: string): Marker | undefined {
  const upper = /^\p{Lu}/u.test(label)
  switch (kind) {
    case 'part': {
      const folded = label.toLowerCase()
      const order =
        fromRoman(label) ?? (Number(label) || (ordinals[folded.normalize('NFD').replace(/\p{M}/gu, '')] ?? 0))
      return order > 0 && text.length < 160 && /^\p{Lu}/u.test(text)
        ? {
            kind,
            label: fromRoman(label) ? label : String(order),
            order,
            end,
            rank: /^ph/iu.test(text) ? 0 : 1,
          }
        : undefined
    }
    case 'roman': {
      if (!upper || /^V\/v\b/u.test(text)) return undefined
      const order = fromRoman(label)
      return order === undefined ? undefined : { kind, label, order, end, rank: 3 }
    }
    case 'capital':
      return upper && /^\p{Lu}\s*[.-]\s+\p{Lu}/u.test(text)
        ? { kind, label, order: letterOrder.indexOf(label.toLowerCase()) + 1, end, rank: 2 }
        : undefined
    case 'decimal': {
      const parts = label.split('.')
      return { kind, label, order: Number(parts.at(-1)), end, rank: 4 + parts.length - 1 }
    }
    case 'arabic':
      // "24-KH/TU" begins a document's number, not a paragraph.
      if (/^\d{1,2}\s?(?:[-–]\s?\p{Lu}\p{L}{0,4}\s?\/|\/\s?\p{Lu}{2,5}\s?-)\s?\p{Lu}/u.test(text))
        return undefined
      return { kind, label: String(Number(label)), order: Number(label), end, rank: 4 }
    case 'bracket':
      return {
        kind,
        label,
        order: Number(label) || letterOrder.indexOf(label.toLowerCase()) + 1,
        end,
        rank: 9,
      }
    case 'letter': {
      if (upper && text.charAt(label.length) !== ')') return undefined
      const lower = label.toLowerCase()
      if (label.length > 1 && lower !== 'aa' && lower !== 'dd') return undefined
      return { kind, label: lower, order: letterOrder.indexOf(lower) + 1, end, rank: 8 }
    }
    case 'bullet':
      return { kind, label, order: 0, end, rank: bulletRank[label] ?? 12 }
  }
}
