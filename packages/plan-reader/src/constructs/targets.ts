import { type Line, type Words, wordsOf } from '../lines/line.ts'
import type { Node } from '../outline/outline.ts'

export interface TargetRead {
  text: Words
  value: number
  unit: string
  year: number | null
}

const share = /(?<![\d.,/])(\d{1,3}(?:[.,]\d{1,2})?)\s?%\s*(?:tong so |cac |so )?([\p{L}][^,;.:()]{2,70})?/gu
const counted =
  /\b(?:it nhat|toi thieu|tren|phan dau(?: co)?|dat(?: tu)?|moi (?:chi bo|don vi|xa|truong|lop)[^,;.]{0,30}?(?:co|to chuc)|co|tang them|ket nap(?: tu)?|thanh lap(?: moi)?)\s+(?:it nhat |toi thieu |tu |tren |them )?(\d{1,3}(?:\.\d{3})*)\s+(?!nam\b|thang\b|ngay\b|gio\b|phut\b|phan tram)([a-z][^,;.:()\d]{2,50})/g

const aim = /phan dau|chi tieu|muc tieu|it nhat|toi thieu|\bdat\b|100\s?%|tro len|tren \d|\d\s?%|ket nap/

/** Numbers to reach: `100% chi bộ tổ chức quán triệt`, `phấn đấu năm 2026 kết nạp 12 đảng viên`. */
export function readTargets(all: readonly Node[]): TargetRead[] {
  const found: TargetRead[] = []
  for (const node of all) {
    const line = node.line
    if (!line || !/\d/.test(line.text) || !aim.test(line.key)) continue
    const headed = /chi tieu|muc tieu/.test(node.parent?.line?.key ?? '')
    for (const match of line.key.matchAll(share)) {
      const value = Number((match[1] ?? '').replace(',', '.'))
      if (
        value > 100 ||
        (/bao cao|tong ket|da dat|ket qua/.test(line.key.slice(Math.max(0, match.index - 30), match.index)) &&
          !headed)
      )
        continue
      push(
        found,
        line,
        match.index,
        match[0].length,
        value,
        unitOf(line, match.index, match[0].length, match[2], '%'),
      )
    }
    if (headed || /phan dau|chi tieu|it nhat|toi thieu|ket nap/.test(line.key))
      for (const match of line.key.matchAll(counted)) {
        const [whole, digits = '', thing = ''] = match
        const value = Number(digits.replaceAll('.', ''))
        const at = match.index + whole.length - thing.length
        const unit =
          line.text
            .slice(at, at + thing.length)
            .split(/\s(?:trở lên|trong|trên|được|tham gia|và|đạt|theo|của|mỗi|để|về)\s?/u)[0] ?? ''
        push(found, line, match.index, whole.length, value, unit.trim())
      }
  }
  return found
}

function unitOf(line: Line, start: number, length: number, thing: string | undefined, sign: string): string {
  if (!thing) return sign
  const at = start + length - thing.length
  const words = line.text.slice(at, at + thing.length)
  const [noun = ''] = words.split(
    /\s(?:được|có|tổ chức|tham gia|thực hiện|đạt|hoàn thành|trở lên|là|phải|đăng ký|biết|sử dụng|triển khai|xây dựng|bố trí|học tập|nghiên cứu)(?=\s|$)/u,
  )
  return `${sign} ${noun.trim()}`.trim()
}

function push(
  found: TargetRead[],
  line: Line,
  start: number,
  length: number,
  value: number,
  unit: string,
): void {
  const before = line.key.slice(Math.max(0, start - 60), start)
  const after = line.key.slice(start + length, start + length + 40)
  const year = /nam (20\d\d)[^.;]*$/.exec(before) ?? /^[^.;]{0,20}nam (20\d\d)/.exec(after)
  found.push({ text: wordsOf(line), value, unit, year: year?.[1] ? Number(year[1]) : null })
}
